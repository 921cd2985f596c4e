data "aws_iam_policy_document" "trail_bucket" {
  statement {
    sid       = "Write"
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::shop-audit-trail/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:cloudtrail:eu-central-1:123456789012:trail/organization"]
    }
  }

  statement {
    sid       = "Analysts"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-audit-trail/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_s3_bucket" "trail" {
  bucket = "shop-audit-trail"
}

resource "aws_s3_bucket_policy" "trail" {
  bucket = aws_s3_bucket.trail.id
  policy = data.aws_iam_policy_document.trail_bucket.json
}

resource "aws_s3_bucket" "access_logs" {
  bucket = "shop-access-logs"
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
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_cloudtrail" "organization" {
  name                       = "organization"
  s3_bucket_name             = aws_s3_bucket.trail.id
  s3_key_prefix              = "org"
  is_multi_region_trail      = true
  enable_log_file_validation = true

  insight_selector {
    insight_type = "ApiErrorRateInsight"
  }
}

resource "aws_s3_bucket" "team" {
  bucket = "team-trail"
}

resource "aws_cloudtrail" "team" {
  name                          = "team"
  s3_bucket_name                = aws_s3_bucket.team.id
  enable_log_file_validation    = true
  include_global_service_events = false
}

# The bucket of a new trail that everybody may write to.
resource "aws_s3_bucket" "legacy" {
  bucket = "legacy-trail"
}

resource "aws_s3_bucket_ownership_controls" "legacy" {
  bucket = aws_s3_bucket.legacy.id

  rule {
    object_ownership = "ObjectWriter"
  }
}

resource "aws_s3_bucket_acl" "legacy" {
  bucket = aws_s3_bucket.legacy.id
  acl    = "public-read-write"
}

resource "aws_cloudwatch_log_group" "legacy" {
  name = "/audit/legacy"
}

resource "aws_cloudtrail" "legacy" {
  name                          = "legacy"
  s3_bucket_name                = aws_s3_bucket.legacy.id
  is_multi_region_trail         = false
  include_global_service_events = false
  enable_log_file_validation    = true
  cloud_watch_logs_group_arn    = "${aws_cloudwatch_log_group.legacy.arn}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.trail.arn
}

resource "aws_cloudtrail_event_data_store" "audit" {
  name                           = "audit"
  retention_period               = 90
  multi_region_enabled           = false
  termination_protection_enabled = false
  suspend                        = true
}
