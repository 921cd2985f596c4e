variable "token" {
  description = "Comes from the pipeline, never from the code"
  type        = string
  sensitive   = true
}

resource "aws_ssm_parameter" "token" {
  name  = "/shop/payment/token"
  type  = "SecureString"
  value = var.token
}
