data "aws_iam_policy_document" "inventory" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-a1b2c3d4e5"]
    }
  }
}

resource "aws_iam_role" "inventory" {
  name               = "inventory"
  assume_role_policy = data.aws_iam_policy_document.inventory.json
}

resource "aws_iam_role_policy_attachment" "inventory" {
  role       = aws_iam_role.inventory.name
  policy_arn = "arn:aws:iam::aws:policy/SecurityAudit"
}
