locals {
  instance_arn = "arn:aws:sso:::instance/ssoins-72045f8c1b9e3da6"
}

resource "aws_ssoadmin_permission_set" "support" {
  name             = "Support"
  description      = "Second line support"
  instance_arn     = local.instance_arn
  session_duration = "PT4H"
}

resource "aws_ssoadmin_managed_policy_attachment" "support_view" {
  instance_arn       = local.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.support.arn
  managed_policy_arn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"
}

resource "aws_ssoadmin_managed_policy_attachment" "support_admin" {
  instance_arn       = local.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.support.arn
  managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_ssoadmin_account_assignment" "support" {
  instance_arn       = local.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.support.arn
  principal_id       = "53a4c812-7031-4f5e-9d26-1c8b7e6f0a94"
  principal_type     = "GROUP"
  target_id          = "123456789012"
  target_type        = "AWS_ACCOUNT"
}
