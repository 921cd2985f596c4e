import { isSameImage } from '../aws/container-image.ts';
import { isSamePolicy } from '../aws/policy-document/same.ts';
import { blockIn, moduleAt } from '../plan/configuration.ts';
import { parseAddress } from '../plan/address.ts';
import type { Change } from '../plan/change.ts';
import { isContradictory, isPartial, lacksConfiguration } from '../plan/notes.ts';
import type { Plan } from '../plan/plan.ts';
import { isKnown, isUnknown, type Json, type Value } from '../plan/value.ts';
import { isRevised, meaningOf } from './meaningless.ts';
import { covers, maskAt } from './mask.ts';
import { isSameContainers } from './same-containers.ts';
import { readsTags, tagObstacle, type TagRules, TAGS } from './tag-meaning.ts';
import type { Worlds } from './world.ts';

/** An attribute that changes, and why that has no meaning for security. */
export interface Meaningless {
  readonly attribute: string;
  readonly because: string;
}

/** One change that is proven to have no meaning for security. */
export interface Proven {
  readonly address: string;
  readonly attributes: readonly Meaningless[];
}

/** Why a plan is not proven to be neutral. */
export interface Obstacle {
  /** Null when it is about the whole plan. */
  readonly address: string | null;
  readonly attribute: string | null;
  readonly because: string;
}

/** The plan is neutral when there is no obstacle. */
export interface Proof {
  readonly changes: readonly Proven[];
  readonly obstacles: readonly Obstacle[];
}

/** As many reasons are told; the first would do. */
const MOST_OBSTACLES = 10;

/** Another provider may call its types as it likes. */
const AWS_PROVIDER = /^(?:registry\.(?:terraform\.io|opentofu\.org)\/(?:hashicorp|-)\/)?aws$/;

const isSame = (left: Value, right: Value): boolean =>
  left === right || (isKnown(left) && isKnown(right) && JSON.stringify(left) === JSON.stringify(right));

const about = (address: string | null, because: string, attribute: string | null = null): Obstacle => ({
  address,
  attribute,
  because,
});

function planObstacles(plan: Plan): Obstacle[] {
  const found: Obstacle[] = [];
  if (isPartial(plan)) found.push(about(null, 'the plan is partial or ended with an error'));
  if (isContradictory(plan)) found.push(about(null, 'the plan denies what it shows'));
  if (lacksConfiguration(plan)) found.push(about(null, 'the plan has no configuration'));
  if (plan.drift.length > 0) found.push(about(null, 'something changed outside of Terraform'));
  if (plan.actionInvocations > 0) found.push(about(null, 'the apply invokes actions of a provider'));
  for (const { name, before, after, unknown } of plan.outputs)
    if (unknown || !isSame(before, after))
      found.push(about(`output.${name}`, 'an output changes, and whoever reads it is not in this plan'));
  return found;
}

/** Reading asks AWS and changes nothing, but a function can be called so, and other providers do as they like. */
const isHarmlessRead = ({ action, type, providerName }: Change): boolean =>
  action === 'no-op' || (action === 'read' && AWS_PROVIDER.test(providerName) && type !== 'aws_lambda_invocation');

const WHOLE: Readonly<Partial<Record<Change['action'], string>>> = {
  create: 'it is created',
  delete: 'it is deleted',
  forget: 'Terraform forgets it',
  read: 'it is read at apply, which may do something',
  unsupported: 'this version of planwarden does not know what the plan does to it',
};

function hasProvisioners({ configuration }: Plan, { address, type, name }: Change): boolean {
  const calls = parseAddress(address).modules.map((step) => step.name);
  const block = blockIn(moduleAt(configuration.root_module, calls), 'managed', type, name);
  return block === undefined || block.provisioners !== undefined;
}

/** Why a change cannot be proven by its attributes. */
function wholeObstacle(plan: Plan, change: Change): string | undefined {
  if (change.importing) return 'it is imported';
  if (change.mode !== 'managed') return isHarmlessRead(change) ? undefined : WHOLE.read;
  if (change.deposed !== undefined) return 'a leftover object of it is deleted';
  if (change.action === 'no-op' || change.action === 'update') return undefined;
  if (change.action !== 'replace') return WHOLE[change.action];
  if (!isRevised(change.type)) return 'it is replaced';
  return hasProvisioners(plan, change) ? 'it is replaced, and provisioners may run' : undefined;
}

/**
 * True when an attribute is nothing but a reference to an attribute of another change, and that was so before. Needs the
 * source: a plan does not tell `x.arn` from `replace(x.arn, "a", "b")`.
 */
function follows({ after, plan }: Worlds, change: Change, attribute: string): string | undefined {
  const resource = after.at(change.address);
  const written = resource?.written(attribute);
  const [target, ...others] = resource?.references(attribute) ?? [];
  if (written?.kind !== 'reference' || !written.root.startsWith('aws_') || !target || others.length > 0)
    return undefined;
  const followed = plan.changes.find((one) => one.address === target.address && one.deposed === undefined);
  const was = followed?.before?.[target.attribute];
  return was !== undefined && was !== null && was === change.before?.[attribute]
    ? `it goes on naming ${target.address}`
    : undefined;
}

