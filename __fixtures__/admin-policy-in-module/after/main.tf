module "orders" {
  source = "./modules/service-role"

  name      = "orders"
  actions   = ["s3:GetObject"]
  resources = ["arn:aws:s3:::shop-orders/*"]
}

module "deploy" {
  source = "./modules/service-role"

  name      = "deploy"
  actions   = ["*"]
  resources = ["*"]
}
