resource "aws_instance" "worker" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t4g.small"
  subnet_id                   = "subnet-0123456789abcdef0"
  vpc_security_group_ids      = ["sg-0123456789abcdef0"]
  associate_public_ip_address = false
  source_dest_check           = true
  iam_instance_profile        = "worker"


  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    encrypted = true
  }
}

resource "aws_ec2_image_block_public_access" "here" {
  state = "block-new-sharing"
}

resource "aws_ebs_snapshot_block_public_access" "here" {
  state = "block-all-sharing"
}

resource "aws_ec2_serial_console_access" "here" {
  enabled = false
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-central-1a"
  size              = 100
  encrypted         = true
}

resource "aws_ebs_snapshot_copy" "offsite" {
  source_snapshot_id = "snap-0123456789abcdef0"
  source_region      = "eu-central-1"
  encrypted          = true
}

resource "aws_launch_template" "fleet" {
  name_prefix            = "fleet-"
  image_id               = "ami-0123456789abcdef0"
  update_default_version = true

  iam_instance_profile {
    name = "fleet"
  }

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  network_interfaces {
    associate_public_ip_address = "false"
    security_groups             = ["sg-0123456789abcdef0"]
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted = "true"
    }
  }
}

resource "aws_network_interface" "service" {
  subnet_id         = "subnet-0123456789abcdef0"
  security_groups   = ["sg-0123456789abcdef0"]
  source_dest_check = true
}

resource "aws_dlm_lifecycle_policy" "offsite" {
  description        = "Daily copies in Ireland"
  execution_role_arn = "arn:aws:iam::123456789012:role/dlm"

  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Backup = "daily" }

    schedule {
      name = "daily"

      create_rule {
        interval = 24
        times    = ["03:00"]
      }

      retain_rule {
        count = 14
      }

      cross_region_copy_rule {
        target    = "eu-west-1"
        encrypted = true

        retain_rule {
          interval      = 1
          interval_unit = "MONTHS"
        }
      }
    }
  }
}
