locals {
  instance_arn = "arn:aws:sso:::instance/ssoins-72045f8c1b9e3da6"

  groups = {
    platform    = "53a4c812-7031-4f5e-9d26-1c8b7e6f0a94"
    contractors = "0b9e63d7-80c1-4a52-b7f4-2d5e91c6a380"
  }

  administrators = {
    "platform in sandbox"       = { group = "platform", account = "210987654321" }
    "platform in production"    = { group = "platform", account = "123456789012" }
    "contractors in production" = { group = "contractors", account = "123456789012" }
  }
}

resource "aws_ssoadmin_permission_set" "administrator" {
  name             = "Administrator"
  instance_arn     = local.instance_arn
  session_duration = "PT1H"
}

resource "aws_ssoadmin_managed_policy_attachment" "administrator" {
  instance_arn       = local.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.administrator.arn
  managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_ssoadmin_account_assignment" "administrator" {
  for_each = local.administrators

  instance_arn       = local.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.administrator.arn
  principal_id       = local.groups[each.value.group]
  principal_type     = "GROUP"
  target_id          = each.value.account
  target_type        = "AWS_ACCOUNT"
}
