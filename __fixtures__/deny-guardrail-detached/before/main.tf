resource "aws_iam_role" "platform_engineer" {
  name = "platform-engineer"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::123456789012:root" }
        Action    = "sts:AssumeRole"
      },
    ]
  })
}

resource "aws_iam_policy" "storage_operations" {
  name = "storage-operations"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "OperateStorage"
        Effect   = "Allow"
        Action   = ["s3:*", "kms:*"]
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_policy" "never_delete" {
  name        = "never-delete"
  description = "Keeps data recoverable, whatever else a role may do"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "KeepBuckets"
        Effect   = "Deny"
        Action   = ["s3:DeleteBucket", "s3:DeleteObjectVersion"]
        Resource = "*"
      },
      {
        Sid      = "KeepKeys"
        Effect   = "Deny"
        Action   = ["kms:ScheduleKeyDeletion", "kms:DisableKey"]
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "storage_operations" {
  role       = aws_iam_role.platform_engineer.name
  policy_arn = aws_iam_policy.storage_operations.arn
}

resource "aws_iam_role_policy_attachment" "never_delete" {
  role       = aws_iam_role.platform_engineer.name
  policy_arn = aws_iam_policy.never_delete.arn
}
