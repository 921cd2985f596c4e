variable "name" {
  type = string
}

variable "disk_key" {
  type = string
}

variable "is_in_eks" {
  type = bool
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  name_prefix        = var.name
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_instance_profile" "this" {
  name_prefix = var.name
  role        = aws_iam_role.this.name
}

resource "aws_launch_template" "this" {
  name_prefix            = var.name
  image_id               = "ami-0123456789abcdef0"
  update_default_version = true

  dynamic "iam_instance_profile" {
    for_each = var.is_in_eks ? [] : [1]

    content {
      arn = aws_iam_instance_profile.this.arn
    }
  }

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted  = "true"
      kms_key_id = var.disk_key
    }
  }
}

resource "aws_instance" "this" {
  count = 2

  instance_type          = "t4g.small"
  ami                    = "ami-0123456789abcdef0"
  subnet_id              = "subnet-0123456789abcdef0"
  vpc_security_group_ids = ["sg-0123456789abcdef0"]
  iam_instance_profile   = aws_iam_instance_profile.this.name

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    volume_size = 30
    encrypted   = true
    kms_key_id  = var.disk_key
  }
}

resource "aws_eks_node_group" "this" {
  count = var.is_in_eks ? 1 : 0

  cluster_name    = "main"
  node_group_name = var.name
  node_role_arn   = aws_iam_role.this.arn
  subnet_ids      = ["subnet-0123456789abcdef0"]

  launch_template {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }

  scaling_config {
    desired_size = 1
    max_size     = 2
    min_size     = 1
  }
}

output "profile" {
  value = aws_iam_instance_profile.this.name
}
