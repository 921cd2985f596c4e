resource "aws_organizations_organization" "main" {
  feature_set          = "ALL"
  enabled_policy_types = ["AISERVICES_OPT_OUT_POLICY"]
  aws_service_access_principals = [
    "cloudtrail.amazonaws.com",
    "config.amazonaws.com",
    "servicecatalog.amazonaws.com",
  ]
}

resource "aws_organizations_organizational_unit" "production" {
  name      = "production"
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
  close_on_deletion = true
}

resource "aws_organizations_policy" "no_training" {
  name = "no-training"
  type = "AISERVICES_OPT_OUT_POLICY"
  content = jsonencode({
    services = { default = { opt_out_policy = { "@@assign" = "optIn" } } }
  })
}

resource "aws_guardduty_organization_admin_account" "main" {
  admin_account_id = "222222222222"
}

resource "aws_inspector2_delegated_admin_account" "main" {
  account_id = "111111111111"
}

resource "aws_iam_organizations_features" "main" {
  enabled_features = ["RootSessions"]
}

resource "aws_account_alternate_contact" "operations" {
  alternate_contact_type = "OPERATIONS"
  name                   = "Operations"
  title                  = "Operations team"
  email_address          = "bob@example.com"
  phone_number           = "+49301234567"
}

resource "aws_accessanalyzer_analyzer" "organization" {
  analyzer_name = "organization"
  type          = "ACCOUNT"
}


resource "aws_organizations_organizational_unit" "experiments" {
  name      = "experiments"
  parent_id = "r-ab12"
}

resource "aws_organizations_delegated_administrator" "single_sign_on" {
  account_id        = "222222222222"
  service_principal = "sso.amazonaws.com"
}

resource "aws_accessanalyzer_archive_rule" "public" {
  analyzer_name = aws_accessanalyzer_analyzer.organization.analyzer_name
  rule_name     = "public"

  filter {
    criteria = "isPublic"
    eq       = ["true"]
  }
}

resource "aws_organizations_account" "sandbox" {
  name      = "sandbox"
  email     = "aws-sandbox@example.com"
  parent_id = "ou-ab12-22222222"
}
