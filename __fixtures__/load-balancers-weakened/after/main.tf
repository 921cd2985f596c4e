resource "aws_lb" "shop" {
  name                       = "shop"
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = ["subnet-1", "subnet-2"]
  security_groups            = []
  enable_deletion_protection = false
  drop_invalid_header_fields = false
  desync_mitigation_mode     = "monitor"

  access_logs {
    enabled = false
    bucket  = "shop-logs"
  }
}

resource "aws_lb_target_group" "shop" {
  name     = "shop-plain"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-2016-08"
  certificate_arn   = "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

resource "aws_secretsmanager_secret" "oidc" {
  name = "shop-oidc"
}

resource "aws_lb" "tcp" {
  name                       = "tcp"
  load_balancer_type         = "network"
  internal                   = true
  subnets                    = ["subnet-1", "subnet-2"]
  enable_deletion_protection = true

  access_logs {
    enabled = true
    bucket  = "shop-logs"
  }
}
