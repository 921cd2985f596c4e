resource "aws_iam_role" "integrations" {
  name = "integrations"

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

data "aws_iam_policy_document" "integrations" {
  statement {
    sid       = "FindResources"
    actions   = ["kms:ListKeys", "lambda:ListFunctions", "s3:ListAllMyBuckets"]
    resources = ["*"]
  }

  statement {
    sid       = "ConnectResources"
    actions   = ["kms:PutKeyPolicy", "lambda:AddPermission", "s3:PutBucketPolicy"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "integrations" {
  name   = "integrations"
  policy = data.aws_iam_policy_document.integrations.json
}

resource "aws_iam_role_policy_attachment" "integrations" {
  role       = aws_iam_role.integrations.name
  policy_arn = aws_iam_policy.integrations.arn
}
