resource "aws_organizations_policy" "no_public_buckets" {
  name = "no-public-buckets"

  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "KeepPublicAccessBlocks"
        Effect   = "Deny"
        Action   = ["s3:PutAccountPublicAccessBlock", "s3:PutBucketPublicAccessBlock"]
        Resource = "*"
      },
    ]
  })
}

resource "aws_organizations_policy_attachment" "sandboxes" {
  policy_id = aws_organizations_policy.no_public_buckets.id
  target_id = "ou-x7k2-h2vn8p0y"
}

resource "aws_organizations_policy_attachment" "workloads" {
  policy_id = aws_organizations_policy.no_public_buckets.id
  target_id = "ou-x7k2-4t9wq1mz"
}
