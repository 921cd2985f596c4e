variable "account" {
  type = string
}

data "aws_iam_policy_document" "key" {
  statement {
    sid       = "Administration"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.account}:root"]
    }
  }

  statement {
    sid       = "Services"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com", "logs.eu-central-1.amazonaws.com", "sns.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account]
    }
  }
}

resource "aws_kms_key" "main" {
  description             = "Everything of the shop"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "main" {
  name          = "alias/shop"
  target_key_id = aws_kms_key.main.key_id
}

module "bucket" {
  source   = "../bucket"
  for_each = { access = ["logging.s3.amazonaws.com"], flow = ["delivery.logs.amazonaws.com"], trail = ["cloudtrail.amazonaws.com"], config = ["config.amazonaws.com"] }

  name       = "shop-logs-${each.key}"
  own_key    = each.key != "access"
  key_arn    = aws_kms_key.main.arn
  statements = [for service in each.value : { sid = "Delivery", actions = ["s3:PutObject"], service = service }]
}

resource "aws_cloudwatch_log_group" "trail" {
  name              = "shop-trail"
  retention_in_days = 400
  kms_key_id        = aws_kms_key.main.arn
}

data "aws_iam_policy_document" "trail_role" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account]
    }
  }
}

resource "aws_iam_role" "trail" {
  name               = "shop-trail"
  assume_role_policy = data.aws_iam_policy_document.trail_role.json
}

resource "aws_iam_role_policy" "trail" {
  name = "write"
  role = aws_iam_role.trail.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.trail.arn}:*"
    }]
  })
}

resource "aws_cloudtrail" "main" {
  name                       = "shop"
  s3_bucket_name             = module.bucket["trail"].id
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = aws_kms_key.main.arn
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.trail.arn
}

resource "aws_sns_topic" "alarms" {
  name              = "shop-alarms"
  kms_master_key_id = aws_kms_key.main.arn
}

resource "aws_sns_topic_subscription" "alarms" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "https"
  endpoint  = "https://oncall.example.com/hook"
}

locals {
  alarms = {
    root          = "{ $.userIdentity.type = \"Root\" }"
    unauthorized  = "{ $.errorCode = \"*UnauthorizedOperation\" }"
    trail         = "{ $.eventName = StopLogging }"
    policies      = "{ $.eventName = PutRolePolicy }"
    keys          = "{ $.eventName = ScheduleKeyDeletion }"
    groups        = "{ $.eventName = AuthorizeSecurityGroupIngress }"
    signin        = "{ $.errorMessage = \"Failed authentication\" }"
    bucketpolicy  = "{ $.eventName = PutBucketPolicy }"
    networkroutes = "{ $.eventName = CreateRoute }"
  }
}

resource "aws_cloudwatch_log_metric_filter" "main" {
  for_each = local.alarms

  name           = each.key
  pattern        = each.value
  log_group_name = aws_cloudwatch_log_group.trail.name

  metric_transformation {
    name      = each.key
    namespace = "Security"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "main" {
  for_each = local.alarms

  alarm_name          = "security-${each.key}"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = each.key
  namespace           = "Security"
  period              = 300
  statistic           = "Sum"
  threshold           = 0
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_guardduty_detector" "main" {
  enable = true
}

resource "aws_guardduty_detector_feature" "main" {
  for_each = toset(["S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS"])

  detector_id = aws_guardduty_detector.main.id
  name        = each.key
  status      = "ENABLED"
}

resource "aws_securityhub_account" "main" {}

resource "aws_accessanalyzer_analyzer" "main" {
  analyzer_name = "shop"
}

resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::${var.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"

  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_delivery_channel" "main" {
  name           = "main"
  s3_bucket_name = module.bucket["config"].id
}

resource "aws_config_config_rule" "main" {
  for_each = toset(["INCOMING_SSH_DISABLED", "S3_BUCKET_PUBLIC_READ_PROHIBITED", "RDS_STORAGE_ENCRYPTED", "CLOUD_TRAIL_ENABLED"])

  name = lower(replace(each.key, "_", "-"))

  source {
    owner             = "AWS"
    source_identifier = each.key
  }
}

resource "aws_ebs_encryption_by_default" "main" {
  enabled = true
}

resource "aws_ebs_snapshot_block_public_access" "main" {
  state = "block-all-sharing"
}

resource "aws_ec2_image_block_public_access" "main" {
  state = "block-new-sharing"
}

resource "aws_ec2_instance_metadata_defaults" "main" {
  http_tokens                 = "required"
  http_put_response_hop_limit = 1
}

resource "aws_s3_account_public_access_block" "main" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_iam_account_password_policy" "main" {
  minimum_password_length        = 16
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  password_reuse_prevention      = 24
  max_password_age               = 90
  allow_users_to_change_password = true
}

output "key_arn" {
  value = aws_kms_key.main.arn
}

output "alarm_topic_arn" {
  value = aws_sns_topic.alarms.arn
}

output "buckets" {
  value = { for name, bucket in module.bucket : name => bucket.id }
}

output "bucket_arns" {
  value = { for name, bucket in module.bucket : name => bucket.arn }
}
