resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"

  tags = {
    Name = "shop"
  }
}

resource "aws_security_group" "transfer" {
  name        = "transfer"
  description = "File transfer with suppliers"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "transfer" {
  security_group_id = aws_security_group.transfer.id
  description       = "FTP and mail"
  ip_protocol       = "tcp"
  from_port         = 20
  to_port           = 25
  cidr_ipv4         = "198.51.100.0/24"
}
