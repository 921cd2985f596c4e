resource "aws_instance" "worker" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t4g.small"
  subnet_id                   = "subnet-0123456789abcdef0"
  vpc_security_group_ids      = ["sg-0123456789abcdef0"]
  associate_public_ip_address = true
  source_dest_check           = false

  key_name = "ops"

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 3
  }

  root_block_device {
    encrypted = true
  }
}

resource "aws_ec2_image_block_public_access" "here" {
  state = "unblocked"
}

resource "aws_ebs_snapshot_block_public_access" "here" {
  state = "unblocked"
}

resource "aws_ec2_serial_console_access" "here" {
  enabled = true
}

resource "aws_eip" "worker" {
  domain   = "vpc"
  instance = aws_instance.worker.id
}

resource "aws_key_pair" "ops" {
  key_name   = "ops"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ops"
}

resource "aws_ami_launch_permission" "all" {
  image_id = "ami-0123456789abcdef0"
  group    = "all"
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
        encrypted = false

        retain_rule {
          interval      = 1
          interval_unit = "MONTHS"
        }
      }
    }
  }
}
