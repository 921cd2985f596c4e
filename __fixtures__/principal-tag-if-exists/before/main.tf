resource "aws_iam_role" "engineer" {
  name = "engineer"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::123456789012:root" }
        Action    = ["sts:AssumeRole", "sts:TagSession"]
      },
    ]
  })
}

data "aws_iam_policy_document" "payments" {
  statement {
    sid       = "PaymentsSecrets"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:payments/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalTag/team"
      values   = ["payments"]
    }
  }

  statement {
    sid       = "Dashboards"
    actions   = ["cloudwatch:GetDashboard", "cloudwatch:ListDashboards"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "payments" {
  name   = "payments"
  policy = data.aws_iam_policy_document.payments.json
}

resource "aws_iam_role_policy_attachment" "payments" {
  role       = aws_iam_role.engineer.name
  policy_arn = aws_iam_policy.payments.arn
}
