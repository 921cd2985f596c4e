resource "aws_iam_group" "staff" {
  name = "staff"
}

resource "aws_iam_group_policy" "home_directories" {
  name  = "home-directories"
  group = aws_iam_group.staff.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ListOwnHome"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:aws:s3:::acme-homes"
        Condition = {
          StringLike = { "s3:prefix" = ["staff/$${aws:username}/*"] }
        }
      },
      {
        Sid      = "OwnHome"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
        Resource = "arn:aws:s3:::acme-homes/staff/$${aws:username}/*"
      },
    ]
  })
}
