resource "aws_cloudwatch_log_group" "orders" {
  name = "orders"

  tags = {
    Team = "web"
  }
}

resource "aws_ssm_parameter" "feature" {
  name  = "/shop/checkout/fraud-check"
  type  = "String"
  value = "on"

  tags = {
    Team = "web"
  }
}
