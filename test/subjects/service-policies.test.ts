import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { POLICY_SERVICES } from '../../src/aws/resource-policies.ts';
import { runExamples } from '../../src/policy/examples.ts';
import { kindFor } from '../../src/policy/kind.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { vocabulary } from '../../src/policy/own.ts';
import { allow, deny, policyText, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

/** All policies that speak about who is let in: whatever is told must be told by one of them alone. */
const PUBLIC = [
  's3/bucket-policy-public',
  'kms/key-policy-public',
  'sns/topic-policy-public',
  'sqs/queue-policy-public',
  'eventbridge/bus-policy-public',
  'ecr/repository-policy-public',
  'lambda/permission-public',
  'backup/vault-policy-open',
  'secretsmanager/policy-public',
  'opensearch/public-access',
  'opensearch/serverless-public',
  's3/access-point-public',
  'api-gateway/resource-policy-public',
  'efs/policy-weakened',
  'vpc/endpoint-policy-open',
  'resource-policy/public-principal',
];
const review = (...instances: Instance[]) => reviewOf(PUBLIC, instances);
const short = (lines: readonly string[]) => lines.map((line) => line.split(' ').slice(0, 3).join(' '));

/** What is new, but for the switches of access points, which are no matter of their policy. */
const introduced = (instance: Instance) =>
  review(instance).filter((line) => line.startsWith('introduced') && !line.endsWith('aws_s3_access_point.p'));

const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:111122223333:${name}`;
const everyone = (action: string | string[], Condition?: object, Resource = '*') =>
  allow(action, Resource, { Principal: '*', ...(Condition ? { Condition } : {}) });
const ORG = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };

/** A resource that stands on its own, created with one attribute that holds a policy. */
const created = (address: string, values: object, text: string, attribute = 'policy'): Instance => ({
  address,
  after: { ...values, [attribute]: text },
});

describe('a policy that lets in everyone', () => {
  it.each<[string, (text: string) => Instance, string, string]>([
    [
      'SNS',
      (text) => created('aws_sns_topic_policy.t', { arn: arn('sns', 't') }, text),
      'sns:Publish',
      'high sns/topic-policy-public',
    ],
    [
      'SQS',
      (text) => created('aws_sqs_queue_policy.q', { queue_url: 'https://sqs/q' }, text),
      'sqs:*',
      'high sqs/queue-policy-public',
    ],
    [
      'EventBridge',
      (text) => created('aws_cloudwatch_event_bus_policy.b', { event_bus_name: 'default' }, text),
      'events:PutEvents',
      'high eventbridge/bus-policy-public',
    ],
    [
      'ECR, to pull',
      (text) => created('aws_ecr_repository_policy.r', { repository: 'app' }, text),
      'ecr:BatchGetImage',
      'high ecr/repository-policy-public',
    ],
    [
      'ECR, to push',
      (text) => created('aws_ecr_repository_policy.r', { repository: 'app' }, text),
      'ecr:PutImage',
      'critical ecr/repository-policy-public',
    ],
    [
      'the registry of ECR',
      (text) => created('aws_ecr_registry_policy.r', {}, text),
      'ecr:ReplicateImage',
      'critical ecr/repository-policy-public',
    ],
    [
      'repositories that ECR will create',
      (text) => created('aws_ecr_repository_creation_template.r', { prefix: 'team' }, text, 'repository_policy'),
      'ecr:*',
      'critical ecr/repository-policy-public',
    ],
    [
      'Backup',
      (text) => created('aws_backup_vault_policy.v', { backup_vault_name: 'main' }, text),
      'backup:CopyIntoBackupVault',
      'high backup/vault-policy-open',
    ],
    [
      'Glacier',
      (text) => created('aws_glacier_vault.v', { name: 'archive' }, text, 'access_policy'),
      'glacier:*',
      'high backup/vault-policy-open',
    ],
    [
      'Secrets Manager',
      (text) => created('aws_secretsmanager_secret_policy.s', { secret_arn: arn('secretsmanager', 'secret:s') }, text),
      'secretsmanager:GetSecretValue',
      'critical secretsmanager/policy-public',
    ],
    [
      'a file system',
      (text) => created('aws_efs_file_system_policy.f', { file_system_id: 'fs-1' }, text),
      'elasticfilesystem:ClientMount',
      'medium efs/policy-weakened',
    ],
    [
      'an access point',
      (text) =>
        created(
          'aws_s3_access_point.p',
          { name: 'p', bucket: 'data', public_access_block_configuration: [{ block_public_policy: false }] },
          text,
        ),
      's3:GetObject',
      'medium s3/access-point-public',
    ],
    [
      'a multi-region access point',
      (text) => ({
        address: 'aws_s3control_multi_region_access_point_policy.p',
        after: { details: [{ name: 'p', policy: text }] },
      }),
      's3:GetObject',
      'high s3/access-point-public',
    ],
    [
      'a stream, which has no policy of its own',
      (text) => created('aws_kinesis_resource_policy.s', { resource_arn: arn('kinesis', 'stream/s') }, text),
      'kinesis:PutRecord',
      'high resource-policy/public-principal',
    ],
    [
      'a schema registry',
      (text) => created('aws_schemas_registry_policy.s', { registry_name: 'r' }, text),
      'schemas:*',
      'high resource-policy/public-principal',
    ],
  ])('is told once for %s', (_, make, action, expected) => {
    expect(short(review(make(policyText(everyone(action)))))).toEqual([`introduced ${expected}`]);
    expect(introduced(make(policyText(everyone(action, ORG))))).toEqual([]);
    const later = make('');
    const [attribute = ''] = Object.keys(later.after ?? {}).toReversed();
    const { [attribute]: _text, ...values } = later.after as Record<string, unknown>;
    const unknown = {
      ...later,
      after: values,
      unknown: { [attribute]: true },
      references: { [attribute]: ['var.policy'] },
    };
    expect(introduced(unknown)).toEqual([]);
  });

  it('is silent for the default of SNS and for public repositories that are only read', () => {
    const owner = { StringEquals: { 'aws:SourceOwner': '111122223333' } };
    const topic = created(
      'aws_sns_topic_policy.t',
      { arn: arn('sns', 't') },
      policyText(everyone('sns:Publish', owner)),
    );
    const gallery = (action: string) =>
      created('aws_ecrpublic_repository_policy.r', { repository_name: 'app' }, policyText(everyone(action)));
    expect(review(topic, gallery('ecr-public:DescribeImages'))).toEqual([]);
    expect(short(review(gallery('ecr-public:PutImage')))).toEqual(['introduced critical ecr/repository-policy-public']);
  });

  it('is low when the same policy denies it to everyone but some', () => {
    const guard = deny('sqs:*', '*', {
      Principal: '*',
      Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    });
    const queue = created('aws_sqs_queue_policy.q', { queue_url: 'u' }, policyText(everyone('sqs:*'), guard));
    expect(short(review(queue))).toEqual(['introduced low sqs/queue-policy-public']);
  });

  it('cannot be told when it is known only after apply', () => {
    const later: Instance = {
      address: 'aws_sqs_queue_policy.q',
      before: { queue_url: 'u', policy: policyText(everyone('sqs:*')) },
      after: { queue_url: 'u' },
      unknown: { policy: true },
      references: { policy: ['var.policy'] },
    };
    expect(short(review(later))).toEqual(['undetermined high sqs/queue-policy-public']);
  });
});

describe('a permission that is no JSON', () => {
  const lambda = (values: object, more: Partial<Instance> = {}): Instance => ({
    address: 'aws_lambda_permission.p',
    after: { function_name: 'orders', action: 'lambda:InvokeFunction', principal: '*', ...values },
    ...more,
  });

  it.each([
    ['everyone', {}, ['introduced high lambda/permission-public']],
    ['everyone in an account', { source_account: '111122223333' }, []],
    ['everyone in the organization', { principal_org_id: 'o-1' }, []],
    ['everyone through one topic', { source_arn: arn('sns', 't') }, []],
    ['everyone through any topic', { source_arn: 'arn:aws:sns:*:*:*' }, ['introduced high lambda/permission-public']],
    [
      'everyone through the function URL',
      { action: 'lambda:InvokeFunctionUrl', function_url_auth_type: 'NONE' },
      ['introduced high lambda/permission-public'],
    ],
    ['a service', { principal: 's3.amazonaws.com' }, []],
    ['a service of a region', { principal: 'logs.eu-west-1.amazonaws.com' }, []],
    ['a role', { principal: 'arn:aws:iam::111122223333:role/app' }, []],
  ])('lets %s invoke a function', (_, values, expected) => {
    expect(short(review(lambda(values)))).toEqual(expected);
  });

  it('is limited by a source that the plan creates, and unknown when the principal is', () => {
    const source = lambda({}, { unknown: { source_arn: true }, references: { source_arn: ['aws_sns_topic.t.arn'] } });
    expect(review({ address: 'aws_sns_topic.t', after: { name: 't' }, unknown: { arn: true } }, source)).toEqual([]);
    const { principal: _principal, ...values } = lambda({}).after as Record<string, unknown>;
    const later = {
      ...lambda({}),
      after: values,
      unknown: { principal: true },
      references: { principal: ['var.caller'] },
    };
    expect(short(review(later))).toEqual(['undetermined high lambda/permission-public']);
  });

  it('is one policy with its neighbours: what one of them opens already is not new in another', () => {
    const open = { function_name: 'orders', action: 'lambda:InvokeFunction', principal: '*' };
    expect(
      short(
        review(
          { address: 'aws_lambda_permission.a', before: open, after: null },
          { address: 'aws_lambda_permission.b', after: open },
        ),
      ),
    ).toEqual(['persisting high lambda/permission-public']);
    expect(short(review({ address: 'aws_lambda_permission.a', before: open, after: null }))).toEqual([
      'resolved high lambda/permission-public',
    ]);
  });

  it('opens a layer', () => {
    const layer = (values: object): Instance => ({
      address: 'aws_lambda_layer_version_permission.p',
      after: { layer_name: 'common', version_number: 3, action: 'lambda:GetLayerVersion', principal: '*', ...values },
    });
    expect(short(review(layer({})))).toEqual(['introduced high lambda/permission-public']);
    expect(review(layer({ organization_id: 'o-1' }))).toEqual([]);
  });

  it('opens an event bus', () => {
    const bus = (values: object): Instance => ({
      address: 'aws_cloudwatch_event_permission.p',
      after: { statement_id: 's', principal: '*', action: 'events:PutEvents', event_bus_name: 'default', ...values },
    });
    const condition = [{ type: 'StringEquals', key: 'aws:PrincipalOrgID', value: 'o-1' }];
    expect(short(review(bus({})))).toEqual(['introduced high eventbridge/bus-policy-public']);
    expect(review(bus({ condition }))).toEqual([]);
    expect(review(bus({ principal: '444455556666' }))).toEqual([]);
  });

  it('opens a collection of OpenSearch Serverless', () => {
    const rules = [{ ResourceType: 'collection', Resource: ['collection/books'] }];
    const network = (entry: object, type = 'network'): Instance => ({
      address: 'aws_opensearchserverless_security_policy.n',
      after: { name: 'n', type, policy: JSON.stringify([{ Rules: rules, ...entry }]) },
    });
    expect(short(review(network({ AllowFromPublic: true })))).toEqual(['introduced high opensearch/serverless-public']);
    expect(review(network({ AllowFromPublic: false, SourceVPCEs: ['vpce-1'] }))).toEqual([]);
    expect(review(network({ AllowFromPublic: true }, 'encryption'))).toEqual([]);
    const data = (Principal: string[]): Instance => ({
      address: 'aws_opensearchserverless_access_policy.d',
      after: {
        name: 'd',
        type: 'data',
        policy: JSON.stringify([
          { Principal, Rules: [{ ResourceType: 'index', Resource: ['index/books/*'], Permission: ['aoss:*'] }] },
        ]),
      },
    });
    expect(short(review(data(['*'])))).toEqual(['introduced high opensearch/serverless-public']);
    expect(review(data(['arn:aws:iam::111122223333:role/app', 'saml/111122223333/idp/user/ann']))).toEqual([]);
  });
});

describe('a search domain', () => {
  const domain = (values: object, Condition?: object): Instance => ({
    address: 'aws_opensearch_domain.d',
    after: {
      domain_name: 'd',
      arn: arn('es', 'domain/d'),
      access_policies: policyText(everyone('es:*', Condition)),
      ...values,
    },
  });
  const subnets = { vpc_options: [{ subnet_ids: ['subnet-1'] }] };
  const users = { advanced_security_options: [{ enabled: true }] };

  it.each([
    ['critical on the internet', domain({}), ['introduced critical opensearch/public-access']],
    ['high on the internet with users of its own', domain(users), ['introduced high opensearch/public-access']],
    ['high on the internet for the organization', domain({}, ORG), ['introduced high opensearch/public-access']],
    [
      'high on the internet with no access policy',
      domain({ access_policies: null }),
      ['introduced high opensearch/public-access'],
    ],
    ['low inside a VPC', domain(subnets), ['introduced low opensearch/public-access']],
    ['silent inside a VPC for the organization', domain(subnets, ORG), []],
  ])('is %s', (_, instance, expected) => {
    expect(short(review(instance))).toEqual(expected);
  });

  it('gets worse when its policy opens, and better when it moves into a VPC', () => {
    const named = policyText(allow('es:*', '*', { Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } }));
    const before = { ...domain({}).after, access_policies: named };
    expect(short(review({ ...domain({}), before }))).toEqual(['introduced critical opensearch/public-access']);
    expect(short(review({ ...domain({ ...subnets, access_policies: named }), before }))).toEqual([
      'resolved high opensearch/public-access',
    ]);
  });
});

describe('the policy of a secret', () => {
  const secret = (before: object | null, after: object): Instance => {
    const values = {
      secret_arn: arn('secretsmanager', 'secret:s'),
      policy: policyText(allow('secretsmanager:GetSecretValue', '*', { Principal: { AWS: '111122223333' } })),
    };
    return {
      address: 'aws_secretsmanager_secret_policy.s',
      before: before && { ...values, ...before },
      after: { ...values, ...after },
    };
  };

  it('is low when its check for public policies is switched off, silent when nobody ever asked for it', () => {
    const off = ['introduced low secretsmanager/policy-public'];
    expect(short(review(secret(null, { block_public_policy: false })))).toEqual(off);
    expect(short(review(secret({ block_public_policy: true }, { block_public_policy: null })))).toEqual(off);
    expect(review(secret(null, {}))).toEqual([]);
    expect(short(review(secret({ block_public_policy: false }, { block_public_policy: true })))).toEqual([
      'resolved low secretsmanager/policy-public',
    ]);
  });
});

describe('an access point', () => {
  const values = { name: 'p', bucket: 'data', arn: arn('s3', 'accesspoint/p') };
  const point = (more: object, text?: string): Instance => ({
    address: 'aws_s3_access_point.p',
    after: { ...values, ...more, ...(text === undefined ? {} : { policy: text }) },
  });
  const off = { public_access_block_configuration: [{ block_public_policy: false, restrict_public_buckets: false }] };
  const open = policyText(everyone('s3:GetObject'));

  it.each([
    ['medium without its block', point(off), ['introduced medium s3/access-point-public']],
    ['medium with an open policy that the block stops', point({}, open), ['introduced medium s3/access-point-public']],
    ['high with an open policy and no block', point(off, open), ['introduced high s3/access-point-public']],
    [
      'low inside a VPC',
      point({ ...off, vpc_configuration: [{ vpc_id: 'vpc-1' }] }, open),
      ['introduced low s3/access-point-public'],
    ],
    ['silent as AWS makes it', point({}), []],
  ])('is %s', (_, instance, expected) => {
    expect(short(review(instance))).toEqual(expected);
  });

  it('has one policy, wherever it stands', () => {
    const split: Instance = {
      address: 'aws_s3control_access_point_policy.p',
      after: { access_point_arn: values.arn, policy: open },
    };
    expect(short(review({ ...point(off), before: point(off).after ?? null }, split))).toEqual([
      'introduced high s3/access-point-public',
    ]);
  });

  it('of several regions is looked at too', () => {
    const details = [{ name: 'p', public_access_block: [{ block_public_acls: false }] }];
    expect(short(review({ address: 'aws_s3control_multi_region_access_point.p', after: { details } }))).toEqual([
      'introduced medium s3/access-point-public',
    ]);
  });
});

describe('the policy of a REST API', () => {
  const api = (types: string[], text?: string): Instance => {
    const values = {
      id: 'a1',
      name: 'orders',
      endpoint_configuration: [{ types }],
      ...(text === undefined ? {} : { policy: text }),
    };
    return { address: 'aws_api_gateway_rest_api.a', before: values, after: values, computed: ['policy'] };
  };
  const policy = (before: string | null, after: string | null): Instance => {
    const values = (text: string | null) => (text === null ? null : { rest_api_id: 'a1', policy: text });
    return { address: 'aws_api_gateway_rest_api_policy.p', before: values(before), after: values(after) };
  };
  const open = policyText(everyone('execute-api:Invoke'));
  const office = policyText(everyone('execute-api:Invoke', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }));
  const inside = policyText(
    everyone('execute-api:Invoke'),
    deny('execute-api:Invoke', '*', {
      Principal: '*',
      Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
    }),
  );
  const told = ['introduced medium api-gateway/resource-policy-public'];

  it.each<[string, Instance[], string[]]>([
    ['opens a private API', [api(['PRIVATE']), policy(null, open)], told],
    [
      'opens one that asks for signed requests',
      [
        api(['REGIONAL']),
        policy(null, open),
        { address: 'aws_api_gateway_method.m', after: { rest_api_id: 'a1', authorization: 'AWS_IAM' } },
      ],
      told,
    ],
    ['opens one that only the office could call', [api(['REGIONAL']), policy(office, open)], told],
    ['goes from one that only the office could call', [api(['REGIONAL'], office), policy(office, null)], told],
    ['says of a public API what holds without it', [api(['REGIONAL']), policy(null, open)], []],
    ['lets in an endpoint', [api(['PRIVATE']), policy(null, inside)], []],
    ['goes from a private API, which nobody can call then', [api(['PRIVATE'], office), policy(office, null)], []],
    ['limits a public API', [api(['REGIONAL']), policy(null, office)], []],
  ])('that %s', (_, instances, expected) => {
    expect(short(review(...instances)).filter((line) => !line.startsWith('resolved'))).toEqual(expected);
  });
});

describe('the policy of a file system', () => {
  const system: Instance = {
    address: 'aws_efs_file_system.f',
    before: { id: 'fs-1', arn: arn('elasticfilesystem', 'file-system/fs-1') },
    after: { id: 'fs-1', arn: arn('elasticfilesystem', 'file-system/fs-1') },
  };
  const policy = (before: object[] | null, after: object[] | null): Instance => {
    const values = (statements: object[] | null) =>
      statements && { file_system_id: 'fs-1', policy: policyText(...statements) };
    return { address: 'aws_efs_file_system_policy.p', before: values(before), after: values(after) };
  };
  const MOUNT = [
    'elasticfilesystem:ClientMount',
    'elasticfilesystem:ClientWrite',
    'elasticfilesystem:ClientRootAccess',
  ];
  const clients = everyone(MOUNT, { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } });
  const role = allow(MOUNT, '*', { Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } });
  const tls = deny('*', '*', { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  const told = ['introduced medium efs/policy-weakened'];

  it.each<[string, Instance, string[]]>([
    ['is taken away from named roles', policy([role], null), told],
    ['is taken away with its Deny', policy([clients, tls], null), told],
    ['loses its Deny of clear text', policy([role, tls], [role]), told],
    ['is taken away and said what holds without it', policy([clients], null), []],
    ['comes and says what holds without it', policy(null, [clients]), []],
    ['gets a Deny', policy([role], [role, tls]), []],
    ['lets in one more role', policy([role], [role, { ...role, Principal: { AWS: '111122223333' } }]), []],
  ])('that %s', (_, instance, expected) => {
    expect(short(review(system, instance))).toEqual(expected);
  });

  it('goes with the file system in silence', () => {
    expect(review({ ...system, after: null }, policy([role, tls], null))).toEqual([]);
  });
});

describe('the policy of a VPC endpoint', () => {
  const endpoint = (text: string | null, more: Partial<Instance> = {}): Instance => ({
    address: 'aws_vpc_endpoint.s3',
    after: { service_name: 'com.amazonaws.eu-west-1.s3', vpc_id: 'vpc-1', ...(text === null ? {} : { policy: text }) },
    ...(text === null ? { unknown: { policy: true, id: true } } : {}),
    ...more,
  });
  const ours = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };

  it.each([
    [
      'medium when it is written down',
      endpoint(policyText(everyone('*'))),
      ['introduced medium vpc/endpoint-policy-open'],
    ],
    [
      'medium for the whole service',
      endpoint(policyText(everyone('s3:*'))),
      ['introduced medium vpc/endpoint-policy-open'],
    ],
    ['info when nobody wrote one', endpoint(null), ['introduced info vpc/endpoint-policy-open']],
    ['silent for principals of the organization', endpoint(policyText(everyone('*', ours))), []],
    [
      'silent for resources of the organization',
      endpoint(policyText(everyone('*', { StringEquals: { 'aws:ResourceOrgID': 'o-1' } }))),
      [],
    ],
    [
      'silent with a Deny of all others\u2019 resources',
      endpoint(
        policyText(
          everyone('*'),
          deny('*', '*', { Principal: '*', Condition: { StringNotEquals: { 'aws:ResourceOrgID': 'o-1' } } }),
        ),
      ),
      [],
    ],
    ['silent for one bucket', endpoint(policyText(everyone('*', undefined, 'arn:aws:s3:::data/*'))), []],
  ])('is %s', (_, instance, expected) => {
    expect(short(review(instance))).toEqual(expected);
  });

  it('has none where endpoints have none', () => {
    const service = 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123';
    expect(review({ ...endpoint(null), after: { service_name: service, vpc_endpoint_type: 'Interface' } })).toEqual([]);
    expect(review({ ...endpoint(null), after: { vpc_endpoint_type: 'GatewayLoadBalancer' } })).toEqual([]);
  });

  it('stays as it is when the default is written down', () => {
    const full = policyText(everyone('*'));
    const before = { ...endpoint(full).after, id: 'vpce-1' };
    const written: Instance = {
      address: 'aws_vpc_endpoint_policy.p',
      after: { vpc_endpoint_id: 'vpce-1', policy: full },
    };
    expect(
      short(review({ ...endpoint(full), before, after: before, computed: ['policy'] }, written)).filter(
        (line) => !line.startsWith('persisting'),
      ),
    ).toEqual([]);
  });
});

describe('every service with resource policies', () => {
  const { kinds, constants } = vocabulary();
  const policies = PUBLIC.map((id) => loadPolicy(readFileSync(`policies/${id}.yaml`, 'utf8'), id, id, vocabulary()));

  it.each([...POLICY_SERVICES])('has one policy that speaks when it lets in everyone: %s', (service) => {
    const bad = [{ service, action: '*', resource: '*', limit: 'none', isBoundary: true }];
    const speaking = policies.filter(
      (policy) =>
        runExamples(
          { ...policy, examples: { bad, good: [], undetermined: [] } },
          kindFor(policy.subject[0] ?? '', kinds),
          constants,
        ).length === 0,
    );
    expect(speaking).toHaveLength(1);
  });
});
