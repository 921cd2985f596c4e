resource "aws_iam_role" "developer" {
  name = "developer"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::123456789012:role/sso" }
    }]
  })

  tags = {
    Project = "shop"
  }
}

resource "aws_iam_role_policy" "own_project" {
  name = "own-project"
  role = aws_iam_role.developer.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = "*"
      Condition = {
        StringEquals = { "aws:ResourceTag/Project" = "$${aws:PrincipalTag/Project}" }
      }
    }]
  })
}

resource "aws_secretsmanager_secret" "card_key" {
  name = "card-key"

  tags = {
    Project = "payments"
  }
}
