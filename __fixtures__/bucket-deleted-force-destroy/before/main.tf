resource "aws_s3_bucket" "invoices" {
  bucket = "shop-invoices"
}

resource "aws_s3_bucket" "backups" {
  bucket        = "shop-backups"
  force_destroy = true
}
