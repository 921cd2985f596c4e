resource "aws_ebs_encryption_by_default" "account" {
  enabled = false
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-central-1a"
  size              = 100
  encrypted         = true
}
