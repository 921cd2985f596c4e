resource "aws_iam_group" "operations" {
  name = "operations"
}

data "aws_iam_policy_document" "operations" {
  statement {
    sid       = "Operate"
    actions   = ["ec2:*", "rds:*", "ssm:*"]
    resources = ["*"]
  }
}

resource "aws_iam_group_policy" "operations" {
  name   = "operations"
  group  = aws_iam_group.operations.name
  policy = data.aws_iam_policy_document.operations.json
}
