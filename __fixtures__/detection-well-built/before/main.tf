resource "aws_guardduty_detector" "main" {
  enable = true
}

resource "aws_guardduty_detector_feature" "s3" {
  detector_id = aws_guardduty_detector.main.id
  name        = "S3_DATA_EVENTS"
  status      = "DISABLED"
}

resource "aws_guardduty_organization_configuration" "all" {
  detector_id                      = aws_guardduty_detector.main.id
  auto_enable_organization_members = "NONE"
}

resource "aws_guardduty_filter" "scanners" {
  detector_id = aws_guardduty_detector.main.id
  name        = "scanners"
  action      = "ARCHIVE"
  rank        = 1

  finding_criteria {
    criterion {
      field  = "region"
      equals = ["eu-central-1"]
    }
  }
}

resource "aws_securityhub_standards_control" "s31" {
  standards_control_arn = "arn:aws:securityhub:eu-central-1:123456789012:control/aws-foundational-security-best-practices/v/1.0.0/S3.1"
  control_status        = "DISABLED"
  disabled_reason       = "noise"
}

resource "aws_securityhub_automation_rule" "quiet" {
  rule_name   = "quiet"
  description = "Hide lab findings"
  rule_order  = 1

  actions {
    type = "FINDING_FIELDS_UPDATE"

    finding_fields_update {
      workflow {
        status = "SUPPRESSED"
      }
    }
  }

  criteria {
    aws_account_id {
      comparison = "EQUALS"
      value      = "123456789012"
    }
  }
}

resource "aws_macie2_account" "here" {
  status = "PAUSED"
}

resource "aws_ssm_document" "shell" {
  name            = "SSM-SessionManagerRunShell"
  document_type   = "Session"
  document_format = "JSON"

  content = jsonencode({
    schemaVersion = "1.0"
    sessionType   = "Standard_Stream"
    inputs        = { runAsEnabled = false }
  })
}

resource "aws_ssm_document" "shared" {
  name            = "collect"
  document_type   = "Command"
  document_format = "JSON"

  permissions = {
    type        = "Share"
    account_ids = "All"
  }

  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Collect"
    mainSteps     = [{ action = "aws:runShellScript", name = "x", inputs = { runCommand = ["uptime"] } }]
  })
}
