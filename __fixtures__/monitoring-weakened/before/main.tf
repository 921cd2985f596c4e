resource "aws_cloudwatch_log_group" "app" {
  name              = "app"
  retention_in_days = 400
}

resource "aws_cloudwatch_log_group" "audit" {
  name              = "audit"
  retention_in_days = 400
}

resource "aws_cloudwatch_log_subscription_filter" "siem" {
  name            = "siem"
  log_group_name  = aws_cloudwatch_log_group.app.name
  filter_pattern  = ""
  destination_arn = "arn:aws:logs:eu-central-1:210987654321:destination:siem"
}

resource "aws_cloudwatch_log_data_protection_policy" "app" {
  log_group_name = aws_cloudwatch_log_group.app.name

  policy_document = jsonencode({
    Name    = "mask"
    Version = "2021-06-01"
    Statement = [{
      Sid            = "Audit"
      DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"]
      Operation      = { Audit = { FindingsDestination = {} } }
      }, {
      Sid            = "Mask"
      DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"]
      Operation      = { Deidentify = { MaskConfig = {} } }
    }]
  })
}

resource "aws_cloudwatch_metric_alarm" "root" {
  alarm_name          = "root-login"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "RootLogin"
  namespace           = "Security"
  period              = 300
  statistic           = "Sum"
  threshold           = 0
  alarm_actions       = [aws_sns_topic.alerts.arn]
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
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_sns_topic" "alerts" {
  name              = "security-alerts"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "oncall" {
  topic_arn = "arn:aws:sns:eu-central-1:123456789012:security-alerts"
  protocol  = "https"
  endpoint  = "https://oncall.example.com/hook"
}

resource "aws_sqs_queue" "jobs" {
  name                    = "jobs"
  sqs_managed_sse_enabled = true
}

resource "aws_budgets_budget" "all" {
  name         = "all"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
}

resource "aws_cloudwatch_event_rule" "findings" {
  name          = "findings"
  state         = "ENABLED"
  event_pattern = jsonencode({ source = ["aws.guardduty", "aws.securityhub"] })
}

resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/config"

  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }

  recording_mode {
    recording_frequency = "CONTINUOUS"
  }
}

resource "aws_config_configuration_recorder" "second" {
  name     = "second"
  role_arn = "arn:aws:iam::123456789012:role/config"
}

resource "aws_config_delivery_channel" "main" {
  name           = "main"
  s3_bucket_name = "company-config"
}

resource "aws_config_config_rule" "ssh" {
  name = "restricted-ssh"

  source {
    owner             = "AWS"
    source_identifier = "INCOMING_SSH_DISABLED"
  }
}

resource "aws_config_remediation_configuration" "ssh" {
  config_rule_name = "restricted-ssh"
  target_type      = "SSM_DOCUMENT"
  target_id        = "AWS-DisablePublicAccessForSecurityGroup"
}
