resource "aws_iam_group" "operations" {
  name = "operations"
}

data "aws_iam_policy_document" "operations" {
  statement {
    sid       = "Operate"
    actions   = ["ec2:*", "rds:*", "ssm:*"]
    resources = ["*"]
  }

  statement {
    sid    = "NothingWithoutMfa"
    effect = "Deny"

    not_actions = [
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:ListMFADevices",
      "sts:GetSessionToken",
    ]

    resources = ["*"]

    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_group_policy" "operations" {
  name   = "operations"
  group  = aws_iam_group.operations.name
  policy = data.aws_iam_policy_document.operations.json
}
