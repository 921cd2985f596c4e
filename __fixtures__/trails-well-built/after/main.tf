module "trail_bucket" {
  source = "./modules/log-bucket"

  name  = "shop-audit-trail"
  trail = "arn:aws:cloudtrail:eu-central-1:123456789012:trail/organization"
}

moved {
  from = aws_s3_bucket.trail
  to   = module.trail_bucket.aws_s3_bucket.this
}

module "new_bucket" {
  source   = "./modules/log-bucket"
  for_each = toset(["payments", "web"])

  name  = "shop-${each.key}-trail"
  trail = "arn:aws:cloudtrail:eu-central-1:123456789012:trail/${each.key}"
}

resource "aws_kms_key" "trail" {
  description         = "Audit logs"
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "trail" {
  name              = "/audit/trail"
  retention_in_days = 365
}

resource "aws_iam_role" "trail" {
  name = "trail-to-cloudwatch"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
  })
}

resource "aws_sns_topic" "trail" {
  name              = "trail-files"
  kms_master_key_id = aws_kms_key.trail.id
}

resource "aws_cloudwatch_log_metric_filter" "root" {
  name           = "root-use"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ $.userIdentity.type = \"Root\" && $.eventType != \"AwsServiceEvent\" }"

  metric_transformation {
    name      = "RootUse"
    namespace = "CISBenchmark"
    value     = "1"
  }
}

resource "aws_cloudtrail" "organization" {
  name                       = "organization"
  s3_bucket_name             = module.trail_bucket.id
  is_multi_region_trail      = true
  is_organization_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = aws_kms_key.trail.arn
  sns_topic_name             = aws_sns_topic.trail.name
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.trail.arn

  advanced_event_selector {
    name = "Management events"

    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }

  advanced_event_selector {
    name = "Objects"

    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }

    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }
  }

  insight_selector {
    insight_type = "ApiErrorRateInsight"
  }
}

resource "aws_cloudtrail" "extra" {
  for_each = module.new_bucket

  name                       = each.key
  s3_bucket_name             = each.value.id
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = aws_kms_key.trail.arn
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.trail.arn
}

module "security" {
  source = "./modules/trail"
}

moved {
  from = aws_cloudtrail.security
  to   = module.security.aws_cloudtrail.this
}

resource "aws_cloudtrail_event_data_store" "audit" {
  name             = "audit"
  retention_period = 2555
}