const bothTexts = (before: Value, after: Value): before is string =>
  typeof before === 'string' && typeof after === 'string';

function reasonFor(worlds: Worlds, change: Change, attribute: string, before: Json, after: Value): string | undefined {
  const meaning = meaningOf(change.type, attribute);
  switch (meaning?.kind) {
    case 'none':
      return meaning.because;
    case 'computed':
      return worlds.after.at(change.address)?.isConfigured(attribute) === false ? meaning.because : undefined;
    case 'image':
      return bothTexts(before, after) && isSameImage(before, after as string)
        ? 'another version of the same image'
        : undefined;
    case 'containers':
      return bothTexts(before, after) && isSameContainers(before, after as string)
        ? 'other versions of the same images, and nothing else'
        : undefined;
    case 'policy':
      return bothTexts(before, after) && isSamePolicy(before, after as string)
        ? 'the policy says the same in another way'
        : undefined;
    case 'follows':
      return follows(worlds, change, attribute);
    case undefined:
      return undefined;
  }
}

/** The attributes that differ, or may, with their values on both sides. */
function differing({ after: world }: Worlds, change: Change): (readonly [string, Json, Value])[] {
  const { before, after, afterUnknown, address } = change;
  const masked = typeof afterUnknown === 'object' && afterUnknown !== null ? Object.keys(afterUnknown) : [];
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...masked]);
  return [...names].flatMap((name) => {
    const was = before?.[name] ?? null;
    // What nobody sets is not unknown: it has its default.
    const now = covers(maskAt(afterUnknown, [name])) ? (world.at(address)?.get(name) ?? null) : (after?.[name] ?? null);
    return isSame(was, now) ? [] : [[name, was, now] as const];
  });
}

interface Tags extends TagRules {
  /** Asked once for a plan, and only when tags change. */
  readonly areRead: () => boolean;
}

/** Where no provider adds tags of its own, all tags are those that the resource has. */
const addsNoTags = ({ configuration }: Plan): boolean =>
  !JSON.stringify(configuration.provider_config ?? {}).includes('"default_tags"');

function tagReason(plan: Plan, change: Change, attribute: string, tags: Tags): Meaningless | Obstacle {
  if (attribute === 'tags_all' && maskAt(change.afterUnknown, ['tags_all']) === true && addsNoTags(plan))
    return { attribute, because: 'the same as tags' };
  const because =
    tagObstacle(change, attribute, tags) ??
    (tags.areRead() ? 'something in the plan grants or chooses by tag' : undefined);
  return because === undefined
    ? { attribute, because: 'tags, and nothing in sight grants by tag' }
    : about(change.address, because, attribute);
}

function judgeAttribute(
  worlds: Worlds,
  change: Change,
  [attribute, before, after]: readonly [string, Json, Value],
  tags: Tags,
): Meaningless | Obstacle {
  if (!change.type.startsWith('aws_') || !AWS_PROVIDER.test(change.providerName))
    return about(change.address, 'it is not of the AWS provider', attribute);
  if (TAGS.includes(attribute)) return tagReason(worlds.plan, change, attribute, tags);
  const because = reasonFor(worlds, change, attribute, before, after);
  if (because !== undefined) return { attribute, because };
  const unproven = isUnknown(after) || !isKnown(after) ? 'it is known only after apply' : 'it may mean something';
  return about(change.address, unproven, attribute);
}

const isObstacle = (one: Meaningless | Obstacle): one is Obstacle => 'address' in one;
const isMeaningless = (one: Meaningless | Obstacle): one is Meaningless => !isObstacle(one);

/**
 * Proves that no change of a plan has a meaning for security, or says what keeps it from being proven. It speaks of what
 * the plan shows: policies of other plans that grant by tag, and what is inside an image, are not in it.
 */
export function proveNeutral(worlds: Worlds, rules: TagRules): Proof {
  const { plan } = worlds;
  const obstacles = planObstacles(plan);
  const changes: Proven[] = [];
  let read: boolean | undefined;
  const tags: Tags = { ...rules, areRead: () => (read ??= readsTags(plan)) };
  for (const change of plan.changes) {
    if (obstacles.length >= MOST_OBSTACLES) break;
    const whole = wholeObstacle(plan, change);
    if (whole !== undefined) obstacles.push(about(change.address, whole));
    else if (change.mode === 'managed' && change.action !== 'no-op') {
      const judged = differing(worlds, change).map((one) => judgeAttribute(worlds, change, one, tags));
      obstacles.push(...judged.filter(isObstacle));
      changes.push({ address: change.address, attributes: judged.filter(isMeaningless) });
    }
  }
  return obstacles.length > 0 ? { changes: [], obstacles: obstacles.slice(0, MOST_OBSTACLES) } : { changes, obstacles };
}
