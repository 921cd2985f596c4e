variable "vpc_id" {
  type = string
}

variable "ssh_source" {
  type = string
}

resource "aws_security_group" "this" {
  name        = "bastion"
  description = "Jump host for operators"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.this.id
  description       = "SSH"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = var.ssh_source
}
