resource "aws_lambda_function" "thumbnails" {
  function_name = "thumbnails"
  role          = "arn:aws:iam::123456789012:role/thumbnails"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/thumbnails@sha256:2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806"
  architectures = ["arm64"]
}
