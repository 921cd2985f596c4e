data "aws_iam_policy_document" "ecs" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "search_indexer" {
  name               = "search-indexer"
  assume_role_policy = data.aws_iam_policy_document.ecs.json
}

data "aws_iam_policy_document" "search_indexer" {
  statement {
    sid       = "ReadCatalogue"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::acme-catalogue/*"]
  }

  statement {
    sid       = "SearchPassword"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:search/password-AbCdEf"]
  }
}

resource "aws_iam_role_policy" "search_indexer" {
  name   = "indexing"
  role   = aws_iam_role.search_indexer.id
  policy = data.aws_iam_policy_document.search_indexer.json
}
