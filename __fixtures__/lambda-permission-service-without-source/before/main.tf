resource "aws_iam_role" "virus_scan" {
  name = "virus-scan"

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

resource "aws_lambda_function" "virus_scan" {
  function_name = "virus-scan"
  role          = aws_iam_role.virus_scan.arn
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/virus-scan:5.0.3"

  image_config {
    command = ["scan.handler"]
  }
}

resource "aws_lambda_permission" "uploads" {
  statement_id   = "Uploads"
  function_name  = aws_lambda_function.virus_scan.function_name
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_account = "123456789012"
  source_arn     = "arn:aws:s3:::acme-uploads"
}
