provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Team = "fulfilment"
    }
  }
}

resource "aws_kms_key" "orders" {
  description         = "Orders"
  enable_key_rotation = true
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  tags = {
    Name = "orders"
  }
}

module "queue" {
  source   = "./queue"
  for_each = toset(["paid.v1", "shipped.v1"])

  name = replace(each.key, ".", "-")
}
