resource "aws_organizations_policy" "protect_security_services" {
  name = "protect-security-services"

  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "ProtectSecurityServices"
        Effect = "Deny"
        Action = [
          "cloudtrail:StopLogging",
          "config:StopConfigurationRecorder",
          "guardduty:DeleteDetector",
          "guardduty:UpdateDetector",
        ]
        Resource = "*"
        Condition = {
          ArnNotLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/platform-*" }
        }
      },
    ]
  })
}

resource "aws_organizations_policy_attachment" "root" {
  policy_id = aws_organizations_policy.protect_security_services.id
  target_id = "r-x7k2"
}
