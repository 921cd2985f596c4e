resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_security_group" "web" {
  name        = "web"
  description = "Web servers of the shop"
  vpc_id      = aws_vpc.main.id
}

locals {
  sources = {
    "](https://evil.example/a)<img src=x onerror=alert(1)>"    = "0.0.0.0/0"
    "::error file=main.tf::`gotcha` @shop/security | a\u202eb" = "203.0.113.0/24"
    "line one\nline two -->"                                   = "198.51.100.0/24"
  }
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  for_each = local.sources

  security_group_id = aws_security_group.web.id
  description       = "SSH"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = each.value

  tags = {
    Name = each.key
  }
}
