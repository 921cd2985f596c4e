removed {
  from = aws_kms_key.logs

  lifecycle {
    destroy = false
  }
}

removed {
  from = aws_ebs_encryption_by_default.here

  lifecycle {
    destroy = false
  }
}

resource "aws_cloudwatch_log_group" "audit" {
  name              = "audit"
  retention_in_days = 365
}
