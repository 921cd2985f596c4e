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

resource "aws_ebs_volume" "scratch" {
  availability_zone = "eu-central-1a"
  size              = 100
  encrypted         = false
}

resource "aws_ebs_snapshot_copy" "plain" {
  source_snapshot_id = "snap-0123456789abcdef0"
  source_region      = "eu-central-1"
  encrypted          = false
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

resource "aws_instance" "guest" {
  ami                    = data.aws_ami.any.id
  instance_type          = "t4g.small"
  iam_instance_profile   = "guest"
  vpc_security_group_ids = ["sg-0123456789abcdef0"]

  metadata_options {
    http_tokens = "required"
  }
}

data "aws_ami" "any" {
  most_recent = true
  depends_on  = [aws_key_pair.ops]

  filter {
    name   = "name"
    values = ["ubuntu-*"]
  }
}

resource "aws_launch_template" "fleet" {
  name_prefix            = "fleet-"
  image_id               = "ami-0123456789abcdef0"
  update_default_version = true
  key_name               = "ops"

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 2
  }

  network_interfaces {
    associate_public_ip_address = "true"
    security_groups             = ["sg-0123456789abcdef0"]
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted = "false"
    }
  }
}

resource "aws_network_interface" "service" {
  subnet_id         = "subnet-0123456789abcdef0"
  security_groups   = ["sg-0123456789abcdef0"]
  source_dest_check = false
}

resource "aws_eip" "service" {
  domain = "vpc"
}

resource "aws_eip_association" "service" {
  allocation_id        = aws_eip.service.id
  network_interface_id = aws_network_interface.service.id
}

resource "aws_ebs_snapshot" "scratch" {
  volume_id = aws_ebs_volume.scratch.id
}

resource "aws_snapshot_create_volume_permission" "vendor" {
  snapshot_id = aws_ebs_snapshot.scratch.id
  account_id  = "999999999999"
}

resource "aws_ami_launch_permission" "vendor" {
  image_id   = "ami-0123456789abcdef0"
  account_id = "999999999999"
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

resource "aws_launch_configuration" "old" {
  name_prefix                 = "old-"
  image_id                    = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  iam_instance_profile        = "fleet"
  associate_public_ip_address = true

  metadata_options {
    http_tokens = "required"
  }

  ebs_block_device {
    device_name = "/dev/sdb"
    encrypted   = false
  }
}

resource "aws_spot_instance_request" "burst" {
  ami                  = "ami-0123456789abcdef0"
  instance_type        = "t3.small"
  iam_instance_profile = "fleet"

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted = false
  }
}

resource "aws_spot_fleet_request" "burst" {
  iam_fleet_role  = "arn:aws:iam::123456789012:role/fleet"
  target_capacity = 2

  launch_specification {
    ami           = "ami-0123456789abcdef0"
    instance_type = "t3.small"

    ebs_block_device {
      device_name = "/dev/sdb"
      encrypted   = false
      volume_size = 10
    }
  }
}

resource "aws_ami" "golden" {
  name             = "golden"
  root_device_name = "/dev/xvda"
  imds_support     = "v2.0"

  ebs_block_device {
    device_name = "/dev/xvda"
    volume_size = 8
    encrypted   = false
  }
}
