import { blocks, isUnknown, strings } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { lastingNames } from '../lasting-name.ts';
import type { Facts } from '../subject.ts';
import { bucketOf } from './bucket-parts.ts';

/** Facts about where a trail delivers and what watches it: fact → what it means. */
export const LINKS = {
  bucket: 'The bucket it delivers to, by name; by reference while the name is not known.',
  prefix: 'The prefix below which it delivers, else empty.',
  redirected: 'True after a plan that lets it deliver to another bucket, or below another prefix, than before.',
  log_group: 'The log group that it feeds, else null.',
  kms_key: 'The KMS key that encrypts its log files, else null.',
  topic: 'The topic that is told of new log files, else null.',
  insights: 'What its anomaly detection looks at, e.g. `ApiCallRateInsight`.',
  has_alarms:
    'True when a metric filter of the plan picks records from its log group; null without a log group in the plan.',
};

/** Fact → the argument it comes from. */
export const LINK_ARGUMENTS = {
  bucket: 's3_bucket_name',
  prefix: 's3_key_prefix',
  redirected: 's3_bucket_name',
  log_group: 'cloud_watch_logs_group_arn',
  kms_key: 'kms_key_id',
  topic: 'sns_topic_name',
  insights: 'insight_selector',
} as const;

export const NO_LINKS: Facts = {
  bucket: 'shop-cloudtrail',
  prefix: '',
  redirected: false,
  log_group: null,
  kms_key: null,
  topic: null,
  insights: [],
  has_alarms: null,
};

const GROUP = 'aws_cloudwatch_log_group';
const FILTER = 'aws_cloudwatch_log_metric_filter';

/** What a trail of one side is connected to. */
export function linksOf(trail: Resource, world: World, worlds: Worlds): { readonly [fact: string]: Value } {
  const first = (argument: string): Value => lastingNames(trail, argument, worlds)[0] ?? null;
  return {
    bucket: bucketNameOf(trail, world, worlds),
    prefix: first('s3_key_prefix') ?? '',
    redirected: isRedirected(trail, worlds),
    log_group: first('cloud_watch_logs_group_arn'),
    kms_key: first('kms_key_id'),
    topic: first('sns_topic_name'),
    insights: insightsOf(trail),
    has_alarms: hasAlarms(trail, world),
  };
}

/** The name of the bucket as far as anybody knows it. */
function bucketNameOf(trail: Resource, world: World, worlds: Worlds): Value {
  const name = world.target(trail, 's3_bucket_name', ['aws_s3_bucket'], ['bucket', 'id'])?.get('bucket');
  return typeof name === 'string' ? name : (lastingNames(trail, 's3_bucket_name', worlds)[0] ?? null);
}

/** Compares what the trail names before and after the plan; a bucket that only gets another address is the same. */
function isRedirected(trail: Resource, worlds: Worlds): Value {
  if (trail.side === 'before') return false;
  const was = worlds.before.resources(trail.type).find(({ identity }) => identity === trail.identity);
  if (!was) return false;
  const [old, now] = [placeOf(was, worlds.before, worlds), placeOf(trail, worlds.after, worlds)];
  const unknown = now.prefix.find(isUnknown) ?? (isUnknown(now.name) ? now.name : undefined);
  if (
    old.bucket !== undefined &&
    old.bucket === now.bucket &&
    strings(old.prefix).join() === strings(now.prefix).join()
  )
    return false;
  if (unknown) return unknown;
  return (
    strings(old.prefix).join() !== strings(now.prefix).join() || (old.bucket !== now.bucket && old.name !== now.name)
  );
}

const placeOf = (
  trail: Resource,
  world: World,
  worlds: Worlds,
): { readonly bucket: string | undefined; readonly name: Value; readonly prefix: readonly Value[] } => ({
  bucket: bucketOf(world, trail, 's3_bucket_name'),
  name: bucketNameOf(trail, world, worlds),
  prefix: lastingNames(trail, 's3_key_prefix', worlds),
});

function insightsOf(trail: Resource): Value {
  const selectors = trail.get('insight_selector');
  return isUnknown(selectors) ? selectors : blocks(selectors).map((selector) => selector['insight_type'] ?? null);
}

/** The log group of a trail stands with `:*` behind its ARN. */
function groupOf(trail: Resource, world: World): Resource | undefined {
  const arn = strings(trail.get('cloud_watch_logs_group_arn'))[0]?.replace(/:\*$/, '');
  const known = arn === undefined ? undefined : world.find([GROUP], 'arn', arn);
  return known ?? world.target(trail, 'cloud_watch_logs_group_arn', [GROUP]);
}

function hasAlarms(trail: Resource, world: World): boolean | null {
  const group = groupOf(trail, world);
  if (!group) return null;
  return world
    .resources(FILTER)
    .some((filter) => world.target(filter, 'log_group_name', [GROUP], ['name', 'id'])?.identity === group.identity);
}
