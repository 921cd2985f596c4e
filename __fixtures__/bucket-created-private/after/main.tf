module "reports" {
  source = "./modules/private-bucket"

  name       = "shop-reports"
  log_bucket = aws_s3_bucket.access_logs.id
}

module "access_key" {
  source = "./modules/bucket-key"
}

resource "aws_s3_bucket" "access_logs" {
  bucket = "shop-access-logs"
}

resource "aws_s3_bucket_public_access_block" "access_logs" {
  bucket = aws_s3_bucket.access_logs.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "reports" {
  bucket = module.reports.bucket_id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = module.access_key.key_arn
    }
  }
}
