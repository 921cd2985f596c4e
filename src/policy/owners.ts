import type { Resource, World } from '../world/world.ts';

/** The attribute of a part that names its whole, and what the whole may be. */
interface Owner {
  readonly attribute: string;
  readonly types: readonly string[];
  readonly keys?: readonly string[];
}

const BUCKET: Owner = { attribute: 'bucket', types: ['aws_s3_bucket'], keys: ['id', 'bucket'] };

const UNIT: Owner = {
  attribute: 'target_identifier',
  types: ['aws_organizations_organizational_unit'],
  keys: ['arn', 'id'],
};
const RULE_GROUP: Owner = {
  attribute: 'firewall_rule_group_id',
  types: ['aws_route53_resolver_firewall_rule_group'],
  keys: ['id'],
};
const LOG_GROUP: Owner = { attribute: 'log_group_name', types: ['aws_cloudwatch_log_group'], keys: ['name', 'id'] };

/**
 * Parts whose removal together with their whole is told by the policy about the whole (semantics 0.8). A part may have
 * several wholes; going with any of them is enough.
 */
const OWNERS: Readonly<Record<string, readonly Owner[]>> = {
  aws_s3_bucket_server_side_encryption_configuration: [BUCKET],
  aws_controltower_control: [UNIT],
  aws_network_acl_rule: [{ attribute: 'network_acl_id', types: ['aws_network_acl'], keys: ['id'] }],
  aws_route53_resolver_firewall_rule: [RULE_GROUP],
  aws_controltower_baseline: [UNIT],
  aws_cloudwatch_log_data_protection_policy: [LOG_GROUP],
  aws_cloudwatch_log_stream: [LOG_GROUP],
  aws_sns_topic_data_protection_policy: [{ attribute: 'arn', types: ['aws_sns_topic'], keys: ['arn', 'id'] }],
};

/** The whole that a resource is a part of, when the plan knows it. */
export function ownerOf(world: World, resource: Resource): Resource | undefined {
  for (const { attribute, types, keys } of OWNERS[resource.type] ?? []) {
    const owner = world.target(resource, attribute, types, keys);
    if (owner) return owner;
  }
  return undefined;
}
