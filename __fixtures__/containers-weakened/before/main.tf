resource "aws_eks_cluster" "main" {
  name                      = "main"
  role_arn                  = "arn:aws:iam::123456789012:role/eks"
  version                   = "1.32"
  enabled_cluster_log_types = ["audit", "authenticator"]

  vpc_config {
    subnet_ids              = ["subnet-1", "subnet-2"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    }
  }
}

resource "aws_ecr_repository" "shop" {
  name                 = "shop"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecs_cluster" "main" {
  name = "main"

  configuration {
    execute_command_configuration {
      logging = "OVERRIDE"

      log_configuration {
        cloud_watch_log_group_name = "ecs-exec"
      }
    }
  }
}

resource "aws_ecs_task_definition" "shop" {
  family       = "shop"
  network_mode = "awsvpc"

  container_definitions = jsonencode([{
    name       = "shop"
    image      = "shop:1"
    memory     = 256
    privileged = false
    user       = "app"
  }])

  volume {
    name = "media"

    efs_volume_configuration {
      file_system_id     = "fs-0123456789abcdef0"
      transit_encryption = "ENABLED"
    }
  }
}

resource "aws_ecs_service" "shop" {
  name                   = "shop"
  cluster                = aws_ecs_cluster.main.id
  task_definition        = "shop:1"
  desired_count          = 1
  launch_type            = "FARGATE"
  platform_version       = "1.4.0"
  enable_execute_command = true

  network_configuration {
    subnets          = ["subnet-1"]
    security_groups  = ["sg-1"]
    assign_public_ip = false
  }
}

resource "aws_eks_node_group" "main" {
  cluster_name    = aws_eks_cluster.main.name
  node_group_name = "main"
  node_role_arn   = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids      = ["subnet-1"]

  scaling_config {
    desired_size = 2
    max_size     = 3
    min_size     = 1
  }
}

resource "aws_ecr_registry_scanning_configuration" "here" {
  scan_type = "ENHANCED"

  rule {
    scan_frequency = "CONTINUOUS_SCAN"

    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}

resource "aws_batch_job_definition" "report" {
  name = "report"
  type = "container"

  container_properties = jsonencode({
    image      = "report:1"
    privileged = false
  })
}
