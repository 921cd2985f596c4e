resource "aws_iam_role_policy" "ci_functions" {
  name = "functions"
  role = aws_iam_role.ci.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "ReleaseFunctions"
        Effect = "Allow"
        Action = [
          "lambda:CreateFunction",
          "lambda:GetFunction",
          "lambda:InvokeFunction",
          "lambda:PublishVersion",
        ]
        Resource = "arn:aws:lambda:eu-central-1:123456789012:function:shop-*"
      },
    ]
  })
}
