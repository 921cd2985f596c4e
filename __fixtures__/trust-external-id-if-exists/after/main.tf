data "aws_iam_policy_document" "cost_vendor" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::210987654321:root"]
    }

    condition {
      test     = "StringEqualsIfExists"
      variable = "sts:ExternalId"
      values   = ["acme-7f3b9c21"]
    }
  }
}

resource "aws_iam_role" "cost_vendor" {
  name               = "cost-vendor"
  description        = "Lets the cost analysis vendor read usage"
  assume_role_policy = data.aws_iam_policy_document.cost_vendor.json
}

resource "aws_iam_role_policy_attachment" "cost_vendor" {
  role       = aws_iam_role.cost_vendor.name
  policy_arn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"
}
