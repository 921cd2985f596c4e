locals {
  instance_arn = "arn:aws:sso:::instance/ssoins-72045f8c1b9e3da6"
}

resource "aws_ssoadmin_permission_set" "data_engineer" {
  name             = "DataEngineer"
  instance_arn     = local.instance_arn
  session_duration = "PT8H"
}

data "aws_iam_policy_document" "data_engineer" {
  statement {
    sid       = "Pipelines"
    actions   = ["glue:GetJob*", "glue:StartJobRun", "athena:StartQueryExecution", "athena:GetQuery*"]
    resources = ["*"]
  }
}

resource "aws_ssoadmin_permission_set_inline_policy" "data_engineer" {
  instance_arn       = local.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.data_engineer.arn
  inline_policy      = data.aws_iam_policy_document.data_engineer.json
}

resource "aws_ssoadmin_account_assignment" "data_engineer" {
  instance_arn       = local.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.data_engineer.arn
  principal_id       = "0b9e63d7-80c1-4a52-b7f4-2d5e91c6a380"
  principal_type     = "GROUP"
  target_id          = "123456789012"
  target_type        = "AWS_ACCOUNT"
}
