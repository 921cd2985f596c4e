data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "developer_boundary" {
  statement {
    sid       = "ApplicationServices"
    actions   = ["dynamodb:*", "kms:*", "logs:*", "s3:*", "secretsmanager:*", "sqs:*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "developer_boundary" {
  name   = "developer-boundary"
  policy = data.aws_iam_policy_document.developer_boundary.json
}

resource "aws_iam_role" "feature_preview" {
  name                 = "feature-preview"
  assume_role_policy   = data.aws_iam_policy_document.lambda.json
  permissions_boundary = aws_iam_policy.developer_boundary.arn
}

data "aws_iam_policy_document" "feature_preview" {
  statement {
    sid       = "Previews"
    actions   = ["dynamodb:*", "s3:*", "secretsmanager:*"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "feature_preview" {
  name   = "previews"
  role   = aws_iam_role.feature_preview.id
  policy = data.aws_iam_policy_document.feature_preview.json
}
