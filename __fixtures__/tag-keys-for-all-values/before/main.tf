data "aws_iam_policy_document" "vending_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "sandbox_vending" {
  name               = "sandbox-vending"
  assume_role_policy = data.aws_iam_policy_document.vending_trust.json
}

data "aws_iam_policy_document" "sandbox_vending" {
  statement {
    sid       = "StartTaggedSandboxes"
    actions   = ["ec2:RunInstances"]
    resources = ["arn:aws:ec2:eu-central-1:123456789012:instance/*"]

    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "aws:TagKeys"
      values   = ["owner", "expires"]
    }
  }

  statement {
    sid     = "StartWithTheImage"
    actions = ["ec2:RunInstances"]

    resources = [
      "arn:aws:ec2:eu-central-1::image/ami-0a1b2c3d4e5f60718",
      "arn:aws:ec2:eu-central-1:123456789012:subnet/subnet-0f1e2d3c4b5a69788",
      "arn:aws:ec2:eu-central-1:123456789012:security-group/sg-0123456789abcdef0",
      "arn:aws:ec2:eu-central-1:123456789012:network-interface/*",
      "arn:aws:ec2:eu-central-1:123456789012:volume/*",
    ]
  }
}

resource "aws_iam_role_policy" "sandbox_vending" {
  name   = "sandboxes"
  role   = aws_iam_role.sandbox_vending.id
  policy = data.aws_iam_policy_document.sandbox_vending.json
}
