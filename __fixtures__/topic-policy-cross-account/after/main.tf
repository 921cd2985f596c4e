resource "aws_sns_topic" "price_changes" {
  name              = "price-changes"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_policy" "price_changes" {
  arn = aws_sns_topic.price_changes.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Pricing"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::123456789012:role/pricing" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.price_changes.arn
      },
      {
        Sid       = "Marketplace"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::210987654321:root" }
        Action    = ["sns:Publish", "sns:Subscribe"]
        Resource  = aws_sns_topic.price_changes.arn
      },
    ]
  })
}
