resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"

  tags = {
    Name = "shop"
  }
}

locals {
  ssh_sources = {
    "office.berlin"        = "198.51.100.0/24"
    "vpn.eu-central-1.prd" = "10.8.0.0/16"
    "home.office[2]"       = "0.0.0.0/0"
  }
}

resource "aws_security_group" "bastion" {
  name        = "bastion"
  description = "Jump host for operators"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  for_each = local.ssh_sources

  security_group_id = aws_security_group.bastion.id
  description       = "SSH from ${each.key}"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = each.value
}
