/** A policy of a team's own, as it would stand in a file of theirs. */
export const OWN_POLICY = `title: A bastion is described
severity: low
subject: aws_vpc_security_group_ingress_rule
bad: object.description == "SSH for operators"
message: The bastion is described
why: Our team wants it so.
fix: Describe it otherwise.
references: [Team 1]
examples:
  bad: [{ description: SSH for operators }]
  good: [{ description: other }]
`;
