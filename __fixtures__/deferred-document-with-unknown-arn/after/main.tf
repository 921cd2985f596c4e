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

resource "aws_sqs_queue" "refunds" {
  name                    = "refunds"
  sqs_managed_sse_enabled = true
}

data "aws_iam_policy_document" "order_intake" {
  statement {
    sid       = "TakeOrders"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = ["arn:aws:sqs:eu-central-1:123456789012:orders"]
  }

  statement {
    sid       = "HandOverRefunds"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.refunds.arn]
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
