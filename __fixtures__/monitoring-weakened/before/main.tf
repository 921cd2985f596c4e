resource "aws_kms_key" "messages" {
  description         = "Messages"
  enable_key_rotation = true
}

# Alarms

resource "aws_cloudwatch_log_group" "trail" {
  name              = "/audit/trail"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_metric_filter" "root" {
  name           = "root-use"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ $.userIdentity.type = \"Root\" && $.eventType != \"AwsServiceEvent\" }"

  metric_transformation {
    name      = "RootUse"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "root" {
  alarm_name          = "root-use"
  namespace           = "Audit"
  metric_name         = "RootUse"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_log_metric_filter" "trail_changes" {
  name           = "trail-changes"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ ($.eventName = DeleteTrail) || ($.eventName = StopLogging) || ($.eventName = UpdateTrail) }"

  metric_transformation {
    name      = "TrailChanges"
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "trail_changes" {
  alarm_name          = "trail-changes"
  namespace           = "Audit"
  metric_name         = "TrailChanges"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "api-errors"
  namespace           = "Shop"
  metric_name         = "Errors"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10
  period              = 60
  evaluation_periods  = 5
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_composite_alarm" "outage" {
  alarm_name    = "outage"
  alarm_rule    = "ALARM(api-errors)"
  alarm_actions = [aws_sns_topic.alerts.arn]
}

# Topics and queues

resource "aws_sns_topic" "alerts" {
  name              = "alerts"
  kms_master_key_id = aws_kms_key.messages.id
}

resource "aws_sns_topic_subscription" "alerts" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "security@example.com"
}

resource "aws_sns_topic_data_protection_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn
  policy = jsonencode({
    Name    = "mask"
    Version = "2021-06-01"
    Statement = [{
      Sid            = "mask"
      DataDirection  = "Inbound"
      Principal      = ["*"]
      DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"]
      Operation      = { Deidentify = { MaskConfig = { MaskWithCharacter = "#" } } }
    }]
  })
}

resource "aws_sns_topic" "findings" {
  name              = "security-findings"
  kms_master_key_id = aws_kms_key.messages.id
}

resource "aws_sqs_queue" "orders" {
  name                    = "orders"
  sqs_managed_sse_enabled = true
}

# Events

resource "aws_cloudwatch_event_rule" "findings" {
  name = "findings"
  event_pattern = jsonencode({
    source        = ["aws.guardduty", "aws.securityhub"]
    "detail-type" = ["GuardDuty Finding", "Security Hub Findings - Imported"]
  })
}

resource "aws_cloudwatch_event_target" "findings" {
  rule = aws_cloudwatch_event_rule.findings.name
  arn  = aws_sns_topic.findings.arn
}

resource "aws_cloudwatch_event_rule" "access" {
  name          = "external-access"
  event_pattern = jsonencode({ source = ["aws.access-analyzer"] })
}

resource "aws_cloudwatch_event_target" "access" {
  rule = aws_cloudwatch_event_rule.access.name
  arn  = aws_sns_topic.findings.arn
}

resource "aws_cloudwatch_event_rule" "health" {
  name          = "health"
  event_pattern = jsonencode({ source = ["aws.health"] })
}

resource "aws_cloudwatch_event_target" "health" {
  rule = aws_cloudwatch_event_rule.health.name
  arn  = aws_sns_topic.findings.arn
}

resource "aws_cloudwatch_event_rule" "severe" {
  name = "severe"
  event_pattern = jsonencode({
    source = ["aws.guardduty"]
    detail = { severity = [{ numeric = [">=", 4] }] }
  })
}

resource "aws_cloudwatch_event_target" "severe" {
  rule = aws_cloudwatch_event_rule.severe.name
  arn  = aws_sns_topic.findings.arn
}

resource "aws_chatbot_slack_channel_configuration" "security" {
  configuration_name = "security"
  iam_role_arn       = "arn:aws:iam::123456789012:role/chatbot"
  slack_channel_id   = "C07EZ1ABC23"
  slack_team_id      = "T07EA123LEP"
  sns_topic_arns     = [aws_sns_topic.findings.arn]
}

# Logs

resource "aws_cloudwatch_log_group" "api" {
  name              = "/shop/api"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_group" "flow" {
  name              = "vpc-flow-logs"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_data_protection_policy" "api" {
  log_group_name = aws_cloudwatch_log_group.api.name
  policy_document = jsonencode({
    Name    = "mask"
    Version = "2021-06-01"
    Statement = [
      {
        Sid            = "audit"
        DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"]
        Operation      = { Audit = { FindingsDestination = {} } }
      },
      {
        Sid            = "mask"
        DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"]
        Operation      = { Deidentify = { MaskConfig = {} } }
      },
    ]
  })
}

resource "aws_cloudwatch_log_subscription_filter" "api" {
  name            = "siem"
  log_group_name  = aws_cloudwatch_log_group.api.name
  filter_pattern  = ""
  destination_arn = "arn:aws:logs:eu-central-1:999999999999:destination:siem"
}

resource "aws_cloudwatch_log_subscription_filter" "trail" {
  name            = "siem"
  log_group_name  = aws_cloudwatch_log_group.trail.name
  filter_pattern  = ""
  destination_arn = "arn:aws:logs:eu-central-1:999999999999:destination:siem"
}

resource "aws_oam_link" "monitoring" {
  label_template  = "$AccountName"
  resource_types  = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup"]
  sink_identifier = "arn:aws:oam:eu-central-1:999999999999:sink/0b4ec1ff-2d1e-4c2f-9a0e-6a3b1b6c7d8e"
}

# AWS Config

resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/config"

  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_delivery_channel" "main" {
  name           = "main"
  s3_bucket_name = "org-config-history"
  depends_on     = [aws_config_configuration_recorder.main]
}

