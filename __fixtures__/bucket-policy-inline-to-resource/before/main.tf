resource "aws_s3_bucket" "exports" {
  bucket = "shop-exports"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Reports"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject"]
        Resource  = "arn:aws:s3:::shop-exports/*"
      },
    ]
  })
}
