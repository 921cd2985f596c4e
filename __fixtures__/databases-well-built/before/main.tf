data "aws_caller_identity" "current" {}

resource "aws_db_subnet_group" "main" {
  name       = "main"
  subnet_ids = ["subnet-1", "subnet-2"]
}

resource "aws_db_parameter_group" "pg14" {
  name   = "pg14-tls"
  family = "postgres14"

  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}

resource "aws_rds_cluster_parameter_group" "mysql" {
  name   = "mysql-tls"
  family = "aurora-mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "OFF"
  }
}

resource "aws_db_instance" "orders" {
  identifier                          = "orders"
  engine                              = "postgres"
  engine_version                      = "14.9"
  instance_class                      = "db.t4g.medium"
  allocated_storage                   = 100
  username                            = "root"
  password                            = "correct-horse-battery"
  storage_encrypted                   = true
  deletion_protection                 = false
  backup_retention_period             = 3
  multi_az                            = false
  iam_database_authentication_enabled = false
  auto_minor_version_upgrade          = false
  kms_key_id                          = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  enabled_cloudwatch_logs_exports     = []
  parameter_group_name                = aws_db_parameter_group.pg14.name
  db_subnet_group_name                = aws_db_subnet_group.main.name
  vpc_security_group_ids              = ["sg-1"]
  copy_tags_to_snapshot               = true
  final_snapshot_identifier           = "orders-final"
}

resource "aws_rds_cluster" "stock" {
  cluster_identifier                  = "stock"
  availability_zones                  = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  kms_key_id                          = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  engine                              = "aurora-mysql"
  master_username                     = "root"
  manage_master_user_password         = true
  storage_encrypted                   = true
  deletion_protection                 = true
  backup_retention_period             = 14
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["audit"]
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.mysql.name
  db_subnet_group_name                = aws_db_subnet_group.main.name
  vpc_security_group_ids              = ["sg-1"]
  final_snapshot_identifier           = "stock-final"
}

resource "aws_db_snapshot" "orders" {
  db_instance_identifier = aws_db_instance.orders.identifier
  db_snapshot_identifier = "orders-before-move"
  shared_accounts        = ["all"]
}

resource "aws_db_snapshot_copy" "orders" {
  source_db_snapshot_identifier = aws_db_snapshot.orders.db_snapshot_arn
  target_db_snapshot_identifier = "orders-copy"
  shared_accounts               = ["999999999999"]
}
