resource "aws_ec2_image_block_public_access" "here" {
  state = "block-new-sharing"
}

resource "aws_ebs_snapshot_block_public_access" "here" {
  state = "block-all-sharing"
}

resource "aws_ecr_registry_scanning_configuration" "here" {
  scan_type = "ENHANCED"

  rule {
    scan_frequency = "CONTINUOUS_SCAN"

    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}

resource "aws_codecommit_approval_rule_template" "two" {
  name = "two-people"

  content = jsonencode({
    Version    = "2018-11-08"
    Statements = [{ Type = "Approvers", NumberOfApprovalsNeeded = 2 }]
  })
}

resource "aws_codecommit_approval_rule_template_association" "shop" {
  approval_rule_template_name = aws_codecommit_approval_rule_template.two.name
  repository_name             = "shop"
}
