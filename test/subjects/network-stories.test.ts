import { describe, expect, it } from 'vitest';
import { storyPlan } from '../support/plan.ts';
import { judge, news } from './worlds.ts';

const group = (rule: string): string => `security-group/${rule}`;
const SSH = group('ingress-open-to-world-admin-port');

describe('real plans that change networks', () => {
  it.each([
    ['opens-ssh-to-world', [`introduced critical ${SSH} aws_vpc_security_group_ingress_rule.ssh`]],
    ['ssh-world-inline', [`introduced critical ${SSH} aws_security_group.bastion`]],
    ['ssh-world-old-rule', [`introduced critical ${SSH} aws_security_group_rule.ssh`]],
    ['ssh-world-new-rule', [`introduced critical ${SSH} aws_vpc_security_group_ingress_rule.ssh`]],
    ['ssh-world-split-cidrs', [`introduced critical ${SSH} aws_security_group.bastion`]],
    ['ssh-world-split-across-resources', [`introduced critical ${SSH} aws_vpc_security_group_ingress_rule.ssh_office`]],
    ['ssh-world-behind-self-rule', [`introduced critical ${SSH} aws_security_group.bastion`]],
    ['ssh-world-beside-prefix-list', [`introduced critical ${SSH} aws_security_group.bastion`]],
    ['ssh-world-in-port-range', [`introduced critical ${SSH} aws_vpc_security_group_ingress_rule.transfer`]],
    ['ssh-world-ipv6-only', [`introduced critical ${SSH} aws_vpc_security_group_ingress_rule.ssh_ipv6`]],
    [
      'ssh-world-in-module',
      [`introduced critical ${SSH} module.checkout.aws_vpc_security_group_ingress_rule.ssh["0.0.0.0/0"]`],
    ],
    [
      'ssh-world-for-each-dotted-keys',
      [`introduced critical ${SSH} aws_vpc_security_group_ingress_rule.ssh["home.office[2]"]`],
    ],
    ['ssh-world-in-dynamic-block', [`introduced critical ${SSH} aws_security_group.web`]],
    ['rule-for-group-outside-plan', [`introduced critical ${SSH} aws_vpc_security_group_ingress_rule.ssh`]],
    ['prefix-list-gains-world', [`introduced critical ${SSH} aws_ec2_managed_prefix_list.offices`]],
    ['ssh-source-unknown', [`undetermined critical ${SSH} aws_vpc_security_group_ingress_rule.ssh`]],
    [
      'all-ports-world',
      [
        `introduced critical ${group('ingress-open-to-world-all-ports')} aws_vpc_security_group_ingress_rule.everything`,
      ],
    ],
    [
      'udp-all-ports-world',
      [`introduced critical ${group('ingress-open-to-world-all-ports')} aws_vpc_security_group_ingress_rule.game`],
    ],
    [
      'database-port-world',
      [
        `introduced critical ${group('ingress-open-to-world-database-port')} aws_vpc_security_group_ingress_rule.postgres`,
      ],
    ],
    [
      'tcp-port-zero-world',
      [`introduced medium ${group('ingress-open-to-world-other-port')} aws_vpc_security_group_ingress_rule.zero`],
    ],
    [
      'web-port-world',
      [`introduced info ${group('ingress-open-to-world-web-port')} aws_vpc_security_group_ingress_rule.https`],
    ],
    ['icmp-world', [`introduced medium ${group('ingress-widened')} aws_vpc_security_group_ingress_rule.ping`]],
    ['office-range-23', [`introduced medium ${group('ingress-widened')} aws_vpc_security_group_ingress_rule.ssh`]],
    ['source-group-created', [`introduced low ${group('ingress-widened')} aws_vpc_security_group_ingress_rule.ssh`]],
    ['egress-widened', [`introduced medium ${group('egress-widened')} aws_vpc_security_group_egress_rule.https`]],
    [
      'default-group-has-rules',
      [`introduced medium ${group('default-group-allows-traffic')} aws_default_security_group.main`],
    ],
    ['ssh-narrowed', [`resolved critical ${SSH} aws_vpc_security_group_ingress_rule.ssh`]],
    ['open-rule-deleted', [`resolved critical ${SSH} aws_vpc_security_group_ingress_rule.ssh`]],
    ['drifted-group', [`resolved critical ${SSH} aws_security_group.bastion`]],
    ['subnet-becomes-public', ['introduced high vpc/private-subnet-becomes-public aws_subnet.data']],
    ['flow-log-deleted', ['introduced high vpc/flow-log-deleted aws_flow_log.main']],
    ['imds-optional', ['introduced high ec2/imdsv1-allowed aws_instance.app']],
    [
      'ebs-default-encryption-off',
      ['introduced high ebs/encryption-by-default-disabled aws_ebs_encryption_by_default.account'],
    ],
    ['rds-public-access-enabled', ['introduced high rds/publicly-accessible aws_db_instance.orders']],
    ['rds-public-in-open-group', ['introduced critical rds/public-security-group aws_db_instance.orders']],
    ['rds-unencrypted', ['introduced high rds/storage-unencrypted aws_db_instance.orders']],
  ])('%s', (story, expected) => {
    expect(news(storyPlan(story))).toEqual(expected);
  });

  it.each([
    'rule-moved-between-forms',
    'rules-reordered',
    'rule-rekeyed',
    'rules-count-shifted',
    'group-recreated',
    'group-renamed',
    'imported-open-group',
    'moved-into-module',
    'rds-replica-inherits-encryption',
    'tags-only',
    'no-changes',
  ])('%s brings nothing new', (story) => {
    expect(news(storyPlan(story))).toEqual([]);
  });

  it('shows the rule that opens a database with the database', () => {
    const [finding] = judge(storyPlan('rds-public-in-open-group'));
    expect(finding?.also.map(({ id }) => id)).toEqual([group('ingress-open-to-world-database-port')]);
    expect(finding?.subject.causes[0]).toEqual({
      address: 'aws_vpc_security_group_ingress_rule.postgres',
      path: ['cidr_ipv4'],
      hint: '0.0.0.0/0',
    });
  });
});
