resource "aws_s3_bucket" "datasets" {
  bucket = "acme-datasets"
}

resource "aws_s3_access_point" "research" {
  name   = "research"
  bucket = aws_s3_bucket.datasets.id

  public_access_block_configuration {
    block_public_acls       = true
    block_public_policy     = false
    ignore_public_acls      = true
    restrict_public_buckets = false
  }
}

resource "aws_s3control_access_point_policy" "research" {
  access_point_arn = aws_s3_access_point.research.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Research"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::123456789012:role/research" }
        Action    = "s3:GetObject"
        Resource  = "${aws_s3_access_point.research.arn}/object/*"
      },
    ]
  })
}
