resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_security_group" "web" {
  name        = "web"
  description = "Web servers of the shop"
  vpc_id      = aws_vpc.main.id
}

variable "ssh_sources" {
  type    = list(string)
  default = ["0.0.0.0/0", "198.51.100.0/24"]
}

resource "aws_security_group_rule" "ssh" {
  count = length(var.ssh_sources)

  security_group_id = aws_security_group.web.id
  type              = "ingress"
  description       = "SSH from ${var.ssh_sources[count.index]}"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = [var.ssh_sources[count.index]]
}
