import { Unknown, isUnknown } from '../plan/value.ts';
import type { Value } from '../plan/value.ts';
import type { Resource, Worlds } from '../world/world.ts';
import { NOTHING_STANDS, standing } from './bucket-standing.ts';
import type { Standing } from './bucket-standing.ts';

/** The four switches of S3 Block Public Access. */
export const SWITCHES = [
  'block_public_acls',
  'block_public_policy',
  'ignore_public_acls',
  'restrict_public_buckets',
] as const;

export const ACCOUNT_BLOCK = 'aws_s3_account_public_access_block';

/** The switches that a block has on. */
export const switchesOn = (block: Resource | undefined): Standing => (block ? sharedSwitches([block]) : NOTHING_STANDS);

/** The switches that every one of these blocks has on; none without a block. */
export const sharedSwitches = (blocks: readonly Resource[]): Standing =>
  blocks.length === 0 ? NOTHING_STANDS : standing(SWITCHES.map((name) => [name, sharedSwitch(name, blocks)]));

function sharedSwitch(name: string, blocks: readonly Resource[]): Value {
  const values = blocks.map((block) => block.get(name));
  if (values.some((value) => value !== true && !isUnknown(value))) return false;
  const unknown = values.find(isUnknown);
  return unknown ? new Unknown(`whether ${name} is on: ${unknown.because}`) : true;
}

/** The first switch that a block which still stands no longer has on; undefined when the whole block goes. */
export function switchTurnedOff(before: Resource | undefined, after: Resource | undefined): string | undefined {
  if (!after) return undefined;
  const now = switchesOn(after);
  return switchesOn(before).names.find((name) => !now.names.includes(name));
}

/**
 * True for what is in AWS as it was although Terraform manages it no longer: forgotten, destroyed with `skip_destroy`, or
 * an ACL, which the provider only drops from its state.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_acl
 */
export const staysInAws = (resource: Resource): boolean =>
  resource.fate === 'forgotten' ||
  (resource.fate === 'destroyed' && (resource.type === 'aws_s3_bucket_acl' || resource.get('skip_destroy') === true));

/** The resources of a type that stand in AWS on one side: those that Terraform lets go of stay. */
export function standingIn({ before, after }: Worlds, side: 'before' | 'after', type: string): readonly Resource[] {
  if (side === 'before') return before.resources(type);
  const now = after.resources(type);
  const known = new Set(now.map(({ identity }) => identity));
  return [...now, ...before.resources(type).filter((one) => staysInAws(one) && !known.has(one.identity))];
}

/** The account-wide blocks that stand on one side. */
export const accountBlocks = (worlds: Worlds, side: 'before' | 'after'): readonly Resource[] =>
  standingIn(worlds, side, ACCOUNT_BLOCK);
