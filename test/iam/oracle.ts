/**
 * The textbook evaluation of IAM policies, written from the documentation and not from the code: plain, slow, and without
 * any import of `src/iam`. What the comparison and the evaluator say must not contradict it.
 */

/** A policy as it is written in JSON. */
export interface Policy {
  readonly Version?: string;
  readonly Statement: readonly PolicyStatement[];
}

type OneOrMany = string | readonly string[];

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, OneOrMany>>;
  readonly NotPrincipal?: '*' | Readonly<Record<string, OneOrMany>>;
  readonly Action?: OneOrMany;
  readonly NotAction?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly NotResource?: OneOrMany;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;
}

export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'aws'; readonly arn: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'canonical'; readonly id: string };

export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Null where policies have no Principal. */
  readonly caller: Caller | null;
  /** Keys in lower case. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** Where AWS's documentation leaves the meaning open: one way to read each of these. */
export interface Reading {
  /** A plain operator on several values asks all of them, or any. */
  readonly plainAsksAll: boolean;
  /** NotResource with an unresolved variable spares nothing, or its statement does not apply. */
  readonly unresolvedSparesNothing: boolean;
  /** `ForAnyValue:…IfExists` holds without the key. */
  readonly anyIfExistsHolds: boolean;
}

const BOTH = [true, false] as const;

export const READINGS: readonly Reading[] = BOTH.flatMap((plainAsksAll) =>
  BOTH.flatMap((unresolvedSparesNothing) =>
    BOTH.map((anyIfExistsHolds) => ({ plainAsksAll, unresolvedSparesNothing, anyIfExistsHolds })),
  ),
);

/** Every layer must allow a call, and no policy of any layer may deny it. */
export function isAllowed(layers: readonly (readonly Policy[])[], call: Call, reading: Reading): boolean {
  const speaks = (policies: readonly Policy[], effect: 'Allow' | 'Deny'): boolean =>
    policies.some((policy) =>
      policy.Statement.some((statement) => statement.Effect === effect && applies(statement, policy, call, reading)),
    );
  return layers.every((policies) => speaks(policies, 'Allow')) && !layers.some((policies) => speaks(policies, 'Deny'));
}

/** Whether a statement speaks about a call. */
export function applies(statement: PolicyStatement, { Version }: Policy, call: Call, reading: Reading): boolean {
  const variables = Version === '2012-10-17' ? call.context : undefined;
  return (
    hasAction(statement, call.action) &&
    hasResource(statement, call.resource, variables, reading) &&
    hasCaller(statement, call.caller) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        holds(operator, listOf(values), call.context[key.toLowerCase()], variables, reading),
      ),
    )
  );
}

const listOf = (values: OneOrMany): readonly string[] => (typeof values === 'string' ? [values] : values);

function hasAction({ Action, NotAction }: PolicyStatement, action: string): boolean {
  const lists = (patterns: OneOrMany): boolean =>
    listOf(patterns).some((pattern) => matches(globOf(pattern.toLowerCase()), action.toLowerCase()));
  return Action === undefined ? !lists(NotAction ?? []) : lists(Action);
}

/** The context from which policy variables are read; undefined where `${…}` is plain text. */
type Variables = Call['context'] | undefined;

function hasResource(
  { Resource, NotResource }: PolicyStatement,
  resource: string,
  variables: Variables,
  reading: Reading,
): boolean {
  if (Resource === undefined && NotResource === undefined) return true;
  const globs = listOf(Resource ?? NotResource ?? []).map((pattern) => globOf(pattern, variables));
  const isListed = globs.some((glob) => glob !== null && matchesArn(glob, resource));
  if (Resource !== undefined) return isListed;
  return !isListed && (reading.unresolvedSparesNothing || globs.every((glob) => glob !== null));
}

/** One place of a pattern: any run, any one character, or the character itself. */
type Place = { readonly any: true } | { readonly one: true } | { readonly character: string };

const isColon = (place: Place | undefined): boolean =>
  place !== undefined && 'character' in place && place.character === ':';

/** The places of a pattern with its variables put in; null when one of them has no value. */
function globOf(pattern: string, variables?: Variables): readonly Place[] | null {
  const places: Place[] = [];
  const literal = (text: string): void => {
    for (const character of text) places.push({ character });
  };
  const glob = (text: string): void => {
    for (const character of text)
      places.push(character === '*' ? { any: true } : character === '?' ? { one: true } : { character });
  };
  let rest = pattern;
  while (rest !== '') {
    const start = variables === undefined ? -1 : rest.indexOf('${');
    const end = start === -1 ? -1 : rest.indexOf('}', start);
    if (end === -1) {
      glob(rest);
      return places;
    }
    glob(rest.slice(0, start));
    const value = valueOf(rest.slice(start + 2, end), variables ?? {});
    if (value === undefined) return null;
    literal(value);
    rest = rest.slice(end + 1);
  }
  return places;
}

