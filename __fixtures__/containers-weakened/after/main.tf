resource "aws_eks_cluster" "main" {
  name                      = "main"
  role_arn                  = "arn:aws:iam::123456789012:role/eks"
  version                   = "1.32"
  enabled_cluster_log_types = []

  vpc_config {
    subnet_ids              = ["subnet-1", "subnet-2"]
    endpoint_private_access = true
    endpoint_public_access  = true
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
  image_tag_mutability = "MUTABLE"

  image_scanning_configuration {
    scan_on_push = false
  }
}

resource "aws_ecs_cluster" "main" {
  name = "main"

  configuration {
    execute_command_configuration {
      logging = "NONE"
    }
  }
}

resource "aws_ecs_task_definition" "shop" {
  family       = "shop"
  network_mode = "host"

  container_definitions = jsonencode([{
    name       = "shop"
    image      = "shop:1"
    memory     = 256
    privileged = true
    user       = "root"
  }])

  volume {
    name = "media"

    efs_volume_configuration {
      file_system_id     = "fs-0123456789abcdef0"
      transit_encryption = "DISABLED"
    }
  }
}

resource "aws_ecs_service" "shop" {
  name                   = "shop"
  cluster                = aws_ecs_cluster.main.id
  task_definition        = "shop:1"
  desired_count          = 1
  launch_type            = "FARGATE"
  platform_version       = "1.3.0"
  enable_execute_command = true

  network_configuration {
    subnets          = ["subnet-1"]
    security_groups  = ["sg-1"]
    assign_public_ip = true
  }
}

resource "aws_eks_node_group" "ssh" {
  cluster_name    = aws_eks_cluster.main.name
  node_group_name = "ssh"
  node_role_arn   = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids      = ["subnet-1"]

  remote_access {
    ec2_ssh_key = "ops"
  }

  scaling_config {
    desired_size = 2
    max_size     = 3
    min_size     = 1
  }
}

resource "aws_eks_cluster" "lab" {
  name                      = "lab"
  role_arn                  = "arn:aws:iam::123456789012:role/eks"
  version                   = "1.27"
  enabled_cluster_log_types = ["audit", "authenticator"]

  vpc_config {
    subnet_ids             = ["subnet-1", "subnet-2"]
    endpoint_public_access = true
    public_access_cidrs    = ["203.0.113.0/24"]
  }
}

resource "aws_eks_access_policy_association" "everyone" {
  cluster_name  = aws_eks_cluster.main.name
  principal_arn = "arn:aws:iam::123456789012:role/developers"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}

resource "aws_ecr_pull_through_cache_rule" "hub" {
  ecr_repository_prefix = "hub"
  upstream_registry_url = "public.ecr.aws"
}

resource "aws_ecr_registry_scanning_configuration" "here" {
  scan_type = "BASIC"
}

resource "aws_batch_job_definition" "report" {
  name = "report"
  type = "container"

  container_properties = jsonencode({
    image      = "report:1"
    privileged = true
  })
}

resource "aws_ecr_repository" "agent" {
  name = "agent"
}

resource "aws_ecs_task_definition" "agent" {
  family       = "agent"
  network_mode = "host"

  container_definitions = jsonencode([{
    name   = "agent"
    image  = "${aws_ecr_repository.agent.repository_url}:1"
    memory = 256
    user   = "0:0"
  }])
}

resource "aws_ecs_service" "agent" {
  name                   = "agent"
  cluster                = aws_ecs_cluster.main.arn
  task_definition        = aws_ecs_task_definition.agent.arn
  desired_count          = 1
  enable_execute_command = true
}

resource "aws_ecrpublic_repository" "shop" {
  repository_name = "shop"
}

resource "aws_eks_access_entry" "ops" {
  cluster_name      = aws_eks_cluster.main.name
  principal_arn     = "arn:aws:iam::123456789012:role/ops"
  kubernetes_groups = ["system:masters"]
}
