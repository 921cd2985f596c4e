resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"

  tags = {
    Name = "shop"
  }
}

resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
}
