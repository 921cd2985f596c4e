data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "order_intake" {
  name               = "order-intake"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

data "aws_iam_policy_document" "order_intake" {
  statement {
    sid       = "TakeOrders"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = ["arn:aws:sqs:eu-central-1:123456789012:orders"]
  }
}

resource "aws_iam_policy" "order_intake" {
  name   = "order-intake"
  policy = data.aws_iam_policy_document.order_intake.json
}

resource "aws_iam_role_policy_attachment" "order_intake" {
  role       = aws_iam_role.order_intake.name
  policy_arn = aws_iam_policy.order_intake.arn
}
