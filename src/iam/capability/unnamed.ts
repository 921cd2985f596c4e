import { describePattern, describePatterns } from '../../aws/policy-document/describe.ts';
import type { Pattern, Patterns, Statement } from '../../aws/policy-document/statement.ts';
import { hasToken, replaceTokens } from '../../aws/policy-document/text.ts';
import { isUnknown } from '../../plan/value.ts';
import type { CatalogueAction } from '../data/catalogue.ts';
import { isResourceKey } from '../data/request-keys.ts';
import { Symbols } from '../match/symbols.ts';
import { arnPattern, matchesSurely } from '../match/text-pattern.ts';
import { unnamedResources } from '../query.ts';

/** How many parts of an ARN say what kind of thing and where it is, before the part that names it. */
const HEAD = 5;

/**
 * True when the name of a resource is known only after apply: whatever it turns out to be, it is one. An account or a
 * region that is not known names nothing.
 */
function namesLater(pattern: Pattern): boolean {
  if (isUnknown(pattern) || !hasToken(pattern)) return false;
  const text = replaceTokens(pattern, LATER);
  if (!text.startsWith('arn:')) return true;
  return text.split(':').slice(HEAD).join(':').includes(LATER);
}

const LATER = '\u{0}';

/**
 * A statement as it speaks about resources that nobody has named: patterns that will name one say nothing about others.
 * The same statement when there are none.
 */
export function withoutNamed(statement: Statement): Statement {
  const { resources } = statement;
  return resources.patterns.some(namesLater) ? { ...statement, resources: unnamedOf(resources) } : statement;
}

const unnamedOf = ({ kind, patterns }: Patterns): Patterns => ({
  kind,
  patterns: patterns.filter((pattern) => !namesLater(pattern)),
});

/** False when a statement plainly allows nothing but on resources that it names, or that the request must name. */
export const mayReachUnnamed = ({ resources, conditions }: Statement): boolean =>
  (resources.kind === 'except' || resources.patterns.some(isOpen)) &&
  (isUnknown(conditions) || !conditions.some(({ values }) => values.some(asksForResource)));

const isOpen = (pattern: Pattern): boolean => isUnknown(pattern) || /[*?]/.test(pattern);

/** `${aws:ResourceTag/team}` as a value: the condition holds for a resource that carries what it says. */
const asksForResource = (value: Pattern): boolean =>
  !isUnknown(value) &&
  [...value.matchAll(VARIABLE)].some(([, key = '']) => isResourceKey(key.split(',')[0]?.trim().toLowerCase() ?? ''));

const VARIABLE = /\$\{([^}]+)\}/g;

/** Where things are that a pattern speaks about. Empty parts say nothing. */
interface Place {
  readonly service: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/**
 * The accounts, regions and partitions that statements name: all tables of one region are tables that nobody named, so
 * they are asked about as well.
 */
export function placesIn(statements: readonly Statement[]): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { resources } of statements) {
    for (const pattern of resources.patterns) {
      const place = isUnknown(pattern) || !isOpen(pattern) ? undefined : placeOf(pattern);
      if (place) places.set(Object.values(place).join(':'), place);
    }
  }
  return [...places.values()];
}

function placeOf(pattern: string): Place | undefined {
  const [arn, partition = '', service = '', region = '', account = ''] = splitArn(pattern).map(fixed);
  return arn === 'arn' && (partition !== '' || region !== '' || account !== '')
    ? { service, partition, region, account }
    : undefined;
}

/** The parts of an ARN; a token, which has colons of its own, stays whole. */
const splitArn = (pattern: string): readonly string[] => pattern.match(PART) ?? [];

const PART = /(?<=^|:)(?:⟨[^⟩]*⟩|[^:⟨])*/gu;

const fixed = (part: string): string => (/[*?]/.test(part) ? '' : part);

/** An ARN in another place. What has no region, or no account, has none there either. */
function placed(arn: string, { partition, region, account }: Place): string {
  const [head = '', ownPartition = '', service = '', ownRegion = '', ownAccount = '', ...name] = arn.split(':');
  return [
    head,
    partition || ownPartition,
    service,
    ownRegion && (region || ownRegion),
    ownAccount && (account || ownAccount),
    ...name,
  ].join(':');
}

type Templates = CatalogueAction['resources'];
type Kinds = readonly (readonly string[])[];

/** Every principal of an account asks about the same. */
const known = new WeakMap<Templates, Map<string, Kinds>>();

/** For each kind of resource of a list of templates, ARNs of resources that nobody named, in all of these places. */
export function unnamedArns(account: string, places: readonly Place[]): (templates: Templates) => Kinds {
  const key = JSON.stringify([account, places]);
  return (templates) => {
    const own = known.get(templates) ?? new Map<string, Kinds>();
    known.set(templates, own);
    const kinds = own.get(key) ?? arnsIn(templates, account, places);
    own.set(key, kinds);
    return kinds;
  };
}

const arnsIn = (templates: Templates, account: string, places: readonly Place[]): Kinds =>
  unnamedResources({ resources: templatesOf(templates) }, account).map((arn) => {
    const service = arn.split(':')[2];
    const fitting = places.filter((place) => place.service === '' || place.service === service);
    return [...new Set([arn, ...fitting.map((place) => placed(arn, place))])];
  });

/** An access point is a way to the objects of a bucket and no thing of its own: who names no bucket is asked about buckets. */
const templatesOf = (templates: Templates): Templates => {
  const things = templates.filter((template) => !template.includes(':accesspoint/'));
  return things.length === 0 ? templates : things;
};

/** The patterns of a statement that match some of these ARNs, for people. */
export function unnamedIn({ resources }: Statement, arns: Kinds): readonly string[] {
  if (resources.kind === 'except') return [describePatterns(resources)];
  if (resources.patterns.includes('*')) return ['*'];
  const symbols = new Symbols();
  const texts = new Set(arns.flat().map((arn) => symbols.text(arn)));
  return resources.patterns.filter(isOpen).flatMap((pattern) => {
    const units = isUnknown(pattern) ? null : symbols.pattern(pattern, false);
    const reached = units === null ? undefined : arnPattern(units);
    return reached && [...texts].some((text) => matchesSurely(reached, text)) ? [describePattern(pattern)] : [];
  });
}
