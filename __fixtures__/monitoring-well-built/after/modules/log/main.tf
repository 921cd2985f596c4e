variable "name" {
  type = string
}

resource "aws_cloudwatch_log_group" "this" {
  name              = var.name
  retention_in_days = 365
}

resource "aws_cloudwatch_log_subscription_filter" "this" {
  name            = "siem"
  log_group_name  = aws_cloudwatch_log_group.this.name
  filter_pattern  = ""
  destination_arn = "arn:aws:logs:eu-central-1:999999999999:destination:siem"
}

output "arn" {
  value = aws_cloudwatch_log_group.this.arn
}
