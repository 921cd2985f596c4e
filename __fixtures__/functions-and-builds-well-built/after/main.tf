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

resource "aws_codepipeline" "release" {
  name     = "release"
  role_arn = "arn:aws:iam::123456789012:role/pipeline"

  artifact_store {
    location = "artifacts"
    type     = "S3"

    encryption_key {
      id   = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
      type = "KMS"
    }
  }

  stage {
    name = "Source"

    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeCommit"
      version          = "1"
      run_order        = 1
      region           = "eu-central-1"
      output_artifacts = ["source"]
      configuration    = { RepositoryName = "shop", BranchName = "main" }
    }
  }

  stage {
    name = "Approve"

    action {
      name      = "Approve"
      category  = "Approval"
      owner     = "AWS"
      provider  = "Manual"
      version   = "1"
      run_order = 1
      region    = "eu-central-1"
    }
  }

  stage {
    name = "Deploy"

    action {
      name            = "Deploy"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "CodeDeploy"
      version         = "1"
      run_order       = 1
      region          = "eu-central-1"
      input_artifacts = ["source"]
      configuration   = { ApplicationName = "shop", DeploymentGroupName = "shop" }
    }
  }
}

resource "aws_codecommit_approval_rule_template" "release" {
  name = "release"

  content = jsonencode({
    Version    = "2018-11-08"
    Statements = [{ Type = "Approvers", NumberOfApprovalsNeeded = 2 }]
  })
}

resource "aws_codebuild_report_group" "tests" {
  name = "tests"
  type = "TEST"

  export_config {
    type = "S3"

    s3_destination {
      bucket              = "reports"
      encryption_disabled = false
      encryption_key      = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
      packaging           = "ZIP"
    }
  }
}

resource "aws_codebuild_webhook" "checks" {
  project_name = "checks"

  filter_group {
    filter {
      type    = "EVENT"
      pattern = "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED"
    }

    filter {
      type    = "ACTOR_ACCOUNT_ID"
      pattern = "^(1234567|2345678)$"
    }
  }
}

resource "aws_lambda_function" "search" {
  function_name           = "search"
  role                    = "arn:aws:iam::123456789012:role/search"
  runtime                 = "python3.13"
  handler                 = "index.handler"
  s3_bucket               = "artifacts"
  s3_key                  = "search.zip"
  code_signing_config_arn = aws_lambda_code_signing_config.strict.arn

  vpc_config {
    subnet_ids         = values(aws_subnet.functions)[*].id
    security_group_ids = ["sg-1"]
  }
}

resource "aws_lambda_code_signing_config" "strict" {
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:eu-central-1:123456789012:/signing-profiles/search/abcdefghij"]
  }

  policies {
    untrusted_artifact_on_deployment = "Enforce"
  }
}

resource "aws_subnet" "functions" {
  for_each = { a = "10.0.1.0/24", b = "10.0.2.0/24" }

  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = each.value
  availability_zone = "eu-central-1${each.key}"
}

resource "aws_lambda_function_url" "search" {
  function_name      = aws_lambda_function.search.function_name
  authorization_type = "AWS_IAM"
}
