resource "aws_cloudwatch_log_group" "app" {
  name              = "app"
  retention_in_days = 30
}

resource "aws_cloudwatch_metric_alarm" "console" {
  alarm_name          = "console-signin-failures"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "ConsoleSigninFailures"
  namespace           = "Security"
  period              = 300
  statistic           = "Sum"
  threshold           = 3
  actions_enabled     = false
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_sns_topic" "alerts" {
  name = "security-alerts"
}

resource "aws_sqs_queue" "jobs" {
  name                    = "jobs"
  sqs_managed_sse_enabled = false
}

resource "aws_cloudwatch_event_rule" "findings" {
  name          = "findings"
  state         = "DISABLED"
  event_pattern = jsonencode({ source = ["aws.guardduty", "aws.securityhub"] })
}

resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/config"

  recording_group {
    all_supported                 = false
    include_global_resource_types = false
    resource_types                = ["AWS::EC2::Instance"]
  }

  recording_mode {
    recording_frequency = "DAILY"
  }
}
