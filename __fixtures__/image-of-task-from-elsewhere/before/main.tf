resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "shop" {
  family        = "shop"
  network_mode  = "bridge"
  task_role_arn = "arn:aws:iam::123456789012:role/shop"

  container_definitions = jsonencode([{
    name                   = "shop"
    image                  = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:1.4.2"
    memory                 = 512
    essential              = true
    readonlyRootFilesystem = true
    user                   = "1000"
  }])
}

resource "aws_ecs_service" "shop" {
  name            = "shop"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shop.arn
  desired_count   = 2
}
