resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"

  tags = {
    Name = "shop"
  }
}

resource "aws_ec2_managed_prefix_list" "offices" {
  name           = "offices"
  address_family = "IPv4"
  max_entries    = 5

  entry {
    cidr        = "198.51.100.0/24"
    description = "Berlin"
  }
}

resource "aws_security_group" "bastion" {
  name        = "bastion"
  description = "Jump host for operators"
  vpc_id      = aws_vpc.main.id

  ingress {
    description     = "SSH for operators"
    protocol        = "tcp"
    from_port       = 22
    to_port         = 22
    prefix_list_ids = [aws_ec2_managed_prefix_list.offices.id]
  }
}
