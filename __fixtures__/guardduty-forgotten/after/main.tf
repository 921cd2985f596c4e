removed {
  from = aws_guardduty_detector.main

  lifecycle {
    destroy = false
  }
}

resource "aws_sns_topic" "alerts" {
  name = "security-alerts"
}
