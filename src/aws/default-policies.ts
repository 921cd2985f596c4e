import { strings } from '../plan/value.ts';
import type { Value } from '../plan/value.ts';

/** The thing a policy belongs to, as far as its default policy depends on it. */
export interface PolicyOwner {
  readonly type: string;
  get(attribute: string, ...path: (string | number)[]): Value;
}

type Default = (owner: PolicyOwner, account: string) => Value;

const allow = (statement: { readonly [key: string]: Value }): Value => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Resource: '*', ...statement }],
});

/** The account decides through IAM. @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
const keyDefault: Default = (_owner, account) =>
  allow({ Sid: 'Enable IAM User Permissions', Principal: { AWS: account }, Action: 'kms:*' });

/** Every client that reaches a mount target. @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html */
const fileSystemDefault: Default = () =>
  allow({
    Principal: { AWS: '*' },
    Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite', 'elasticfilesystem:ClientRootAccess'],
    Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
  });

const HAS_POLICY: readonly Value[] = [null, '', 'Gateway', 'Interface'];

/** Full access. @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const endpointDefault: Default = (endpoint) => {
  const service = endpoint.get('service_name');
  const isPrivateService = typeof service === 'string' && service.includes('.vpce-svc-');
  if (isPrivateService || !HAS_POLICY.includes(endpoint.get('vpc_endpoint_type'))) return null;
  return allow({ Principal: '*', Action: '*' });
};

/** Kinds of endpoint of a REST API that only VPC endpoints reach. */
export const isPrivateApi = (api: PolicyOwner): boolean =>
  strings(api.get('endpoint_configuration', 0, 'types')).includes('PRIVATE');

/**
 * Whoever reaches it may call a regional API, and a private one nobody.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html
 */
const apiDefault: Default = (api) =>
  api.type === 'aws_api_gateway_rest_api' && !isPrivateApi(api)
    ? allow({ Principal: '*', Action: 'execute-api:Invoke' })
    : null;

/** What holds where no policy is written. Where a service is not listed that is nothing but identity policies. */
const DEFAULTS: Readonly<Record<string, Default>> = {
  kms: keyDefault,
  efs: fileSystemDefault,
  'vpc-endpoint': endpointDefault,
  'api-gateway': apiDefault,
};

/** The policy of AWS that holds for the owner while none is written; null when that is none. */
export const defaultPolicy = (service: string, owner: PolicyOwner, account: string): Value =>
  DEFAULTS[service]?.(owner, account) ?? null;
