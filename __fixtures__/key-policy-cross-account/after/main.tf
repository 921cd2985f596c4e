resource "aws_kms_key" "exports" {
  description             = "Encrypts the nightly exports"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_alias" "exports" {
  name          = "alias/exports"
  target_key_id = aws_kms_key.exports.key_id
}

resource "aws_kms_key_policy" "exports" {
  key_id = aws_kms_key.exports.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EnableIamPolicies"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::123456789012:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Warehouse"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::210987654321:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}