resource "aws_config_configuration_recorder_status" "main" {
  name       = aws_config_configuration_recorder.main.name
  is_enabled = true
}

resource "aws_config_retention_configuration" "main" {
  retention_period_in_days = 2557
}

resource "aws_config_configuration_aggregator" "organization" {
  name = "organization"

  organization_aggregation_source {
    all_regions = true
    role_arn    = "arn:aws:iam::123456789012:role/config-aggregator"
  }
}

resource "aws_config_config_rule" "root_mfa" {
  name = "root-mfa"

  source {
    owner             = "AWS"
    source_identifier = "ROOT_ACCOUNT_MFA_ENABLED"
  }
}

resource "aws_config_config_rule" "bucket_public" {
  name = "bucket-public"

  source {
    owner             = "AWS"
    source_identifier = "S3_BUCKET_PUBLIC_READ_PROHIBITED"
  }
}

resource "aws_config_remediation_configuration" "bucket_public" {
  config_rule_name           = aws_config_config_rule.bucket_public.name
  target_type                = "SSM_DOCUMENT"
  target_id                  = "AWS-DisableS3BucketPublicReadWrite"
  automatic                  = true
  maximum_automatic_attempts = 3
  retry_attempt_seconds      = 60

  parameter {
    name           = "S3BucketName"
    resource_value = "RESOURCE_ID"
  }
}

resource "aws_config_organization_managed_rule" "volumes" {
  name            = "encrypted-volumes"
  rule_identifier = "ENCRYPTED_VOLUMES"
}

# Cost

resource "aws_budgets_budget" "monthly" {
  name         = "monthly"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "FORECASTED"
    threshold                  = 100
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["finance@example.com"]
  }
}

resource "aws_ce_anomaly_monitor" "services" {
  name              = "services"
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"
}

# Logs of services

resource "aws_mq_broker" "orders" {
  broker_name        = "orders"
  engine_type        = "ActiveMQ"
  engine_version     = "5.18"
  host_instance_type = "mq.t3.micro"

  auto_minor_version_upgrade = true

  logs {
    audit   = true
    general = true
  }

  user {
    username = "orders"
    password = var.broker_password
  }
}

variable "broker_password" {
  type      = string
  sensitive = true
  default   = "0m1tted-in-the-story"
}

resource "aws_appsync_graphql_api" "shop" {
  name                = "shop"
  authentication_type = "AWS_IAM"

  log_config {
    cloudwatch_logs_role_arn = "arn:aws:iam::123456789012:role/graphql-logs"
    field_log_level          = "ALL"
  }
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name             = "web"
      image            = "example/web:1"
      memory           = 128
      logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = "/shop/api", "awslogs-region" = "eu-central-1" } }
    },
    {
      name             = "sidecar"
      image            = "example/sidecar:1"
      memory           = 64
      logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = "/shop/api", "awslogs-region" = "eu-central-1" } }
    },
  ])
}
