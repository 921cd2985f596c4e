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

data "aws_iam_policy_document" "warehouse" {
  statement {
    sid       = "KeepArchivedStock"
    effect    = "Deny"
    actions   = ["s3:DeleteObject"]
    resources = ["arn:aws:s3:::acme-stock/archive/*"]
  }

  statement {
    sid       = "StockFiles"
    actions   = ["s3:PutObject", "s3:GetObject"]
    resources = ["arn:aws:s3:::acme-stock/*"]

    condition {
      test     = "Bool"
      variable = "aws:securetransport"
      values   = ["true"]
    }
  }

  statement {
    sid       = "Movements"
    actions   = ["sqs:sendmessage", "sqs:receivemessage"]
    resources = ["arn:aws:sqs:eu-central-1:123456789012:movements"]
  }
}

resource "aws_iam_role_policy" "warehouse" {
  name   = "warehouse"
  role   = aws_iam_role.warehouse.id
  policy = data.aws_iam_policy_document.warehouse.json
}
