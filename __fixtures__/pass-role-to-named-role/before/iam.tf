resource "aws_iam_role" "ci" {
  name = "ci"

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

resource "aws_iam_role_policy" "ci_roles" {
  name = "roles"
  role = aws_iam_role.ci.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "LookUpRoles"
        Effect   = "Allow"
        Action   = ["iam:GetRole", "iam:ListRoles"]
        Resource = "*"
      },
    ]
  })
}

# Closes forgotten sandbox accounts every night.
resource "aws_iam_role" "account_janitor" {
  name = "account-janitor"

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

resource "aws_iam_role_policy_attachment" "account_janitor" {
  role       = aws_iam_role.account_janitor.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
