import type { Plan } from '../plan/plan.ts';
import type { Json } from '../plan/value.ts';
import { assignments } from './assignments.ts';
import { configurationTexts, outputTexts } from './configuration-texts.ts';
import { detectSecrets } from './detect.ts';
import { digest } from './detection.ts';
import type { Confidence } from './detection.ts';
import { literalKind } from './literal.ts';
import { originsOf } from './origin.ts';
import type { Origins } from './origin.ts';
import { eachText } from './plan-text.ts';
import type { Place, PlanText } from './plan-text.ts';
import { resourceTexts } from './resource-texts.ts';
import { sourceSecrets, type SourceText } from './source-text.ts';
import { secretlike } from './secretlike.ts';
import type { ExpressionLookup } from './written.ts';

/** A secret at one place of a plan. It does not hold the value. */
export interface Occurrence {
  readonly place: Place;
  /** The format, empty when only its place or its name says that it is a secret. */
  readonly rule: string;
  readonly title: string;
  readonly confidence: Confidence;
  /** Equal for equal values; see `Detection`. */
  readonly digest: string;
  /** Known to have been there before. */
  readonly standing: boolean;
}

/** The secrets on both sides of a plan. */
export interface FoundSecrets {
  readonly before: readonly Occurrence[];
  readonly after: readonly Occurrence[];
  /** Places after the plan whose text cannot be read before apply. */
  readonly unread: readonly Unread[];
}

/** A place that may hold a secret, and why nobody can tell. */
export interface Unread {
  readonly place: Place;
  readonly because: string;
}

export const NO_SECRETS: FoundSecrets = { before: [], after: [], unread: [] };

interface FindOptions {
  /** Look at texts that do not change, too. */
  readonly audit: boolean;
  /** The source of the plan, for what the plan shows only as a hash. */
  readonly expressions?: ExpressionLookup | undefined;
  /** Files beside the plan, or what a pull request adds to files. */
  readonly files?: readonly SourceText[] | undefined;
}

/** What is read from where it belongs is no secret in the open. */
const isRead = (mode: string, type: string): boolean =>
  mode === 'data' && /^aws_(?:secretsmanager|ssm|kms)_/.test(type);

function textsOf(
  plan: Plan,
  origins: Origins,
  side: 'before' | 'after',
  all: boolean,
  lookup?: ExpressionLookup,
): PlanText[] {
  const other = side === 'before' ? 'after' : 'before';
  const resources = plan.changes.flatMap((change) => {
    const values: Json = change[side];
    const unchanged = change.action === 'no-op' || change.action === 'read';
    if (values === null || isRead(change.mode, change.type) || (unchanged && !all && !change.importing)) return [];
    const sensitive = side === 'before' ? change.beforeSensitive : change.afterSensitive;
    const sided = {
      change,
      values,
      other: all ? undefined : change[other],
      counterpart: change[other],
      sensitive,
      isAfter: side === 'after',
    };
    return resourceTexts(plan, origins, sided, lookup);
  });
  return [...resources, ...outputTexts(plan, side, all), ...(side === 'after' ? configurationTexts(plan) : [])];
}

/** Known formats in the texts. */
async function knownFormats(texts: readonly PlanText[]): Promise<Occurrence[]> {
  const detections = await detectSecrets(texts.map(({ text }, index) => ({ id: `${index}`, text })));
  return detections.flatMap(({ id, rule, title, confidence, digest: same }) => {
    const found = texts[Number(id)];
    return found
      ? [{ place: found.place, rule, title, confidence, digest: same, standing: found.standing === true }]
      : [];
  });
}

const byName = ({ place, standing = false }: PlanText, title: string, value: string): Occurrence => ({
  place,
  standing,
  rule: '',
  title,
  confidence: literalKind(value) === 'literal' ? 'high' : 'low',
  digest: digest(value),
});

const nameOf = ({ path }: Place): string => path.findLast((step) => typeof step === 'string') ?? '';

/** What the place or the name of a text says about it. */
function namedSecrets(found: PlanText): Occurrence[] {
  const { place, text, name = '', literal } = found;
  if (place.context === 'user-data' || place.context === 'provisioner') {
    return assignments(text).map((one) => byName(found, `value of ${one.name}`, one.value));
  }
  if (place.context === 'argument' && literal) {
    return literalKind(text) === 'reference' ? [] : [byName(found, `value of ${nameOf(place)}`, text)];
  }
  const isNamed = place.context === 'environment' ? literal : /^(?:argument|output)$/.test(place.context);
  return isNamed && secretlike(name, text) ? [byName(found, `value of ${name}`, text)] : [];
}

