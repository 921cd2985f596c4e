resource "aws_security_group" "db" {
  name        = "db"
  description = "Database"
  tags        = { Owner = "platform" }

  lifecycle {
    ignore_changes = [description]
  }
}

resource "aws_kms_key" "data" {
  description         = "Data"
  enable_key_rotation = true
  tags                = { Owner = "platform" }
}

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { Owner = "platform" }
  }
}

module "queue" {
  source = "./queue"
}
