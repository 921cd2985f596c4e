resource "aws_security_group" "db" {
  name        = "db"
  description = "Database"
  tags        = { Owner = "platform" }

  lifecycle {
    ignore_changes = [ingress, egress]
  }
}

resource "aws_kms_key" "data" {
  description         = "Data"
  enable_key_rotation = true
  tags                = { Owner = "platform" }

  lifecycle {
    ignore_changes = all
  }
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
  tags = { Name = "jobs" }
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy    = terraform_data.policy.output
}

resource "terraform_data" "policy" {
  input = timestamp()
}

provider "aws" {
  region = "eu-central-1"
}
