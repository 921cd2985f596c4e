resource "aws_iam_role" "quotes" {
  name = "quotes"

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

resource "aws_lambda_function" "quotes" {
  function_name = "quotes"
  role          = aws_iam_role.quotes.arn
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/quotes:2.1.0"

  image_config {
    command = ["quotes.handler"]
  }
}

resource "aws_lambda_permission" "partners" {
  statement_id  = "Partners"
  function_name = aws_lambda_function.quotes.function_name
  action        = "lambda:InvokeFunction"
  principal     = "*"
}
