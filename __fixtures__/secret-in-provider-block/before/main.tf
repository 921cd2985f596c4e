provider "aws" {
  region = "eu-central-1"
}

resource "aws_sns_topic" "alerts" {
  name = "security-alerts"
}
