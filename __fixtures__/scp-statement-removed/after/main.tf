data "aws_iam_policy_document" "guard_rails" {
  statement {
    sid       = "StayInTheOrganization"
    effect    = "Deny"
    actions   = ["organizations:LeaveOrganization"]
    resources = ["*"]
  }

  statement {
    sid         = "OurRegions"
    effect      = "Deny"
    not_actions = ["cloudfront:*", "iam:*", "organizations:*", "route53:*", "sts:*", "support:*"]
    resources   = ["*"]

    condition {
      test     = "StringNotEquals"
      variable = "aws:RequestedRegion"
      values   = ["eu-central-1", "eu-west-1"]
    }
  }
}

resource "aws_organizations_policy" "guard_rails" {
  name        = "guard-rails"
  description = "What no workload account may do"
  content     = data.aws_iam_policy_document.guard_rails.json
}

resource "aws_organizations_policy_attachment" "workloads" {
  policy_id = aws_organizations_policy.guard_rails.id
  target_id = "ou-x7k2-4t9wq1mz"
}
