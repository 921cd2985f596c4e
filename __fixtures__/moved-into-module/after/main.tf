resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

module "bastion" {
  source = "./modules/bastion"

  vpc_id     = aws_vpc.main.id
  ssh_source = "0.0.0.0/0"
}
