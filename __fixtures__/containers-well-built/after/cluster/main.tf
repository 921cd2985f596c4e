variable "name" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "bastion" {
  type = string
}

variable "key" {
  type = string
}

resource "aws_iam_role" "this" {
  for_each = toset(["eks", "ec2"])

  name_prefix = "${var.name}-${each.key}"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "${each.key}.amazonaws.com" } }]
  })
}

resource "aws_eks_cluster" "this" {
  name                      = var.name
  role_arn                  = aws_iam_role.this["eks"].arn
  enabled_cluster_log_types = ["api", "audit", "authenticator"]

  vpc_config {
    subnet_ids              = var.subnets
    endpoint_private_access = true
    endpoint_public_access  = false
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = var.key
    }
  }
}

resource "aws_eks_node_group" "this" {
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "main"
  node_role_arn   = aws_iam_role.this["ec2"].arn
  subnet_ids      = var.subnets

  remote_access {
    ec2_ssh_key               = "ops"
    source_security_group_ids = [var.bastion]
  }

  scaling_config {
    desired_size = 2
    max_size     = 3
    min_size     = 1
  }
}

resource "aws_eks_access_entry" "readers" {
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = "arn:aws:iam::123456789012:role/developers"
}

resource "aws_eks_access_policy_association" "readers" {
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.readers.principal_arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"

  access_scope {
    type       = "namespace"
    namespaces = ["shop"]
  }
}
