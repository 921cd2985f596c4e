resource "aws_iam_role" "analyst" {
  name = "analyst"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::123456789012:root" }
        Action    = "sts:AssumeRole"
      },
    ]
  })
}

resource "aws_iam_role_policy" "lake" {
  name = "lake"
  role = aws_iam_role.analyst.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Query"
        Effect   = "Allow"
        Action   = ["athena:StartQueryExecution", "athena:GetQueryExecution", "athena:GetQueryResults"]
        Resource = "arn:aws:athena:eu-central-1:123456789012:workgroup/analysts"
      },
      {
        Sid      = "ReadLakeThroughAthena"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:aws:s3:::acme-lake/curated/*"
        Condition = {
          "ForAllValues:StringEquals" = { "aws:CalledVia" = ["athena.amazonaws.com"] }
        }
      },
    ]
  })
}
