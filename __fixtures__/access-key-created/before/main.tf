resource "aws_iam_user" "uploader" {
  name = "uploader"
}
