variable "source_arn" {
  description = "The primary instance, in another region"
  type        = string
  default     = "arn:aws:rds:eu-west-1:123456789012:db:orders"
}

resource "aws_db_instance" "orders_replica" {
  identifier          = "orders-replica"
  replicate_source_db = var.source_arn
  instance_class      = "db.t4g.medium"
  deletion_protection = true
  skip_final_snapshot = true
}
