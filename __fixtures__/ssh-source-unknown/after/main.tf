resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_security_group" "web" {
  name        = "web"
  description = "Web servers of the shop"
  vpc_id      = aws_vpc.main.id
}

resource "aws_eip" "office" {
  domain = "vpc"
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.web.id
  description       = "SSH from the office"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "${aws_eip.office.public_ip}/32"
}
