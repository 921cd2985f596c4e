# Weak in every way that monitoring-weakened makes it.

resource "aws_cloudwatch_log_group" "trail" {
  name              = "/audit/trail"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_metric_filter" "trail_changes" {
  name           = "trail-changes"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ ($.eventName = DeleteTrail) || ($.eventName = StopLogging) }"

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
  threshold           = 20
  period              = 300
  evaluation_periods  = 1
  actions_enabled     = false
}

# A second alarm on the same metric, for nobody.
resource "aws_cloudwatch_metric_alarm" "trail_changes_copy" {
  alarm_name          = "trail-changes-copy"
  namespace           = "Audit"
  metric_name         = "TrailChanges"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
}

resource "aws_cloudwatch_metric_alarm" "scale_out" {
  alarm_name          = "scale-out"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 70
  period              = 60
  evaluation_periods  = 3
  alarm_actions       = ["arn:aws:autoscaling:eu-central-1:123456789012:scalingPolicy:0b4ec1ff:resource/ecs/service/shop/web:policyName/out"]
}

resource "aws_sns_topic" "alerts" {
  name = "alerts"
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "security@example.com"
}

resource "aws_sqs_queue" "orders" {
  name                    = "orders"
  sqs_managed_sse_enabled = false
}

resource "aws_cloudwatch_event_rule" "findings" {
  name  = "findings"
  state = "DISABLED"
  event_pattern = jsonencode({
    source = ["aws.guardduty"]
    detail = { severity = [{ numeric = [">=", 7] }] }
  })
}

# Not about security: to be deleted.
resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = "arn:aws:lambda:eu-central-1:123456789012:function:nightly"
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "/shop/api"
  retention_in_days = 7
}

# Deleted from Terraform, kept in AWS.
resource "aws_cloudwatch_log_group" "old_audit" {
  name         = "old-audit-logs"
  skip_destroy = true
}

resource "aws_cloudwatch_log_subscription_filter" "api" {
  name            = "siem"
  log_group_name  = aws_cloudwatch_log_group.api.name
  filter_pattern  = "ERROR"
  destination_arn = "arn:aws:logs:eu-central-1:999999999999:destination:siem"
}

resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/config"

  recording_group {
    all_supported  = false
    resource_types = ["AWS::EC2::Instance"]
  }
}

resource "aws_config_delivery_channel" "main" {
  name           = "main"
  s3_bucket_name = "org-config-history"
  depends_on     = [aws_config_configuration_recorder.main]
}

resource "aws_config_configuration_recorder_status" "main" {
  name       = aws_config_configuration_recorder.main.name
  is_enabled = false
}

resource "aws_config_retention_configuration" "main" {
  retention_period_in_days = 30
}

resource "aws_config_configuration_aggregator" "accounts" {
  name = "accounts"

  account_aggregation_source {
    account_ids = ["123456789012"]
    regions     = ["eu-central-1"]
  }
}

# Becomes a rule of the organization.
resource "aws_config_config_rule" "root_mfa" {
  name = "root-mfa"

  source {
    owner             = "AWS"
    source_identifier = "ROOT_ACCOUNT_MFA_ENABLED"
  }
}

resource "aws_config_config_rule" "bucket_public" {
  name = "bucket-public"

  scope {
    compliance_resource_types = ["AWS::S3::Bucket"]
  }

  source {
    owner             = "AWS"
    source_identifier = "S3_BUCKET_PUBLIC_READ_PROHIBITED"
  }
}

resource "aws_config_remediation_configuration" "bucket_public" {
  config_rule_name           = aws_config_config_rule.bucket_public.name
  target_type                = "SSM_DOCUMENT"
  target_id                  = "AWS-DisableS3BucketPublicReadWrite"
  automatic                  = false
  maximum_automatic_attempts = 3
  retry_attempt_seconds      = 60

  parameter {
    name           = "S3BucketName"
    resource_value = "RESOURCE_ID"
  }
}

# Tells nobody, so nobody misses it.
resource "aws_budgets_budget" "silent" {
  name         = "silent"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
}

resource "aws_appsync_graphql_api" "shop" {
  name                = "shop"
  authentication_type = "AWS_IAM"
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "example/web:1"
      memory = 128
    },
    {
      name             = "sidecar"
      image            = "example/sidecar:1"
      memory           = 64
      logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = "/shop/api", "awslogs-region" = "eu-central-1" } }
    },
  ])
}
