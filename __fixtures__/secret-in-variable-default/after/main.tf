resource "aws_iam_user" "uploader" {
  name = "uploader"
}

variable "mail_access_key_id" {
  description = "Access key of the mail relay"
  type        = string
  default     = "AKIA4QXV7NPLW3RDJ2ZT"
}

variable "mail_secret_access_key" {
  description = "Secret key of the mail relay"
  type        = string
  default     = "pX7vRk2Wm9Lq4TzB6nYc1HdGs8FjUe3Ao5Ki0VbN"
}

resource "aws_ssm_parameter" "mail_user" {
  name  = "/shop/mail/user"
  type  = "SecureString"
  value = var.mail_access_key_id
}

resource "aws_ssm_parameter" "mail_password" {
  name  = "/shop/mail/password"
  type  = "SecureString"
  value = var.mail_secret_access_key
}
