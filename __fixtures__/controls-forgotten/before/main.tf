resource "aws_kms_key" "logs" {
  description         = "Logs"
  enable_key_rotation = true
}

resource "aws_ebs_encryption_by_default" "here" {
  enabled = true
}

resource "aws_cloudwatch_log_group" "audit" {
  name              = "audit"
  retention_in_days = 365
}
