resource "aws_lambda_function" "checkout" {
  function_name = "checkout"
  role          = "arn:aws:iam::123456789012:role/checkout"
  runtime       = "nodejs14.x"
  handler       = "index.handler"
  s3_bucket     = "artifacts"
  s3_key        = "checkout.zip"
}

resource "aws_lambda_code_signing_config" "release" {
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release/abcdefghij"]
  }

  policies {
    untrusted_artifact_on_deployment = "Warn"
  }
}

resource "aws_lambda_function_url" "checkout" {
  function_name      = aws_lambda_function.checkout.function_name
  authorization_type = "NONE"
}

resource "aws_codebuild_project" "release" {
  name               = "release"
  service_role       = "arn:aws:iam::123456789012:role/build"
  project_visibility = "PUBLIC_READ"

  artifacts {
    type                = "S3"
    location            = "artifacts"
    encryption_disabled = true
  }

  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = true
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/shop.git"
  }
}

resource "aws_codebuild_webhook" "release" {
  project_name = aws_codebuild_project.release.name

  filter_group {
    filter {
      type    = "EVENT"
      pattern = "PULL_REQUEST_CREATED"
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
    Statements = [{ Type = "Approvers", NumberOfApprovalsNeeded = 1 }]
  })
}

resource "aws_codebuild_report_group" "tests" {
  name = "tests"
  type = "TEST"

  export_config {
    type = "S3"

    s3_destination {
      bucket              = "reports"
      encryption_disabled = true
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
      type    = "BASE_REF"
      pattern = "^refs/heads/main$"
    }
  }
}

resource "aws_lambda_permission" "url" {
  statement_id           = "url"
  function_name          = aws_lambda_function.checkout.function_name
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}
