resource "aws_guardduty_detector" "main" {
  enable = true
}

resource "aws_guardduty_detector_feature" "s3" {
  detector_id = aws_guardduty_detector.main.id
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}

resource "aws_guardduty_organization_configuration" "all" {
  detector_id                      = aws_guardduty_detector.main.id
  auto_enable_organization_members = "ALL"
}

resource "aws_securityhub_account" "here" {}

resource "aws_securityhub_standards_control" "s31" {
  standards_control_arn = "arn:aws:securityhub:eu-central-1:123456789012:control/aws-foundational-security-best-practices/v/1.0.0/S3.1"
  control_status        = "ENABLED"
}

resource "aws_securityhub_finding_aggregator" "all" {
  linking_mode = "ALL_REGIONS"
}

resource "aws_inspector2_enabler" "here" {
  account_ids    = ["123456789012"]
  resource_types = ["EC2", "ECR"]
}

resource "aws_macie2_account" "here" {
  status = "ENABLED"
}

resource "aws_detective_graph" "here" {}

resource "aws_ssmincidents_response_plan" "breach" {
  name = "breach"

  incident_template {
    title  = "breach"
    impact = 1
  }
}

resource "aws_ssm_document" "shell" {
  name            = "SSM-SessionManagerRunShell"
  document_type   = "Session"
  document_format = "JSON"

  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs        = { cloudWatchLogGroupName = "sessions" }
  })
}

resource "aws_ssm_patch_baseline" "servers" {
  name             = "servers"
  operating_system = "AMAZON_LINUX_2023"

  approval_rule {
    approve_after_days = 7

    patch_filter {
      key    = "CLASSIFICATION"
      values = ["Security"]
    }
  }
}

resource "aws_ssm_association" "inventory" {
  name                = "AWS-GatherSoftwareInventory"
  schedule_expression = "rate(1 day)"

  targets {
    key    = "InstanceIds"
    values = ["*"]
  }
}
