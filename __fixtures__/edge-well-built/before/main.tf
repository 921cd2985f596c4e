resource "aws_s3_bucket" "assets" {
  bucket = "shop-assets"
}

resource "aws_cloudfront_distribution" "shop" {
  enabled    = true
  aliases    = ["shop.example.com"]
  web_acl_id = ""

  origin {
    domain_name = "shop-assets.s3.eu-central-1.amazonaws.com"
    origin_id   = "assets"
  }

  origin {
    domain_name = "api.example.com"
    origin_id   = "api"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1"]
    }
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "assets"
    viewer_protocol_policy = "allow-all"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    trusted_key_groups     = []
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
      locations        = []
    }
  }

  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
    minimum_protocol_version = "TLSv1"
    ssl_support_method       = "sni-only"
  }
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
      count {}
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

resource "aws_wafv2_web_acl" "empty" {
  name  = "empty"
  scope = "REGIONAL"

  default_action {
    allow {}
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "empty"
    sampled_requests_enabled   = true
  }
}

resource "aws_lb" "unfiltered" {
  name                       = "unfiltered"
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
