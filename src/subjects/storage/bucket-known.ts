import { globMatches } from '../../aws/policy-document/glob.ts';
import type { Resource, World } from '../../world/world.ts';
import { bucketOf, nameOf } from './bucket-parts.ts';
import type { BucketPair } from './bucket-parts.ts';
import type { BuildOptions } from '../subject.ts';

/** Trails by the identity of the bucket they deliver to. */
export type TrailsByBucket = ReadonlyMap<string, readonly Resource[]>;

/** Sorts the trails of one side by the bucket they deliver to. */
export function trailsByBucket(world: World): TrailsByBucket {
  const found = new Map<string, Resource[]>();
  for (const trail of world.resources('aws_cloudtrail')) {
    const id = bucketOf(world, trail, 's3_bucket_name');
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), trail]);
  }
  return found;
}

const LOG_NAMES = /(^|[-._])(cloudtrail|audit-?logs?|access-?logs?|flow-?logs?)([-._]|$)/;

/**
 * How a bucket is known to hold audit logs: a trail delivers to it before the plan, the configuration names it, or its
 * own name says so; undefined when nothing does.
 */
export function knownAsLogBucket(
  { id, before, after }: BucketPair,
  trails: TrailsByBucket,
  { logBuckets }: BuildOptions,
): 'trail' | 'configuration' | 'name' | undefined {
  const side = before ?? after;
  const name = side ? (nameOf(side) ?? '') : '';
  if (trails.has(id)) return 'trail';
  if (logBuckets.some((glob) => globMatches(glob, name))) return 'configuration';
  return LOG_NAMES.test(name) ? 'name' : undefined;
}
