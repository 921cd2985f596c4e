resource "aws_s3_bucket" "trail" {
  bucket = "shop-audit-trail"
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

resource "aws_cloudtrail" "organization" {
  name                          = "organization"
  s3_bucket_name                = aws_s3_bucket.trail.id
  include_global_service_events = false
}

# Written by hand, to be managed by a module.
resource "aws_cloudtrail" "security" {
  name                       = "security"
  s3_bucket_name             = "org-central-trail"
  s3_key_prefix              = "security"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:eu-central-1:123456789012:key/0b4ec1ff-2d1e-4c2f-9a0e-6a3b1b6c7d8e"
  sns_topic_name             = "arn:aws:sns:eu-central-1:123456789012:trail-files"

  insight_selector {
    insight_type = "ApiCallRateInsight"
  }
}

resource "aws_cloudtrail_event_data_store" "audit" {
  name                           = "audit"
  retention_period               = 90
  multi_region_enabled           = false
  termination_protection_enabled = false
}
