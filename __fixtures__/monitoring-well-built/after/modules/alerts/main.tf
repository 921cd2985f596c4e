variable "name" {
  type = string
}

variable "endpoints" {
  type = map(string)
}

resource "aws_kms_key" "this" {
  description         = "Messages of ${var.name}"
  enable_key_rotation = true
}

resource "aws_sns_topic" "this" {
  name              = var.name
  kms_master_key_id = aws_kms_key.this.key_id
}

resource "aws_sns_topic_subscription" "this" {
  for_each = var.endpoints

  topic_arn = aws_sns_topic.this.arn
  protocol  = each.key
  endpoint  = each.value
}

output "arn" {
  value = aws_sns_topic.this.arn
}
