resource "aws_s3_bucket" "assets" {
  bucket = "shop-assets"
}

resource "aws_cloudfront_distribution" "shop" {
  enabled    = true
  aliases    = ["shop.example.com"]
  web_acl_id = aws_wafv2_web_acl.shop.arn

  origin {
    domain_name              = "shop-assets.s3.eu-central-1.amazonaws.com"
    origin_id                = "assets"
    origin_access_control_id = aws_cloudfront_origin_access_control.assets.id
  }

  origin {
    domain_name = "api.example.com"
    origin_id   = "api"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    target_origin_id           = "assets"
    viewer_protocol_policy     = "redirect-to-https"
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    trusted_key_groups         = [aws_cloudfront_key_group.members.id]
    response_headers_policy_id = aws_cloudfront_response_headers_policy.strict.id
  }

  restrictions {
    geo_restriction {
      restriction_type = "blacklist"
      locations        = ["KP"]
    }
  }

  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }

  logging_config {
    bucket = "shop-logs.s3.amazonaws.com"
  }
}

resource "aws_cloudfront_distribution" "old" {
  enabled = true
  aliases = ["old.example.com"]

  origin {
    domain_name = "old-origin.example.com"
    origin_id   = "old"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "old"
    viewer_protocol_policy = "https-only"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }

  logging_config {
    bucket = "shop-logs.s3.amazonaws.com"
  }

  web_acl_id = aws_wafv2_web_acl.shop.arn
}

resource "aws_cloudfront_origin_access_control" "assets" {
  name                              = "assets"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_public_key" "members" {
  name        = "members"
  encoded_key = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----\n"
}

resource "aws_cloudfront_key_group" "members" {
  name  = "members"
  items = [aws_cloudfront_public_key.members.id]
}

resource "aws_cloudfront_response_headers_policy" "strict" {
  name = "strict"

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 63072000
      override                   = true
    }

    content_type_options {
      override = true
    }
  }
}

resource "aws_wafv2_web_acl" "shop" {
  name  = "shop"
  scope = "CLOUDFRONT"

  default_action {
    allow {}
  }

  rule {
    name     = "common"
    priority = 1

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "shop"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl" "api" {
  name  = "api"
  scope = "REGIONAL"

  default_action {
    allow {}
  }

  rule {
    name     = "common"
    priority = 1

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }

  rule {
    name     = "geo"
    priority = 5

    action {
      block {}
    }

    statement {
      geo_match_statement {
        country_codes = ["KP"]
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "geo"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "api"
    sampled_requests_enabled   = true
  }
}

resource "aws_lb" "api" {
  name                       = "api"
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = ["subnet-1", "subnet-2"]
  security_groups            = ["sg-1"]
  enable_deletion_protection = true
  drop_invalid_header_fields = true

  access_logs {
    enabled = true
    bucket  = "shop-logs"
  }
}

resource "aws_wafv2_web_acl_association" "api" {
  resource_arn = aws_lb.api.arn
  web_acl_arn  = aws_wafv2_web_acl.api.arn
}

resource "aws_wafv2_web_acl_logging_configuration" "api" {
  resource_arn            = aws_wafv2_web_acl.api.arn
  log_destination_configs = ["arn:aws:logs:eu-central-1:123456789012:log-group:aws-waf-logs-api"]
}

resource "aws_wafv2_web_acl_logging_configuration" "shop" {
  resource_arn            = aws_wafv2_web_acl.shop.arn
  log_destination_configs = ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-shop"]
}

resource "aws_shield_protection" "api" {
  name         = "api"
  resource_arn = aws_lb.api.arn
}

resource "aws_fms_policy" "waf" {
  name                  = "waf-everywhere"
  exclude_resource_tags = false
  remediation_enabled   = true
  resource_type         = "AWS::ElasticLoadBalancingV2::LoadBalancer"

  security_service_policy_data {
    type = "WAFV2"

    managed_service_data = jsonencode({
      type                              = "WAFV2"
      preProcessRuleGroups              = []
      postProcessRuleGroups             = []
      defaultAction                     = { type = "ALLOW" }
      overrideCustomerWebACLAssociation = false
      loggingConfiguration              = null
    })
  }
}
