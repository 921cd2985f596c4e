import type { CatalogueAction } from '../data/catalogue.ts';
import type { Region } from '../difference/difference.ts';
import { keyName } from './described.ts';
import { requesterText } from '../difference/requesters.ts';
import { atomsIn } from '../difference/space.ts';
import type { Proven } from '../difference/witness.ts';
import { proves } from '../difference/witness.ts';
import { arnPattern, matchesSurely } from '../match/text-pattern.ts';
import type { TextPattern } from '../match/text-pattern.ts';
import { hasTokens, isVariable } from '../match/symbols.ts';
import type { RequestContext } from '../simulator.ts';

/** One request that is allowed on one side and not on the other. */
export interface Witness {
  /** Who asks; left out for the holder of identity policies. */
  readonly principal?: string;
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

/** The best witness of a region, and whether AWS has such a request: an action is asked about its own kinds of resources. */
export interface Shown {
  readonly witness: Witness;
  readonly isUsable: boolean;
}

const ACCOUNT = '123456789012';

/**
 * A request of the region as AWS would see one: an action that exists, on a resource that it takes.
 * @param actions the actions of the region that AWS has today, the most telling first
 * @param account the own account, for ARNs that leave it open
 */
export function witnessOf(region: Region, actions: readonly CatalogueAction[], account = ACCOUNT): Shown {
  const { witness, comparison } = region;
  for (const action of actions.slice(0, MOST_ACTIONS)) {
    const resource = resourceFor(region, action, account);
    if (resource === undefined) continue;
    const request: Proven = { ...witness, action: action.name.toLowerCase(), resource: filled(resource, witness) };
    if (!proves(request, comparison)) continue;
    const telling = withWholeArns(request, account);
    const shown = proves(telling, comparison) ? telling : request;
    return { witness: toWitness(shown, action.name, region), isUsable: true };
  }
  const plain = hasNoResource(region) ? { ...witness, resource: '*' } : witness;
  return { witness: toWitness(plain, nameOf(witness, actions), region), isUsable: actions.length === 0 };
}

/** Actions that are tried: those of a wildcard mostly take the same resources. */
const MOST_ACTIONS = 25;

/** The shortest text that a pattern takes leaves wildcards empty; an ARN of a principal has an account and a name. */
const withWholeArns = (request: Proven, account: string): Proven => ({
  ...request,
  context: new Map([...request.context].map(([key, values]) => [key, values.map((value) => wholeArn(value, account))])),
});

const wholeArn = (value: string, account: string): string =>
  /^arn:[^:]+:(?:iam|sts)::/.test(value)
    ? value.replace(/^(arn:[^:]+:[a-z]+::):/, `$1${account}:`).replace(/[-/]$/, '$&example')
    : value;

const nameOf = ({ action }: Proven, actions: readonly CatalogueAction[]): string =>
  actions.find(({ name }) => name.toLowerCase() === action)?.name ?? action;

/** Policy variables have the value that the context of the witness gives them. */
function filled(resource: string, { symbols, context }: Proven): string {
  return resource
    .split('')
    .map((unit) => (isVariable(unit) ? (context.get(symbols.variableOf(unit)?.key ?? '')?.[0] ?? unit) : unit))
    .join('');
}

/** A trust policy says nothing of resources: it stands in the role that is taken. */
const hasNoResource = ({ space }: Region): boolean => space.tests[0].statement.resources.written?.length === 0;

/** A text of the region that is a resource of the action; undefined when the region has none. */
function resourceFor(
  region: Region,
  { resources, wildcardOnly }: CatalogueAction,
  account: string,
): string | undefined {
  const { space, box } = region;
  const side = box[1] ?? 0n;
  const axis = space.resources;
  const isHeld = (text: string): boolean => {
    const at = axis.find(text);
    return at >= 0 && ((side >> BigInt(at)) & 1n) === 1n;
  };
  if (hasNoResource(region)) return '*';
  if (wildcardOnly) return isHeld('*') ? '*' : undefined;
  // The shortest ARN is the plainest: an object of a bucket, not one of an access point.
  const usual = resources
    .map((template) => instance(template, account))
    .toSorted((a, b) => a.length - b.length)
    .find(isHeld);
  if (usual !== undefined) return usual;
  const templates = resources.map(templatePattern);
  const fits = (text: string): boolean => isHeld(text) && templates.some((template) => matchesSurely(template, text));
  const held = atomsIn(axis, side);
  const concerned = axis.universe
    .filter((_, index) => held.some(({ origins }) => origins.includes(index)))
    .slice(0, MOST_PATTERNS);
  // What another statement singles out reads better by the pattern that it has there.
  const singledOut = space.tests
    .slice(1)
    .flatMap(({ resources: others }) => others.patterns)
    .filter((pattern) => pattern.prefix !== '' && held.some(({ value }) => matchesSurely(pattern, value)))
    .slice(0, MOST_PATTERNS);
  const plain = [...concerned, ...singledOut]
    .flatMap((pattern) => templates.map((template) => fitted(pattern, template)))
    .find((text) => text !== undefined && fits(text));
  // A value that is known after apply may be of any kind.
  const atom = held.find(({ value }) => fits(value) || hasTokens(value))?.value;
  return plain ?? atom ?? concerned.flatMap((pattern) => axis.textsOf(pattern, templates)).find(fits);
}

const MOST_PATTERNS = 5;

const VARIABLE = /\$\{(\w+)\}/g;

const USUAL: Readonly<Record<string, string>> = { Partition: 'aws', Region: 'us-east-1' };

/** `arn:aws:s3:::example` for `arn:${Partition}:s3:::${BucketName}`. */
const instance = (template: string, account: string): string =>
  template
    .replace(VARIABLE, (_, name: string) => (name === 'Account' ? account : (USUAL[name] ?? 'example')))
    .replaceAll('*', 'example');

const templatePattern = (template: string): TextPattern => arnPattern(template.replace(VARIABLE, '*'));

/** A text of both patterns, segment by segment: what one of them leaves open, the other says. */
function fitted(pattern: TextPattern, template: TextPattern): string | undefined {
  const [a, b] = [segmentsOf(pattern.units), segmentsOf(template.units)];
  if (a.length !== b.length) return undefined;
  return a
    .map((part, index) => {
      const other = b[index] ?? '';
      return WILD.test(part) && !WILD.test(other) ? other : sample(part, index);
    })
    .join(':');
}

const WILD = /[*?\uE000\uE001]/;
const WILDS = /[*?\uE000\uE001]/g;
const SEGMENT_SAMPLES = ['arn', 'aws', '', 'us-east-1', ACCOUNT];

const sample = (part: string, index: number): string =>
  /^[*\uE000]$/.test(part) ? (SEGMENT_SAMPLES[index] ?? 'example') : part.replace(WILDS, 'example');

function segmentsOf(units: string): readonly string[] {
  const parts = units.split(':');
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function toWitness({ resource, requester, context, symbols }: Proven, action: string, { space }: Region): Witness {
  const principal = requesterText(requester);
  return {
    ...(principal === undefined ? {} : { principal }),
    action,
    resource: symbols.decode(resource),
    context: Object.fromEntries(
      [...context].map(([key, values]) => [keyName(space, key), values.map((value) => symbols.decode(value))]),
    ),
  };
}
