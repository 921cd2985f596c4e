provider "aws" {
  region     = "eu-central-1"
  access_key = "AKIA4QXV7NPLW3RDJ2ZT"
  secret_key = "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"
}

resource "aws_sns_topic" "alerts" {
  name = "security-alerts"
}
