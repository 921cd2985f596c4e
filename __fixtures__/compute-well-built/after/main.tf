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

resource "aws_kms_key" "disks" {
  description         = "Disks and their copies"
  enable_key_rotation = true
}

module "fleet" {
  source   = "./fleet"
  for_each = toset(["api", "jobs"])

  name      = each.key
  disk_key  = aws_kms_key.disks.arn
  is_in_eks = each.key == "jobs"
}

resource "aws_ebs_encryption_by_default" "here" {
  enabled = true
}

resource "aws_ebs_volume" "by_default" {
  count = 2

  availability_zone = "eu-central-1a"
  size              = 20
}

resource "aws_ebs_snapshot" "data" {
  volume_id = aws_ebs_volume.data.id
}

resource "aws_ami_copy" "golden" {
  name              = "golden"
  source_ami_id     = "ami-0123456789abcdef0"
  source_ami_region = "eu-central-1"
  encrypted         = true
  kms_key_id        = aws_kms_key.disks.arn
}

data "aws_ami" "linux" {
  owners      = ["amazon"]
  most_recent = true
  depends_on  = [aws_kms_key.disks]

  filter {
    name   = "name"
    values = ["al2023-ami-*"]
  }
}

resource "aws_instance" "linux" {
  ami                    = data.aws_ami.linux.id
  instance_type          = "t4g.small"
  iam_instance_profile   = module.fleet["api"].profile
  vpc_security_group_ids = ["sg-0123456789abcdef0"]

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "out" {
  allocation_id = aws_eip.nat.id
  subnet_id     = "subnet-0123456789abcdef0"
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

resource "aws_launch_configuration" "old" {
  name_prefix                 = "old-"
  image_id                    = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  iam_instance_profile        = "fleet"
  associate_public_ip_address = false

  metadata_options {
    http_tokens = "required"
  }

  ebs_block_device {
    device_name = "/dev/sdb"
    encrypted   = true
  }
}

resource "aws_spot_instance_request" "burst" {
  ami                  = "ami-0123456789abcdef0"
  instance_type        = "t3.small"
  iam_instance_profile = "fleet"

  metadata_options {
    http_tokens = "required"
  }

}

resource "aws_spot_fleet_request" "burst" {
  iam_fleet_role  = "arn:aws:iam::123456789012:role/fleet"
  target_capacity = 2

  launch_specification {
    ami           = "ami-0123456789abcdef0"
    instance_type = "t3.small"

    root_block_device {
      encrypted = true
    }

    ebs_block_device {
      device_name = "/dev/sdb"
      encrypted   = true
      volume_size = 10
    }
  }
}

resource "aws_ami" "new" {
  name             = "new"
  root_device_name = "/dev/xvda"
  imds_support     = "v2.0"

  ebs_block_device {
    device_name = "/dev/xvda"
    volume_size = 8
    encrypted   = true
  }
}

resource "aws_launch_configuration" "plain" {
  name_prefix          = "plain-"
  image_id             = "ami-0123456789abcdef0"
  instance_type        = "t3.small"
  iam_instance_profile = module.fleet["api"].profile

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_ami" "from_snapshot" {
  name             = "from-snapshot"
  root_device_name = "/dev/xvda"
  imds_support     = "v2.0"

  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = aws_ebs_snapshot.data.id
  }
}

resource "aws_snapshot_create_volume_permission" "own_account" {
  snapshot_id = aws_ebs_snapshot.data.id
  account_id  = "210987654321"
}

resource "aws_ami_launch_permission" "organization" {
  image_id         = aws_ami_copy.golden.id
  organization_arn = "arn:aws:organizations::123456789012:organization/o-a1b2c3d4e5"
}

resource "aws_ami_launch_permission" "own_account" {
  image_id   = aws_ami_copy.golden.id
  account_id = "210987654321"
}
