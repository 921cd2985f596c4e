resource "aws_iam_group" "staff" {
  name = "staff"
}

data "aws_iam_policy_document" "home_directories" {
  statement {
    sid       = "FilesAtHome"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["arn:aws:s3:::acme-homes/staff/&{aws:username}/*"]
  }

  statement {
    sid       = "ListAtHome"
    actions   = ["s3:ListBucket"]
    resources = ["arn:aws:s3:::acme-homes"]

    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["staff/&{aws:username}/*"]
    }
  }
}

resource "aws_iam_group_policy" "home_directories" {
  name   = "home-directories"
  group  = aws_iam_group.staff.name
  policy = data.aws_iam_policy_document.home_directories.json
}
