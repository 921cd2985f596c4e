resource "aws_ebs_volume" "data" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
}

resource "aws_ebs_snapshot" "data" {
  volume_id = aws_ebs_volume.data.id
}

resource "aws_snapshot_create_volume_permission" "partner" {
  snapshot_id = aws_ebs_snapshot.data.id
  account_id  = "999999999999"
}
