resource "aws_guardduty_detector" "main" {
  enable                       = false
  finding_publishing_frequency = "FIFTEEN_MINUTES"
}

resource "aws_sns_topic" "alerts" {
  name = "security-alerts"
}
