resource "aws_iam_group" "developers" {
  name = "developers"
}

resource "aws_iam_group" "administrators" {
  name = "administrators"
}

resource "aws_iam_group_policy_attachment" "developers" {
  group      = aws_iam_group.developers.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_policy" "administration" {
  name = "administration"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "RunTheAccount"
        Effect   = "Allow"
        Action   = ["ec2:*", "iam:*", "kms:*", "rds:*", "s3:*"]
        Resource = "*"
      },
    ]
  })
}

resource "aws_iam_group_policy_attachment" "administrators" {
  group      = aws_iam_group.administrators.name
  policy_arn = aws_iam_policy.administration.arn
}

resource "aws_iam_user" "mira" {
  name = "mira.kovac"
}

resource "aws_iam_user_group_membership" "mira" {
  user   = aws_iam_user.mira.name
  groups = [aws_iam_group.administrators.name, aws_iam_group.developers.name]
}
