# Delivers where it always did: only the address is new.
resource "aws_cloudtrail" "this" {
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

  insight_selector {
    insight_type = "ApiErrorRateInsight"
  }
}
