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

/**
 * Parts whose removal together with their whole is told by the policy about the whole (semantics 0.8). A part may have
 * several wholes; going with any of them is enough.
 */
const OWNERS: Readonly<Record<string, readonly Owner[]>> = {
  aws_s3_bucket_server_side_encryption_configuration: [BUCKET],
  aws_controltower_control: [UNIT],
  aws_controltower_baseline: [UNIT],
};

/** The whole that a resource is a part of, when the plan knows it. */
export function ownerOf(world: World, resource: Resource): Resource | undefined {
  for (const { attribute, types, keys } of OWNERS[resource.type] ?? []) {
    const owner = world.target(resource, attribute, types, keys);
    if (owner) return owner;
  }
  return undefined;
}
