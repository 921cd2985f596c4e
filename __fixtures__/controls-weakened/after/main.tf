resource "aws_backup_selection" "data" {
  name         = "data"
  plan_id      = "0c7f7c1e-2d3b-4c8e-9a6f-1a2b3c4d5e6f"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = ["arn:aws:rds:*:*:cluster:*"]
}

resource "aws_backup_vault" "main" {
  name          = "main"
  force_destroy = true
}

resource "aws_backup_vault_lock_configuration" "main" {
  backup_vault_name  = "main"
  min_retention_days = 1
}

resource "aws_efs_backup_policy" "home" {
  file_system_id = "fs-0123456789abcdef0"

  backup_policy {
    status = "DISABLED"
  }
}

resource "aws_dlm_lifecycle_policy" "daily" {
  description        = "daily snapshots"
  execution_role_arn = "arn:aws:iam::123456789012:role/dlm"
  state              = "DISABLED"

  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Backup = "daily" }

    schedule {
      name = "daily"

      create_rule {
        interval = 24
      }

      retain_rule {
        count = 14
      }
    }
  }
}

resource "aws_inspector2_enabler" "all" {
  account_ids    = ["123456789012"]
  resource_types = ["EC2"]
}

resource "aws_securityhub_finding_aggregator" "all" {
  linking_mode      = "SPECIFIED_REGIONS"
  specified_regions = ["eu-west-1"]
}

resource "aws_detective_organization_configuration" "all" {
  auto_enable = false
  graph_arn   = "arn:aws:detective:eu-central-1:123456789012:graph:00b00fd5aecc0ab60a708659477e9617"
}

resource "aws_networkfirewall_firewall" "egress" {
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:eu-central-1:123456789012:firewall-policy/egress"
  vpc_id              = "vpc-0123456789abcdef0"
  delete_protection   = false

  subnet_mapping {
    subnet_id = "subnet-0123456789abcdef0"
  }
}

resource "aws_networkfirewall_logging_configuration" "egress" {
  firewall_arn = "arn:aws:network-firewall:eu-central-1:123456789012:firewall/egress"

  logging_configuration {
    log_destination_config {
      log_destination      = { logGroup = "egress/alert" }
      log_destination_type = "CloudWatchLogs"
      log_type             = "ALERT"
    }
  }
}

resource "aws_shield_proactive_engagement" "soc" {
  enabled = false

  emergency_contact {
    contact_notes = "SOC"
    email_address = "soc@example.com"
    phone_number  = "+49301234567"
  }
}

resource "aws_shield_application_layer_automatic_response" "shop" {
  resource_arn = "arn:aws:cloudfront::123456789012:distribution/EDFDVBD6EXAMPLE"
  action       = "COUNT"
}

resource "aws_fms_policy" "waf" {
  name                        = "waf"
  exclude_resource_tags       = false
  remediation_enabled         = false
  resource_type               = "AWS::ElasticLoadBalancingV2::LoadBalancer"
  delete_all_policy_resources = false

  security_service_policy_data {
    type = "WAFV2"
    managed_service_data = jsonencode({
      type          = "WAFV2"
      defaultAction = { type = "ALLOW" }
    })
  }
}

resource "aws_ssm_maintenance_window" "weekly" {
  name     = "weekly"
  schedule = "cron(0 3 ? * SUN *)"
  duration = 3
  cutoff   = 1
  enabled  = false
}

resource "aws_route53_hosted_zone_dnssec" "shop" {
  hosted_zone_id = "Z0123456789ABCDEFGHIJ"
  signing_status = "NOT_SIGNING"
}

resource "aws_network_acl" "data" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_route53_resolver_firewall_rule_group" "names" {
  name = "names"
}

resource "aws_s3_bucket_inventory" "data" {
  bucket                   = "example-data"
  name                     = "all"
  included_object_versions = "All"
  enabled                  = false

  schedule {
    frequency = "Weekly"
  }

  destination {
    bucket {
      format     = "CSV"
      bucket_arn = "arn:aws:s3:::example-inventory"
    }
  }
}
