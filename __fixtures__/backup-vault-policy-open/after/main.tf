resource "aws_backup_vault" "central" {
  name        = "central"
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/5f2c8a1e-9b47-4d03-a6e1-7c0d3b8f4e25"
}

resource "aws_backup_vault_policy" "central" {
  backup_vault_name = aws_backup_vault.central.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "CopiesOfTheOrganization"
        Effect    = "Allow"
        Principal = "*"
        Action    = "backup:CopyIntoBackupVault"
        Resource  = "*"
      },
    ]
  })
}
