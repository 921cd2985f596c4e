resource "aws_iam_role" "catalogue" {
  name = "catalogue"

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

data "aws_iam_policy_document" "catalogue" {
  statement {
    sid       = "Products"
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]
    resources = ["arn:aws:dynamodb:eu-central-1:123456789012:table/products"]
  }

  statement {
    sid       = "Pictures"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["arn:aws:s3:::acme-pictures/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpce"
      values   = ["vpce-0a1b2c3d4e5f60718"]
    }
  }

  statement {
    sid       = "KeepOriginals"
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::acme-pictures/originals/*"]
  }
}

resource "aws_iam_policy" "catalogue" {
  name   = "catalogue"
  policy = data.aws_iam_policy_document.catalogue.json
}

resource "aws_iam_role_policy_attachment" "catalogue" {
  role       = aws_iam_role.catalogue.name
  policy_arn = aws_iam_policy.catalogue.arn
}
