resource "aws_secretsmanager_secret" "signing_key" {
  name        = "checkout/signing-key"
  description = "Signs the links in order confirmations"
}

data "aws_iam_policy_document" "signing_key" {
  statement {
    sid       = "Checkout"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_secretsmanager_secret_policy" "signing_key" {
  secret_arn = aws_secretsmanager_secret.signing_key.arn
  policy     = data.aws_iam_policy_document.signing_key.json
}
