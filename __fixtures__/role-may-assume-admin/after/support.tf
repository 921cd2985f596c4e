data "aws_iam_policy_document" "support_trust" {
  statement {
    actions = ["sts:AssumeRoleWithSAML"]

    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::123456789012:saml-provider/workforce"]
    }

    condition {
      test     = "StringEquals"
      variable = "SAML:aud"
      values   = ["https://signin.aws.amazon.com/saml"]
    }
  }
}

resource "aws_iam_role" "support" {
  name               = "support"
  assume_role_policy = data.aws_iam_policy_document.support_trust.json
}

data "aws_iam_policy_document" "support" {
  statement {
    sid       = "Tickets"
    actions   = ["support:CreateCase", "support:DescribeCases", "support:AddCommunicationToCase"]
    resources = ["*"]
  }

  statement {
    sid       = "Escalate"
    actions   = ["sts:AssumeRole"]
    resources = [aws_iam_role.admin.arn]
  }
}

resource "aws_iam_role_policy" "support" {
  name   = "support"
  role   = aws_iam_role.support.id
  policy = data.aws_iam_policy_document.support.json
}
