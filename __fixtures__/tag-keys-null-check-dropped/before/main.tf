resource "aws_iam_role" "tagger" {
  name = "tagger"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })
}

resource "aws_iam_role_policy" "tagger" {
  name = "buckets"
  role = aws_iam_role.tagger.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "CreateTaggedBuckets"
        Effect   = "Allow"
        Action   = ["s3:CreateBucket", "s3:TagResource"]
        Resource = "arn:aws:s3:::acme-sandbox-*"
        Condition = {
          "ForAllValues:StringEquals" = { "aws:TagKeys" = ["owner", "expires"] }
          Null                        = { "aws:TagKeys" = "false" }
        }
      },
    ]
  })
}
