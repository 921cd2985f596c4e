import { createHash } from 'node:crypto';
import { changeOf } from '../support/plan.ts';

/** A plan with a secret in each of its kinds of strings, and what is planted where. */
export interface Planted {
  readonly plan: object;
  readonly secrets: ReadonlyMap<string, string>;
}

const random = (place: string): string => createHash('sha256').update(place).digest('hex');

/** Token of a known format, as whoever pastes one anywhere leaves it. */
const token = (place: string): string => `${'gh'}p_${random(place).slice(0, 36)}`;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const allow = (action: string, resource: string, more: object = {}): object => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** Plants a secret in every position; a new position is one more call of `at`. */
export function plantedPlan(): Planted {
  const secrets = new Map<string, string>();
  const at = (place: string): string => {
    const secret = token(place);
    secrets.set(place, secret);
    return secret;
  };
  const create = (address: string, after: object, more: object = {}, fields: object = {}): object =>
    changeOf(address, ['create'], { after, ...more }, fields);

  const changes = [
    create('aws_vpc_security_group_ingress_rule.ssh', {
      security_group_id: 'sg-0123456789abcdef0',
      description: at('description of a rule'),
      ip_protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      cidr_ipv4: '0.0.0.0/0',
      tags: { Name: at('value of a tag'), [at('key of a tag')]: 'x' },
      tags_all: { Name: at('value of an inherited tag') },
    }),
    create(`aws_vpc_security_group_ingress_rule.named_${at('name of a resource')}`, {
      security_group_id: at('id of a group'),
      ip_protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      cidr_ipv4: '0.0.0.0/0',
    }),
    create(`module.m["${at('key of a module')}"].aws_security_group.g["${at('key of a resource')}"]`, {
      name: at('name of a group'),
      ingress: [
        {
          cidr_blocks: ['0.0.0.0/0'],
          description: at('description in a nested block'),
          from_port: 22,
          to_port: 22,
          protocol: 'tcp',
          security_groups: [at('entry of a list')],
        },
      ],
    }),
    changeOf(
      'aws_security_group.moved',
      ['update'],
      {
        before: { description: at('value before'), ingress: [] },
        after: {
          description: at('value after'),
          ingress: [{ cidr_blocks: ['0.0.0.0/0'], from_port: 0, to_port: 0, protocol: '-1' }],
        },
        replace_paths: [[at('replaced path')]],
      },
      {
        previous_address: `aws_security_group.moved["${at('previous address')}"]`,
        action_reason: at('reason of the action'),
      },
    ),
    create('aws_instance.web', {
      user_data: `#!/bin/sh\nexport GITHUB_TOKEN=${at('user data')}\n`,
      user_data_base64: base64(`export TOKEN=${at('encoded user data')}`),
      key_name: at('name of a key'),
    }),
    create('aws_lambda_function.f', {
      function_name: at('name of a function'),
      environment: [{ variables: { API_TOKEN: at('variable of a function'), [at('name of a variable')]: 'x' } }],
    }),
    create('aws_ecs_task_definition.t', {
      container_definitions: JSON.stringify([
        {
          name: at('name of a container'),
          privileged: true,
          environment: [{ name: 'TOKEN', value: at('variable of a container') }],
          command: ['run', at('argument of a container')],
        },
      ]),
    }),
    create('aws_iam_role.r', {
      name: at('name of a role'),
      assume_role_policy: policy({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: `arn:aws:iam::999988887777:role/${at('principal')}` },
        Condition: { StringEquals: { 'sts:ExternalId': at('external id') } },
      }),
    }),
    create('aws_iam_role_policy.p', {
      name: 'p',
      role: 'deploy',
      policy: policy(
        allow('*', '*', { Sid: at('id of a statement') }),
        allow('s3:*', `arn:aws:s3:::${at('resource of a statement')}/*`),
        allow(`s3:${at('action of a statement')}`, '*'),
        allow('iam:PassRole', '*', {
          Condition: { StringEquals: { [`aws:PrincipalTag/${at('key of a condition')}`]: at('value of a condition') } },
        }),
      ),
    }),
    create('aws_s3_bucket_policy.b', {
      bucket: at('name of a bucket'),
      policy: policy(allow('s3:*', `arn:aws:s3:::${at('resource of a bucket policy')}/*`, { Principal: '*' })),
    }),
    create('aws_kms_key.k', {
      description: at('description of a key'),
      policy: policy(
        allow('kms:*', '*', { Principal: { AWS: `arn:aws:iam::999988887777:user/${at('user of a key')}` } }),
      ),
    }),
    create(
      'aws_db_instance.d',
      { identifier: at('name of a database'), username: at('user name'), password: at('sensitive password') },
      { after_sensitive: { password: true } },
    ),
    create('aws_ssm_parameter.s', {
      name: at('name of a parameter'),
      type: 'String',
      value: at('value of a parameter'),
    }),
    changeOf('aws_cloudtrail.t', ['delete'], { before: { name: at('name of a deleted trail') } }),
    create('aws_unheard_of.u', { anything: at('attribute of an unknown type') }),
    create(`aws_${at('type of a resource')}.x`, {}),
    changeOf('aws_security_group.old', ['delete'], { before: {} }, { deposed: at('key of a leftover') }),
    changeOf('data.aws_ami.a', ['read'], { after: { name: at('data source') } }, { mode: 'data' }),
    create('aws_route53_record.r', { name: at('name of a record'), type: 'A', records: [at('record')] }),
    changeOf(`aws_security_group.x["${at('unknown action')}"]`, ['explode'], {}),
  ];
  const plan = {
    format_version: '1.2',
    terraform_version: at('version of Terraform'),
    complete: true,
    planned_values: { outputs: { o: { value: at('planned output') } } },
    variables: { token: { value: at('value of a variable') }, [at('name of an input variable')]: { value: 'x' } },
    output_changes: {
      o: { actions: ['create'], before: null, after: at('output'), after_sensitive: false },
      [at('name of an output')]: { actions: ['create'], before: null, after: 'x', after_sensitive: false },
    },
    resource_drift: [
      changeOf(`aws_s3_bucket.d["${at('address of drift')}"]`, ['update'], { before: { bucket: at('drift') } }),
    ],
    deferred_changes: [
      {
        reason: at('reason of a deferral'),
        resource_change: { address: `aws_x.y["${at('deferred address')}"]`, type: 'aws_x' },
      },
    ],
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              address: 'aws_s3_bucket.p',
              mode: 'managed',
              type: 'aws_s3_bucket',
              name: 'p',
              values: { bucket: at('prior state') },
            },
          ],
        },
      },
    },
    checks: [{ address: { kind: 'check' }, instances: [{ problems: [{ message: at('message of a check') }] }] }],
    resource_changes: changes,
    configuration: {
      provider_config: {
        aws: { name: 'aws', alias: at('alias'), expressions: { token: { constant_value: at('provider') } } },
      },
      root_module: {
        variables: { token: { default: at('default of a variable') } },
        outputs: { o: { expression: { constant_value: at('expression of an output') } } },
        resources: [
          {
            address: 'aws_instance.web',
            mode: 'managed',
            type: 'aws_instance',
            name: 'web',
            expressions: { user_data: { references: [at('reference')] } },
            provisioners: [{ type: 'local-exec', expressions: { command: { constant_value: at('provisioner') } } }],
          },
        ],
        module_calls: {
          m: { source: at('source of a module'), expressions: { x: { constant_value: at('argument of a module') } } },
        },
      },
    },
  };
  return { plan, secrets };
}
