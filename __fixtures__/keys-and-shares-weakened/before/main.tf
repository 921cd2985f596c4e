resource "aws_kms_key" "data" {
  description             = "Data"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_key" "data_next" {
  description             = "Data, next"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_alias" "data" {
  name          = "alias/data"
  target_key_id = aws_kms_key.data.key_id
}

resource "aws_ram_resource_share" "network" {
  name                      = "network"
  allow_external_principals = false
}

resource "aws_ram_principal_association" "network" {
  principal          = "arn:aws:organizations::123456789012:organization/o-a1b2c3d4e5"
  resource_share_arn = aws_ram_resource_share.network.arn
}

resource "aws_kms_grant" "worker" {
  key_id            = aws_kms_key.data.key_id
  grantee_principal = "arn:aws:iam::123456789012:role/worker"
  operations        = ["Decrypt"]

  constraints {
    encryption_context_equals = { service = "shop" }
  }
}
