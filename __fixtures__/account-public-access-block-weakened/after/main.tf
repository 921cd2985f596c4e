resource "aws_s3_account_public_access_block" "account" {
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = false
}

resource "aws_s3_bucket" "exports" {
  bucket = "shop-exports"
}
