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
    actions   = ["dynamodb:*"]
    resources = ["*"]
  }

  statement {
    sid       = "Pictures"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["arn:aws:s3:::acme-*/*"]
  }

  statement {
    sid       = "Announce"
    actions   = ["sns:Publish"]
    resources = ["*"]
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
