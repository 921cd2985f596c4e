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
    tags = {
      Owner       = "platform"
      Environment = "production"
    }
  }
}

data "aws_partition" "current" {}

locals {
  account  = "123456789012"
  zones    = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  services = ["basket", "catalogue", "checkout", "invoices", "mail", "orders", "prices", "refunds", "reviews", "search", "stock", "users"]
}

module "logging" {
  source = "./logging"

  account = local.account
}

module "network" {
  source = "./network"

  zones       = local.zones
  log_bucket  = module.logging.bucket_arns["flow"]
  logging_key = module.logging.key_arn
}

module "data" {
  source = "./data"

  vpc_id     = module.network.vpc_id
  subnet_ids = module.network.subnet_ids["data"]
  app_groups = { for name, service in module.service : name => service.security_group_id }
  key_arn    = module.logging.key_arn
}

module "service" {
  source   = "./service"
  for_each = toset(local.services)

  name        = each.key
  account     = local.account
  vpc_id      = module.network.vpc_id
  subnet_ids  = module.network.subnet_ids["app"]
  listener    = module.edge.listener_arn
  lb_group_id = module.edge.security_group_id
  key_arn     = module.logging.key_arn
  alarm_topic = module.logging.alarm_topic_arn
}

module "edge" {
  source = "./edge"

  vpc_id      = module.network.vpc_id
  subnet_ids  = module.network.subnet_ids["public"]
  log_bucket  = module.logging.buckets["access"]
  logging_key = module.logging.key_arn
}

module "pipeline" {
  source = "./pipeline"

  account    = local.account
  repository = "example/shop"
  services   = local.services
}
