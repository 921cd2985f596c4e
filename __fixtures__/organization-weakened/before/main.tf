resource "aws_organizations_organization" "main" {
  feature_set          = "ALL"
  enabled_policy_types = ["AISERVICES_OPT_OUT_POLICY", "SERVICE_CONTROL_POLICY"]
  aws_service_access_principals = [
    "cloudtrail.amazonaws.com",
    "config.amazonaws.com",
    "guardduty.amazonaws.com",
    "servicecatalog.amazonaws.com",
  ]
}

resource "aws_organizations_organizational_unit" "production" {
  name      = "production"
  parent_id = "r-ab12"
}

resource "aws_organizations_organizational_unit" "security" {
  name      = "security"
  parent_id = "r-ab12"
}

resource "aws_organizations_account" "shop" {
  name      = "shop"
  email     = "aws-shop@example.com"
  parent_id = "ou-ab12-11111111"
}

resource "aws_organizations_account" "data" {
  name              = "data"
  email             = "aws-data@example.com"
  parent_id         = "ou-ab12-11111111"
  close_on_deletion = false
}

resource "aws_organizations_account" "sandbox" {
  name      = "sandbox"
  email     = "aws-sandbox@example.com"
  parent_id = "ou-ab12-22222222"
}

resource "aws_organizations_policy" "no_training" {
  name = "no-training"
  type = "AISERVICES_OPT_OUT_POLICY"
  content = jsonencode({
    services = { default = { opt_out_policy = { "@@assign" = "optOut" } } }
  })
}

resource "aws_organizations_policy_attachment" "no_training" {
  policy_id = aws_organizations_policy.no_training.id
  target_id = "r-ab12"
}

resource "aws_organizations_delegated_administrator" "config" {
  account_id        = "111111111111"
  service_principal = "config.amazonaws.com"
}

resource "aws_guardduty_organization_admin_account" "main" {
  admin_account_id = "111111111111"
}

resource "aws_securityhub_organization_admin_account" "main" {
  admin_account_id = "111111111111"
}

resource "aws_inspector2_delegated_admin_account" "main" {
  account_id = "111111111111"
}

resource "aws_iam_organizations_features" "main" {
  enabled_features = ["RootCredentialsManagement", "RootSessions"]
}

resource "aws_ram_sharing_with_organization" "main" {}

resource "aws_controltower_control" "volumes" {
  control_identifier = "arn:aws:controltower:eu-central-1::control/AWS-GR_ENCRYPTED_VOLUMES"
  target_identifier  = "arn:aws:organizations::123456789012:ou/o-ab12cd34ef/ou-ab12-11111111"
}

resource "aws_account_alternate_contact" "security" {
  alternate_contact_type = "SECURITY"
  name                   = "Security"
  title                  = "Security team"
  email_address          = "security@example.com"
  phone_number           = "+49301234567"
}

resource "aws_account_alternate_contact" "operations" {
  alternate_contact_type = "OPERATIONS"
  name                   = "Operations"
  title                  = "Operations team"
  email_address          = "operations@example.com"
  phone_number           = "+49301234567"
}

resource "aws_accessanalyzer_analyzer" "organization" {
  analyzer_name = "organization"
  type          = "ORGANIZATION"
}

resource "aws_accessanalyzer_analyzer" "unused" {
  analyzer_name = "unused"
  type          = "ORGANIZATION_UNUSED_ACCESS"
}
