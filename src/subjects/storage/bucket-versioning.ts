import { blocks, isUnknown, type Value } from '../../plan/value.ts';
import { argumentOf, type Bucket } from './bucket-parts.ts';

/** A deleted versioning resource suspends versioning; only a bucket that never had it is `Disabled`. */
export function versioningOf(side: Bucket): Value {
  const split = side.parts.get('aws_s3_bucket_versioning');
  if (split) return blocks(split.get('versioning_configuration'))[0]?.['status'] ?? 'Disabled';
  if (side.removed.has('aws_s3_bucket_versioning') && !side.resource?.isConfigured('versioning')) return 'Suspended';
  const inline = blocks(argumentOf(side, 'aws_s3_bucket_versioning', 'versioning'))[0];
  const enabled = inline?.['enabled'] ?? null;
  if (isUnknown(enabled) || enabled === null) return enabled ?? 'Disabled';
  return enabled === true ? 'Enabled' : 'Suspended';
}
