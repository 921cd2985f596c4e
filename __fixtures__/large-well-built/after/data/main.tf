variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "app_groups" {
  type = map(string)
}

variable "key_arn" {
  type = string
}

locals {
  writers = ["orders", "stock", "users", "invoices"]
}

resource "aws_security_group" "database" {
  name        = "database"
  description = "Aurora"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  for_each = toset(local.writers)

  security_group_id            = aws_security_group.database.id
  description                  = "From ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = var.app_groups[each.key]
}

resource "aws_db_subnet_group" "main" {
  name       = "shop"
  subnet_ids = var.subnet_ids
}

resource "aws_rds_cluster_parameter_group" "main" {
  name   = "shop"
  family = "aurora-postgresql16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_rds_cluster" "main" {
  cluster_identifier                  = "shop"
  engine                              = "aurora-postgresql"
  engine_version                      = "16.4"
  database_name                       = "shop"
  master_username                     = "root"
  manage_master_user_password         = true
  storage_encrypted                   = true
  kms_key_id                          = var.key_arn
  deletion_protection                 = true
  backup_retention_period             = 14
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
  db_subnet_group_name                = aws_db_subnet_group.main.name
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.main.name
  vpc_security_group_ids              = [aws_security_group.database.id]
  copy_tags_to_snapshot               = true
  final_snapshot_identifier           = "shop-final"
}

resource "aws_rds_cluster_instance" "main" {
  count = 3

  identifier          = "shop-${count.index}"
  cluster_identifier  = aws_rds_cluster.main.id
  engine              = aws_rds_cluster.main.engine
  instance_class      = "db.r6g.large"
  publicly_accessible = false
}

resource "aws_security_group" "cache" {
  name        = "cache"
  description = "Sessions"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "cache" {
  for_each = toset(["basket", "users"])

  security_group_id            = aws_security_group.cache.id
  description                  = "From ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = var.app_groups[each.key]
}

resource "aws_elasticache_subnet_group" "main" {
  name       = "shop"
  subnet_ids = var.subnet_ids
}

resource "aws_elasticache_user" "sessions" {
  user_id       = "sessions"
  user_name     = "default"
  access_string = "on ~* +@all"
  engine        = "REDIS"

  authentication_mode {
    type = "iam"
  }
}

resource "aws_elasticache_user_group" "sessions" {
  user_group_id = "sessions"
  engine        = "REDIS"
  user_ids      = [aws_elasticache_user.sessions.user_id]
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  node_type                  = "cache.t4g.medium"
  num_cache_clusters         = 3
  automatic_failover_enabled = true
  multi_az_enabled           = true
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  kms_key_id                 = var.key_arn
  subnet_group_name          = aws_elasticache_subnet_group.main.name
  security_group_ids         = [aws_security_group.cache.id]
  user_group_ids             = [aws_elasticache_user_group.sessions.user_group_id]
}

resource "aws_dynamodb_table" "main" {
  for_each = toset(["baskets", "events", "locks"])

  name                        = each.key
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.key_arn
  }
}

resource "aws_efs_file_system" "media" {
  creation_token = "media"
  encrypted      = true
  kms_key_id     = var.key_arn
}

resource "aws_backup_vault" "main" {
  name        = "shop"
  kms_key_arn = var.key_arn
}

resource "aws_backup_vault_lock_configuration" "main" {
  backup_vault_name  = aws_backup_vault.main.name
  min_retention_days = 30
}

resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.main.name
    schedule          = "cron(0 3 * * ? *)"

    lifecycle {
      delete_after = 35
    }

    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-west-1:210987654321:backup-vault:offsite"
    }
  }
}

resource "aws_backup_selection" "all" {
  name         = "all"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = ["*"]
}