const SECRET_KEY = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9/+]{40}$/;
const SECRET_KEY_NAME = /secret_?(?:access_?)?key/i;

/** What stands near each other: a resource, a provider block, the variables of a module. */
const owner = ({ address, context }: Place): string =>
  context === 'variable' ? address.replace(/var\.[^.]*$/, 'var') : address;

/** 40 characters beside an access key id, or under a name that says so, are its secret: its half becomes a whole. */
function keyPairs(texts: readonly PlanText[], formats: readonly Occurrence[]): Occurrence[] {
  const owners = new Set(formats.filter(({ rule }) => rule === 'aws-access-key-id').map(({ place }) => owner(place)));
  const secrets = texts
    .filter(
      ({ place, text, name }) =>
        SECRET_KEY.test(text) && (owners.has(owner(place)) || SECRET_KEY_NAME.test(name ?? '')),
    )
    .filter(({ place }) => place.context !== 'attribute')
    .map((found): Occurrence => ({
      ...byName(found, 'AWS secret access key', found.text),
      rule: 'aws-secret-access-key',
    }));
  const whole = new Set(secrets.map(({ place }) => owner(place)));
  const raised = formats.map((one): Occurrence =>
    one.rule === 'aws-access-key-id' && one.confidence === 'medium' && whole.has(owner(one.place))
      ? { ...one, confidence: 'high' }
      : one,
  );
  return [...raised, ...secrets];
}

/** Shorter values stand in other places by chance. */
const TELLING = 8;

const isSource = ({ place: { context }, text }: PlanText): boolean =>
  (context === 'variable' || context === 'module-argument') && text.length >= TELLING;

/** Variable defaults and module arguments from which a secret that was found elsewhere comes. */
function sourcesOf(texts: readonly PlanText[], found: readonly Occurrence[]): Occurrence[] {
  if (found.length === 0) return [];
  const known = new Set(found.map((one) => one.digest));
  return texts
    .filter(isSource)
    .map((one) => byName(one, `value of ${one.name ?? ''}`, one.text))
    .filter((one) => known.has(one.digest));
}

async function occurrences(texts: readonly PlanText[]): Promise<Occurrence[]> {
  const found = [...keyPairs(texts, await knownFormats(texts)), ...texts.flatMap(namedSecrets)];
  return [...found, ...sourcesOf(texts, found)];
}

/** All values that are there before, to know whether a secret is new; by digest of what is found and of whole texts. */
function digestsBefore(plan: Plan, found: readonly Occurrence[], news: readonly PlanText[]): ReadonlySet<string> {
  const lengths = new Set(news.map(({ text }) => text.length));
  const digests = new Set(found.map((one) => one.digest));
  for (const { before } of plan.changes) {
    eachText(before, (text) => {
      if (lengths.has(text.length)) digests.add(digest(text));
    });
  }
  return digests;
}

/** Texts that are a secret as a whole when they are one. */
const isWhole = ({ place: { context } }: PlanText): boolean =>
  context !== 'attribute' && context !== 'user-data' && context !== 'provisioner';

/**
 * Finds the secrets of a plan. Values never leave this function but as digests. A secret that some resource had before
 * already counts as there before, wherever it stands now.
 */
export async function findSecrets(plan: Plan, { audit, expressions, files = [] }: FindOptions): Promise<FoundSecrets> {
  const origins = originsOf(plan);
  const before = await occurrences(textsOf(plan, origins, 'before', audit));
  const all = textsOf(plan, origins, 'after', audit, expressions);
  const texts = all.filter(({ unread }) => unread === undefined);
  const unread = all.flatMap(({ place, unread: because }) => (because === undefined ? [] : [{ place, because }]));
  const after = [...(await occurrences(texts)), ...(await sourceSecrets(files))];
  if (after.length === 0) return { before, after, unread };
  const everything = audit ? before : await occurrences(textsOf(plan, origins, 'before', true));
  const known = digestsBefore(plan, everything, texts.filter(isWhole));
  const had = new Set(before.map((one) => one.digest));
  return {
    before: [...before, ...after.filter((one) => (one.standing || known.has(one.digest)) && !had.has(one.digest))],
    after,
    unread,
  };
}