function valueOf(variable: string, context: Call['context']): string | undefined {
  if (variable === '*' || variable === '?' || variable === '$') return variable;
  const comma = variable.indexOf(',');
  const key = (comma === -1 ? variable : variable.slice(0, comma)).trim().toLowerCase();
  const values = context[key];
  if (values?.length === 1) return values[0];
  return comma === -1 ? undefined : /'(.*)'/.exec(variable.slice(comma + 1))?.[1];
}

function matches(glob: readonly Place[] | null, text: string, isSegment = false): boolean {
  if (glob === null) return false;
  const [place, ...rest] = glob;
  if (place === undefined) return text === '';
  const canRead = text !== '' && !(isSegment && text.startsWith(':'));
  if ('any' in place) return matches(rest, text, isSegment) || (canRead && matches(glob, text.slice(1), isSegment));
  if ('one' in place) return canRead && matches(rest, text.slice(1), isSegment);
  return text.startsWith(place.character) && matches(rest, text.slice(1), isSegment);
}

/**
 * ARNs are split at their first five colons: in the first five parts a wildcard does not cross a colon, in the sixth it
 * matches anything. A star at the end of a shorter ARN takes in whatever follows. All other patterns are plain.
 */
function matchesArn(glob: readonly Place[], text: string): boolean {
  const isArn = 'arn:'
    .split('')
    .every(
      (character, index) =>
        glob[index] !== undefined && 'character' in glob[index] && glob[index].character === character,
    );
  if (!isArn) return matches(glob, text);
  const colons = [...glob.keys()].filter((index) => isColon(glob[index]));
  const fifth = colons[4];
  const texts = text.split(':');
  if (fifth !== undefined) {
    const parts = partsOf(glob.slice(0, fifth));
    return (
      texts.length > 5 &&
      parts.every((part, index) => matches(part, texts[index] ?? '', true)) &&
      matches(glob.slice(fifth + 1), texts.slice(5).join(':'))
    );
  }
  const last = glob.at(-1);
  const isAbsorbing = last !== undefined && 'any' in last;
  const parts = partsOf(glob);
  if (!isAbsorbing)
    return parts.length === texts.length && parts.every((part, index) => matches(part, texts[index] ?? '', true));
  const count = parts.length - 1;
  return (
    texts.length > count &&
    parts.slice(0, count).every((part, index) => matches(part, texts[index] ?? '', true)) &&
    startsLike(parts[count] ?? [], texts.slice(count).join(':'))
  );
}

/** The last part of a short ARN: its own wildcards stay within one part, its final star takes the rest. */
const startsLike = (part: readonly Place[], text: string): boolean =>
  [...Array(text.length + 1).keys()].some((length) => matches(part.slice(0, -1), text.slice(0, length), true));

function partsOf(glob: readonly Place[]): readonly (readonly Place[])[] {
  const parts: Place[][] = [[]];
  for (const place of glob)
    if (isColon(place)) parts.push([]);
    else parts.at(-1)?.push(place);
  return parts;
}

const ROLE = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;
const SESSION = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/;

function hasCaller({ Principal, NotPrincipal, Effect }: PolicyStatement, caller: Caller | null): boolean {
  if (caller === null || (Principal === undefined && NotPrincipal === undefined)) return true;
  const entries = entriesOf(Principal ?? NotPrincipal ?? '*');
  if (Principal !== undefined) return entries.some((entry) => isMeant(entry, caller));
  if (Effect === 'Allow') return !entries.some((entry) => isMeant(entry, caller));
  // A Deny spares a caller who is listed under each of his names.
  return !(
    entries.some(({ type, name }) => type === 'AWS' && name === '*') ||
    namesOf(caller).every((own) => entries.some((entry) => isNamed(entry, own)))
  );
}

interface Entry {
  readonly type: string;
  readonly name: string;
}

const entriesOf = (principal: NonNullable<PolicyStatement['Principal']>): readonly Entry[] =>
  principal === '*'
    ? [{ type: 'AWS', name: '*' }]
    : Object.entries(principal).flatMap(([type, names]) => listOf(names).map((name) => ({ type, name })));

const accountOf = (arn: string): string | undefined => arn.split(':')[4];

const accountNamed = (name: string): string | undefined =>
  /^\d{12}$/.test(name) ? name : /^arn:aws:iam::(\d{12}):root$/.exec(name)?.[1];

function isMeant({ type, name }: Entry, caller: Caller): boolean {
  switch (type) {
    case 'Service':
      return caller.kind === 'service' && (name === '*' || name.toLowerCase() === caller.name.toLowerCase());
    case 'Federated':
      return caller.kind === 'federated' && (name === '*' || name === caller.provider);
    case 'CanonicalUser':
      return caller.kind === 'canonical' && name === caller.id;
    default:
      if (name === '*') return true;
      if (caller.kind !== 'aws') return false;
      if (accountNamed(name) !== undefined) return accountOf(caller.arn) === accountNamed(name);
      return name === caller.arn || isSessionOf(caller.arn, name);
  }
}

function isSessionOf(session: string, role: string): boolean {
  const [of, named] = [SESSION.exec(session), ROLE.exec(role)];
  return of !== null && named !== null && of[1] === named[1] && of[2] === named[2];
}

