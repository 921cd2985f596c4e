resource "aws_iam_role" "checkout" {
  name = "checkout"

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

resource "aws_lambda_function" "checkout" {
  function_name = "checkout"
  role          = aws_iam_role.checkout.arn
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/checkout:1.4.2"

  image_config {
    command = ["checkout.handler"]
  }

  environment {
    variables = {
      STAGE          = "production"
      RELEASE_COMMIT = "9f2c1d7be0a34856c1f0d2b7a4e8935c6d1b0f47"
      DB_SECRET_ARN  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:checkout-db-AbCdEf"
      DATABASE_URL   = "postgres://checkout:vT9qLw3ZkR7m@db.shop.internal:5432/checkout"
      SIGNING_SECRET = "q7Gm2XvT9bLw4ZkRp8Ns3Yd6"
    }
  }
}
