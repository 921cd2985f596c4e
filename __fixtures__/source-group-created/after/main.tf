resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_security_group" "web" {
  name        = "web"
  description = "Web servers of the shop"
  vpc_id      = aws_vpc.main.id
}

resource "aws_security_group" "balancer" {
  name        = "balancer"
  description = "Load balancer of the shop"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id            = aws_security_group.web.id
  description                  = "SSH from the balancer"
  ip_protocol                  = "tcp"
  from_port                    = 22
  to_port                      = 22
  referenced_security_group_id = aws_security_group.balancer.id
}
