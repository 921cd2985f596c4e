resource "aws_api_gateway_rest_api" "billing" {
  name        = "billing"
  description = "Called by our own services, signed with IAM"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

data "aws_iam_policy_document" "billing" {
  statement {
    sid       = "Services"
    actions   = ["execute-api:Invoke"]
    resources = ["${aws_api_gateway_rest_api.billing.execution_arn}/*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:role/checkout", "arn:aws:iam::123456789012:role/invoicing"]
    }
  }
}

resource "aws_api_gateway_rest_api_policy" "billing" {
  rest_api_id = aws_api_gateway_rest_api.billing.id
  policy      = data.aws_iam_policy_document.billing.json
}
