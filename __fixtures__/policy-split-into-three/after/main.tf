data "aws_iam_policy_document" "codebuild" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["codebuild.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "release" {
  name               = "release"
  assume_role_policy = data.aws_iam_policy_document.codebuild.json
}

data "aws_iam_policy_document" "artifacts" {
  statement {
    sid       = "ListReleases"
    actions   = ["s3:ListBucket"]
    resources = ["arn:aws:s3:::acme-artifacts"]

    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["releases/*"]
    }
  }

  statement {
    sid       = "ReadReleases"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::acme-artifacts/releases/*"]
  }

  statement {
    sid       = "WriteReleases"
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::acme-artifacts/releases/*"]
  }
}

data "aws_iam_policy_document" "images" {
  statement {
    sid       = "RegistryLogin"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = toset(["catalog", "checkout"])

    content {
      sid = "Push${title(statement.value)}"

      actions = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:CompleteLayerUpload",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ]

      resources = ["arn:aws:ecr:eu-central-1:123456789012:repository/shop/${statement.value}"]
    }
  }
}

data "aws_iam_policy_document" "roll_out" {
  statement {
    sid       = "RollOut"
    actions   = ["ecs:UpdateService", "ecs:DescribeServices"]
    resources = ["arn:aws:ecs:eu-central-1:123456789012:service/shop/*"]
  }
}

resource "aws_iam_policy" "artifacts" {
  name   = "release-artifacts"
  policy = data.aws_iam_policy_document.artifacts.json
}

resource "aws_iam_policy" "images" {
  name   = "release-images"
  policy = data.aws_iam_policy_document.images.json
}

resource "aws_iam_policy" "roll_out" {
  name   = "release-roll-out"
  policy = data.aws_iam_policy_document.roll_out.json
}

resource "aws_iam_role_policy_attachment" "artifacts" {
  role       = aws_iam_role.release.name
  policy_arn = aws_iam_policy.artifacts.arn
}

resource "aws_iam_role_policy_attachment" "images" {
  role       = aws_iam_role.release.name
  policy_arn = aws_iam_policy.images.arn
}

resource "aws_iam_role_policy_attachment" "roll_out" {
  role       = aws_iam_role.release.name
  policy_arn = aws_iam_policy.roll_out.arn
}
