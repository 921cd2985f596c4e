resource "aws_sns_topic" "orders" {
  name = "orders"
}

resource "aws_sns_topic_policy" "orders" {
  arn = aws_sns_topic.orders.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "sns:Publish"
      Resource  = "arn:aws:sns:eu-central-1:123456789012:orders"
    }]
  })
}

resource "aws_opensearchserverless_security_policy" "network" {
  name = "network"
  type = "network"

  policy = jsonencode([{
    Rules           = [{ ResourceType = "collection", Resource = ["collection/shop"] }]
    AllowFromPublic = false
    SourceVPCEs     = ["vpce-0123456789abcdef0"]
  }])
}

resource "aws_iam_role" "report" {
  name = "report"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } }
    }]
  })
}

resource "aws_iam_role_policy" "report" {
  name = "report"
  role = aws_iam_role.report.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::shop-reports/*" }]
  })
}

resource "aws_iam_role" "machine" {
  name = "machine"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_instance_profile" "machine" {
  name = "machine"
  role = aws_iam_role.machine.name
}

resource "aws_iam_role_policy_attachment" "machine" {
  role       = aws_iam_role.machine.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_security_group" "cache" {
  name        = "cache"
  description = "Cache"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_vpc_security_group_ingress_rule" "cache" {
  security_group_id = aws_security_group.cache.id
  description       = "Redis"
  ip_protocol       = "tcp"
  from_port         = 6379
  to_port           = 6379
  cidr_ipv4         = "10.0.0.0/16"
}

resource "aws_security_group" "partner" {
  name        = "partner"
  description = "Partner"
  vpc_id      = "vpc-0123456789abcdef0"
}

resource "aws_vpc_security_group_ingress_rule" "partner" {
  security_group_id = aws_security_group.partner.id
  description       = "Partner"
  ip_protocol       = "tcp"
  from_port         = 8080
  to_port           = 8080
  cidr_ipv4         = "203.0.113.0/24"
}

resource "aws_vpc_security_group_egress_rule" "partner" {
  security_group_id = aws_security_group.partner.id
  description       = "HTTPS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "203.0.113.0/24"
}

resource "aws_elasticache_cluster" "cache" {
  cluster_id                 = "cache"
  engine                     = "memcached"
  node_type                  = "cache.t4g.small"
  num_cache_nodes            = 1
  port                       = 6379
  security_group_ids         = [aws_security_group.cache.id]
  transit_encryption_enabled = true
}

resource "aws_flow_log" "main" {
  vpc_id                   = "vpc-0123456789abcdef0"
  traffic_type             = "ALL"
  log_destination_type     = "s3"
  log_destination          = "arn:aws:s3:::network-logs"
  max_aggregation_interval = 60
}

resource "aws_ses_domain_identity" "shop" {
  domain = "shop.example.com"
}

resource "aws_ses_identity_policy" "shop" {
  identity = aws_ses_domain_identity.shop.arn
  name     = "senders"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "ses:SendEmail"
      Resource  = "arn:aws:ses:eu-central-1:123456789012:identity/shop.example.com"
    }]
  })
}
