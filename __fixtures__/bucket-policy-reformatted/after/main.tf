resource "aws_s3_bucket" "exports" {
  bucket = "shop-exports"
}

resource "aws_s3_bucket_versioning" "exports" {
  bucket = aws_s3_bucket.exports.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_policy" "exports" {
  bucket = aws_s3_bucket.exports.id
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "RefusePlainHttp",
          "Effect": "Deny",
          "Principal": { "AWS": ["*"] },
          "Action": ["S3:*"],
          "Resource": ["${aws_s3_bucket.exports.arn}/*", "${aws_s3_bucket.exports.arn}"],
          "Condition": { "Bool": { "AWS:SecureTransport": [false] } }
        },
        {
          "Sid": "ReportsForTheAccount",
          "Effect": "Allow",
          "Principal": { "AWS": "123456789012" },
          "Action": "s3:getObject",
          "Resource": ["${aws_s3_bucket.exports.arn}/*"]
        }
      ]
    }
  JSON
}
