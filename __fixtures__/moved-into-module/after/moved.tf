moved {
  from = aws_security_group.bastion
  to   = module.bastion.aws_security_group.this
}

moved {
  from = aws_vpc_security_group_ingress_rule.ssh
  to   = module.bastion.aws_vpc_security_group_ingress_rule.ssh
}
