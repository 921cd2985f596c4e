resource "aws_iam_policy" "developer_boundary" {
  name        = "developer-boundary"
  description = "The most that any role made by developers can do"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ApplicationServices"
        Effect   = "Allow"
        Action   = ["dynamodb:*", "lambda:*", "logs:*", "s3:*", "sqs:*"]
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role" "feature_preview" {
  name = "feature-preview"

  permissions_boundary = aws_iam_policy.developer_boundary.arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })
}

resource "aws_iam_role_policy" "feature_preview" {
  name = "previews"
  role = aws_iam_role.feature_preview.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Previews"
        Effect   = "Allow"
        Action   = ["dynamodb:*", "iam:CreateAccessKey", "kms:*", "s3:*", "secretsmanager:*"]
        Resource = "*"
      },
    ]
  })
}
