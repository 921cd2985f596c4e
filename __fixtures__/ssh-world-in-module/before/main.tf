resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"

  tags = {
    Name = "shop"
  }
}

module "checkout" {
  source = "./modules/web-server"

  name        = "checkout"
  vpc_id      = aws_vpc.main.id
  ssh_sources = ["10.0.0.0/8"]
}
