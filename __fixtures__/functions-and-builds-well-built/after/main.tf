resource "aws_lambda_function" "checkout" {
  function_name           = "checkout"
  role                    = "arn:aws:iam::123456789012:role/checkout"
  runtime                 = "nodejs22.x"
  handler                 = "index.handler"
  s3_bucket               = "artifacts"
  s3_key                  = "checkout.zip"
  code_signing_config_arn = aws_lambda_code_signing_config.release.arn

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }
}

resource "aws_lambda_code_signing_config" "release" {
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release/abcdefghij"]
  }

  policies {
    untrusted_artifact_on_deployment = "Enforce"
  }
}

resource "aws_lambda_function_url" "checkout" {
  function_name      = aws_lambda_function.checkout.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_codebuild_project" "release" {
  name               = "release"
  service_role       = "arn:aws:iam::123456789012:role/build"
  project_visibility = "PRIVATE"

  artifacts {
    type                = "S3"
    location            = "artifacts"
    encryption_disabled = false
  }

  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = false
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/shop.git"
  }
}

resource "aws_codecommit_approval_rule_template" "two" {
  name = "two-people"

  content = jsonencode({
    Version    = "2018-11-08"
    Statements = [{ Type = "Approvers", NumberOfApprovalsNeeded = 2 }]
  })
}

resource "aws_codebuild_webhook" "release" {
  project_name = aws_codebuild_project.release.name

  filter_group {
    filter {
      type    = "EVENT"
      pattern = "PUSH"
    }
  }
}
