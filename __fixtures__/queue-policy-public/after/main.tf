resource "aws_sns_topic" "orders" {
  name = "orders"
}

resource "aws_sqs_queue" "shipping" {
  name                    = "shipping"
  sqs_managed_sse_enabled = true
}

resource "aws_sns_topic_subscription" "shipping" {
  topic_arn = aws_sns_topic.orders.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.shipping.arn
}

data "aws_iam_policy_document" "shipping" {
  statement {
    sid       = "OrdersTopic"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.shipping.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_sqs_queue_policy" "shipping" {
  queue_url = aws_sqs_queue.shipping.id
  policy    = data.aws_iam_policy_document.shipping.json
}
