resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

variable "ingress" {
  type = map(object({ port = number, sources = list(string) }))

  default = {
    https = { port = 443, sources = ["0.0.0.0/0"] }
    ssh   = { port = 22, sources = ["10.0.0.0/8", "0.0.0.0/0"] }
  }
}

resource "aws_security_group" "web" {
  name        = "web"
  description = "Web servers of the shop"
  vpc_id      = aws_vpc.main.id

  dynamic "ingress" {
    for_each = var.ingress

    content {
      description = ingress.key
      protocol    = "tcp"
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      cidr_blocks = ingress.value.sources
    }
  }
}
