variable "account" {
  type = string
}

variable "repository" {
  type = string
}

variable "services" {
  type = list(string)
}

resource "aws_iam_policy" "boundary" {
  name = "pipeline-boundary"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"]
      Resource = [for service in var.services : "arn:aws:ecr:eu-central-1:${var.account}:repository/${service}"]
    }]
  })
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  roles = {
    plan   = "repo:${var.repository}:environment:plan"
    apply  = "repo:${var.repository}:environment:production"
    images = "repo:${var.repository}:ref:refs/heads/main"
  }
}

data "aws_iam_policy_document" "trust" {
  for_each = local.roles

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = [each.value]
    }
  }
}

resource "aws_iam_role" "pipeline" {
  for_each = local.roles

  name                 = "pipeline-${each.key}"
  assume_role_policy   = data.aws_iam_policy_document.trust[each.key].json
  permissions_boundary = aws_iam_policy.boundary.arn
}

resource "aws_iam_role_policy" "images" {
  name = "push"
  role = aws_iam_role.pipeline["images"].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"]
      Resource = [for service in var.services : "arn:aws:ecr:eu-central-1:${var.account}:repository/${service}"]
      }, {
      Effect   = "Allow"
      Action   = "ecr:GetAuthorizationToken"
      Resource = "*"
    }]
  })
}
