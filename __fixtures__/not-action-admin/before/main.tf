resource "aws_iam_role" "deploy" {
  name        = "deploy"
  description = "Used by the deployment pipeline"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "codebuild.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })
}

resource "aws_iam_policy" "deploy" {
  name = "deploy"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Deploy"
        Effect = "Allow"
        Action = [
          "ecs:DescribeServices",
          "ecs:RegisterTaskDefinition",
          "ecs:UpdateService",
          "logs:CreateLogGroup",
          "logs:PutRetentionPolicy",
        ]
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.deploy.name
  policy_arn = aws_iam_policy.deploy.arn
}