function namesOf(caller: Caller): readonly Caller[] {
  if (caller.kind !== 'aws') return [caller];
  const session = SESSION.exec(caller.arn);
  const role: Caller[] = session ? [{ kind: 'aws', arn: `arn:aws:iam::${session[1]}:role/${session[2]}` }] : [];
  return [{ kind: 'aws', arn: `arn:aws:iam::${accountOf(caller.arn)}:root` }, ...role, caller];
}

function isNamed(entry: Entry, own: Caller): boolean {
  if (entry.type !== 'AWS' || own.kind !== 'aws') return isMeant(entry, own);
  const account = accountNamed(entry.name);
  if (account !== undefined) return own.arn === `arn:aws:iam::${account}:root`;
  const [listed, role] = [ROLE.exec(entry.name), ROLE.exec(own.arn)];
  if (listed && role) return listed[1] === role[1] && listed[2] === role[2];
  return entry.name === own.arn;
}

/** Whether one condition holds for what the request carries for its key. */
export function holds(
  name: string,
  wanted: readonly string[],
  given: readonly string[] | undefined,
  variables: Variables,
  reading: Reading,
): boolean {
  const isAbsent = given === undefined || given.length === 0;
  const isNull = isAbsent || (given.length === 1 && given[0] === '');
  if (name === 'Null') return wanted.some((value) => (value.toLowerCase() === 'true') === isNull);
  const quantifier = /^(ForAllValues|ForAnyValue):/.exec(name)?.[1];
  const ifExists = name.endsWith('IfExists');
  const operator = name.replace(/^.*:/, '').replace(/IfExists$/, '');
  const isNegated = operator.includes('Not');
  const positive = operator.replace('Not', '');
  if (isAbsent) {
    if (quantifier === 'ForAllValues') return true;
    if (quantifier === 'ForAnyValue') return ifExists && reading.anyIfExistsHolds;
    return ifExists || isNegated;
  }
  const meets = (value: string): boolean =>
    wanted.some((listed) => equals(positive, listed, value, variables)) !== isNegated;
  if (quantifier === 'ForAllValues') return isNull || given.every(meets);
  if (quantifier === 'ForAnyValue') return given.some(meets);
  return reading.plainAsksAll ? given.every(meets) : given.some(meets);
}

function equals(operator: string, wanted: string, value: string, variables: Variables): boolean {
  const glob = (): readonly Place[] | null => globOf(wanted, variables);
  switch (operator) {
    case 'StringEquals':
      return plainOf(wanted, variables) === value;
    case 'StringEqualsIgnoreCase':
      return plainOf(wanted, variables)?.toLowerCase() === value.toLowerCase();
    case 'StringLike':
      return matches(glob(), value);
    case 'ArnEquals':
    case 'ArnLike': {
      const places = glob();
      return places !== null && matchesArn(places, value);
    }
    case 'Bool':
      return wanted.toLowerCase() === value.toLowerCase();
    case 'BinaryEquals':
      return atob(wanted) === atob(value);
    case 'IpAddress':
      return isInBlock(value, wanted);
    default:
      return operator.startsWith('Numeric')
        ? compares(operator.slice('Numeric'.length), decimal(value), decimal(wanted))
        : compares(operator.slice('Date'.length), seconds(value), seconds(wanted));
  }
}

/** The text of a value in which wildcards mean nothing; undefined with an unresolved variable. */
function plainOf(text: string, variables: Variables): string | undefined {
  if (variables === undefined) return text;
  const parts = text.split(/(\$\{[^}]*\})/);
  const values = parts.map((part) => (part.startsWith('${') ? valueOf(part.slice(2, -1), variables) : part));
  return values.includes(undefined) ? undefined : values.join('');
}

function compares(relation: string, given: number, limit: number): boolean {
  switch (relation) {
    case 'Equals':
      return given === limit;
    case 'LessThan':
      return given < limit;
    case 'LessThanEquals':
      return given <= limit;
    case 'GreaterThan':
      return given > limit;
    case 'GreaterThanEquals':
      return given >= limit;
    default:
      throw new Error(`the oracle does not know the operator ${relation}`);
  }
}

const decimal = (text: string): number => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN);

const seconds = (text: string): number =>
  /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : new Date(text).getTime() / 1000;

/** All bits of an address, by version; undefined for anything else. */
function bitsOf(text: string): string | undefined {
  if (text.includes(':')) {
    const [head = '', tail] = text.split('::');
    const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
    const [left, right] = [groups(head), groups(tail ?? '')];
    const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
    const all = [...left, ...Array<string>(missing).fill('0'), ...right];
    if (all.length !== 8 || all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
    return all.map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
  }
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part))
    ? parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('')
    : undefined;
}

function isInBlock(address: string, block: string): boolean {
  const [base = '', length] = block.split('/');
  const [own, network] = [bitsOf(address), bitsOf(base)];
  if (own === undefined || network === undefined || own.length !== network.length) return false;
  const prefix = length === undefined ? network.length : Number(length);
  return own.slice(0, prefix) === network.slice(0, prefix);
}
