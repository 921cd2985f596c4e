resource "aws_ssm_parameter" "db_password" {
  name  = "/shop/db-password"
  type  = "SecureString"
  value = aws_secretsmanager_secret.db.arn
}

resource "aws_ssm_parameter" "db_secret_arn" {
  name  = "/shop/db-secret-arn"
  type  = "String"
  value = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-db"
}

resource "aws_secretsmanager_secret" "db" {
  name = "shop-db"
}

resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
}

output "shop_certificate" {
  value = aws_acm_certificate.shop.domain_name
}
