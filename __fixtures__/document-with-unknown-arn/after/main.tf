resource "aws_iam_role" "order_intake" {
  name = "order-intake"

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

resource "aws_dynamodb_table" "order_events" {
  name         = "order-events"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "order"
  range_key    = "at"

  attribute {
    name = "order"
    type = "S"
  }

  attribute {
    name = "at"
    type = "N"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}

resource "aws_iam_role_policy" "order_intake" {
  name = "orders"
  role = aws_iam_role.order_intake.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "TakeOrders"
        Effect   = "Allow"
        Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
        Resource = "arn:aws:sqs:eu-central-1:123456789012:orders"
      },
      {
        Sid      = "RecordEvents"
        Effect   = "Allow"
        Action   = ["dynamodb:PutItem", "dynamodb:Query"]
        Resource = [aws_dynamodb_table.order_events.arn, "${aws_dynamodb_table.order_events.arn}/index/*"]
      },
    ]
  })
}
