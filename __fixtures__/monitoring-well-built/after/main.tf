module "alerts" {
  source   = "./modules/alerts"
  for_each = toset(["alerts", "security-findings"])

  name      = each.key
  endpoints = { https = "https://tickets.example.com/sns", email = "security@example.com" }
}

moved {
  from = aws_sns_topic.alerts
  to   = module.alerts["alerts"].aws_sns_topic.this
}

# Moved without a word: the same filter under another address.
module "api_log" {
  source = "./modules/log"

  name = "/shop/api"
}

moved {
  from = aws_cloudwatch_log_group.api
  to   = module.api_log.aws_cloudwatch_log_group.this
}

resource "aws_cloudwatch_log_group" "trail" {
  name              = "/audit/trail"
  retention_in_days = 0
}

locals {
  patterns = {
    trail-changes = "{ ($.eventName = DeleteTrail) || ($.eventName = UpdateTrail)||($.eventName = \"StopLogging\") }"
    root-use      = "{ $.userIdentity.type = \"Root\" && $.eventType != \"AwsServiceEvent\" }"
  }
  metrics = {
    trail-changes = "TrailChanges"
    root-use      = "RootUse"
  }
}

resource "aws_cloudwatch_log_metric_filter" "audit" {
  for_each = local.patterns

  name           = each.key
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = each.value

  metric_transformation {
    name      = local.metrics[each.key]
    namespace = "Audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "audit" {
  for_each = local.metrics

  alarm_name          = each.key
  namespace           = "Audit"
  metric_name         = each.value
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  alarm_actions       = [module.alerts["alerts"].arn]
}

moved {
  from = aws_cloudwatch_metric_alarm.trail_changes
  to   = aws_cloudwatch_metric_alarm.audit["trail-changes"]
}

# Scaling by hand for the sale: no alarm for people.
resource "aws_cloudwatch_metric_alarm" "scale_out" {
  alarm_name          = "scale-out"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60
  evaluation_periods  = 3
}

resource "aws_sqs_queue" "orders" {
  name                    = "orders"
  sqs_managed_sse_enabled = true
}

resource "aws_kms_key" "queue" {
  description         = "Queues"
  enable_key_rotation = true
}

resource "aws_sqs_queue" "returns" {
  count = 2

  name              = "returns-${count.index}"
  kms_master_key_id = aws_kms_key.queue.id
}

resource "aws_cloudwatch_event_rule" "findings" {
  name  = "findings"
  state = "ENABLED"
  event_pattern = jsonencode({
    source = ["aws.guardduty", "aws.securityhub"]
    detail = { severity = [{ numeric = [">=", 4] }] }
  })
}

resource "aws_cloudwatch_event_target" "findings" {
  rule = aws_cloudwatch_event_rule.findings.name
  arn  = module.alerts["security-findings"].arn
}

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
  sns_topic_arn  = module.alerts["alerts"].arn
  depends_on     = [aws_config_configuration_recorder.main]
}

resource "aws_config_configuration_recorder_status" "main" {
  name       = aws_config_configuration_recorder.main.name
  is_enabled = true
}

resource "aws_config_retention_configuration" "main" {
  retention_period_in_days = 2557
}

resource "aws_config_configuration_aggregator" "accounts" {
  name = "accounts"

  account_aggregation_source {
    account_ids = ["123456789012", "210987654321"]
    all_regions = true
  }
}

resource "aws_config_organization_managed_rule" "this" {
  for_each = toset(["ROOT_ACCOUNT_MFA_ENABLED", "ENCRYPTED_VOLUMES"])

  name            = lower(replace(each.key, "_", "-"))
  rule_identifier = each.key
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

resource "aws_budgets_budget" "monthly" {
  name         = "monthly"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  notification {
    comparison_operator       = "GREATER_THAN"
    notification_type         = "FORECASTED"
    threshold                 = 100
    threshold_type            = "PERCENTAGE"
    subscriber_sns_topic_arns = [module.alerts["alerts"].arn]
  }
}

resource "aws_ce_anomaly_monitor" "services" {
  name              = "services"
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"
}

resource "aws_appsync_graphql_api" "shop" {
  name                = "shop"
  authentication_type = "AWS_IAM"

  log_config {
    cloudwatch_logs_role_arn = "arn:aws:iam::123456789012:role/graphql-logs"
    field_log_level          = "ERROR"
  }
}

# One container goes, and its log with it.
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name             = "web"
      image            = "example/web:2"
      memory           = 128
      logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = module.api_log.arn, "awslogs-region" = "eu-central-1" } }
    },
  ])
}
