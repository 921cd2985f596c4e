resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "app" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.20.1.0/24"
  availability_zone = "eu-central-1a"
}

resource "aws_instance" "app" {
  ami           = "ami-12c6146b"
  instance_type = "t3.small"
  subnet_id     = aws_subnet.app.id
  private_ip    = "10.20.1.10"

  user_data = <<-BASH
    #!/bin/bash
    set -euo pipefail
    export AWS_ACCESS_KEY_ID=AKIA4QXV7NPLW3RDJ2ZT
    export AWS_SECRET_ACCESS_KEY=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
    aws s3 cp s3://shop-releases/app.tar.gz - | tar -xz -C /opt
  BASH

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  tags = {
    Name = "app"
  }
}
