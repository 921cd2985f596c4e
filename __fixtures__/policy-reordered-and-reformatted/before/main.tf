resource "aws_iam_role" "warehouse" {
  name = "warehouse"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "ecs-tasks.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })
}

resource "aws_iam_role_policy" "warehouse" {
  name = "warehouse"
  role = aws_iam_role.warehouse.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["SQS:ReceiveMessage", "SQS:SendMessage"]
        Resource = ["arn:aws:sqs:eu-central-1:123456789012:movements"]
      },
      {
        Sid      = "Stock"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = "arn:aws:s3:::acme-stock/*"
        Condition = {
          Bool = { "aws:SecureTransport" = true }
        }
      },
      {
        Sid      = "KeepArchive"
        Effect   = "Deny"
        Action   = "s3:DeleteObject"
        Resource = "arn:aws:s3:::acme-stock/archive/*"
      },
    ]
  })
}
