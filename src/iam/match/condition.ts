import { parseCidr } from '../../aws/cidr.ts';
import type { Range } from '../../aws/cidr.ts';
import type { Condition, Pattern } from '../../aws/policy-document/statement.ts';
import { every, not, some, ternary } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import { isUnknown } from '../../plan/value.ts';
import { hasTokens, hasVariables, literal } from './symbols.ts';
import type { Resolve, Symbols } from './symbols.ts';
import { arnConditionPattern, matchText, textPattern } from './text-pattern.ts';
import type { TextPattern } from './text-pattern.ts';

/** What kind of values an operator compares: decides which values tell its conditions apart. */
export type Family = 'text' | 'number' | 'date' | 'bool' | 'address' | 'binary' | 'presence' | 'unknown';

/** One condition, ready to be asked. */
export interface ConditionTest {
  /** In lower case. */
  readonly key: string;
  readonly family: Family;
  readonly condition: Condition;
  /** The values it lists, in the alphabet of `Symbols`. */
  readonly listed: readonly string[];
  /** The patterns of a text condition. */
  readonly patterns: readonly TextPattern[];
  /** Whether it holds for the values of its key; undefined when the request lacks the key. */
  holds(values: readonly string[] | undefined): Ternary;
}

/** Whether one value of a request is one that the condition lists, whatever negation stands in the operator. */
type Listed = (value: string) => Ternary;

const FAMILIES: readonly (readonly [RegExp, Family])[] = [
  [/^(string(not)?(equals(ignorecase)?|like)|arn(not)?(equals|like))$/, 'text'],
  [/^numeric(notequals|equals|(lessthan|greaterthan)(equals)?)$/, 'number'],
  [/^date(notequals|equals|(lessthan|greaterthan)(equals)?)$/, 'date'],
  [/^bool$/, 'bool'],
  [/^(not)?ipaddress$/, 'address'],
  [/^binaryequals$/, 'binary'],
  [/^null$/, 'presence'],
];

/**
 * Compiles a condition.
 * @param resolve what policy variables are worth in the request; left out, they stay symbols
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function conditionTest(
  condition: Condition,
  symbols: Symbols,
  variables: boolean,
  resolve?: Resolve,
): ConditionTest {
  const family = FAMILIES.find(([operator]) => operator.test(condition.operator))?.[1] ?? 'unknown';
  const units = condition.values.map((value) => encode(value, symbols, variables && family === 'text', resolve));
  const listed = units.filter((value) => value !== null);
  const patterns = family === 'text' ? listed.map((value) => valuePattern(condition.operator, value)) : [];
  const isListed = listedBy(family, condition, listed, patterns);
  return { key: condition.key, family, condition, listed, patterns, holds: holder(condition, family, isListed) };
}

/** A value that nothing is known of is a token of its own, which may be any text. */
const encode = (value: Pattern, symbols: Symbols, variables: boolean, resolve?: Resolve): string | null =>
  isUnknown(value) ? symbols.token('⟨unknown:⟩') : symbols.pattern(value, variables, resolve);

function valuePattern(operator: string, units: string): TextPattern {
  if (operator.startsWith('arn')) return arnConditionPattern(units);
  if (operator.endsWith('like')) return textPattern(units);
  return textPattern(literal(units), operator.endsWith('ignorecase'));
}

function listedBy(
  family: Family,
  { operator }: Condition,
  listed: readonly string[],
  patterns: readonly TextPattern[],
): Listed {
  const one = (test: (wanted: string, value: string) => boolean): Listed => anyOf(listed, test);
  switch (family) {
    case 'text':
      return (value) => some(patterns, (pattern) => matchText(pattern, value));
    case 'number':
      return one(ordered(operator.slice('numeric'.length), Number));
    case 'date':
      return one(ordered(operator.slice('date'.length), dateNumber));
    case 'bool':
      return one((wanted, value) => wanted.toLowerCase() === value.toLowerCase());
    case 'address':
      return one(holdsAddress);
    case 'binary':
      return one((wanted, value) => bytes(wanted) === bytes(value));
    case 'presence':
    case 'unknown':
    default:
      return () => 'maybe';
  }
}

const isOpen = (text: string): boolean => hasTokens(text) || hasVariables(text);

/** A value that is not known may be any of the listed ones, and the other way round. */
const anyOf =
  (listed: readonly string[], test: (wanted: string, value: string) => boolean): Listed =>
  (value) =>
    some(listed, (wanted) => {
      if (wanted === value && !hasTokens(wanted)) return ternary(test(wanted, value) || isOpen(wanted));
      return isOpen(wanted) || isOpen(value) ? 'maybe' : ternary(test(wanted, value));
    });

function ordered(relation: string, number: (text: string) => number): (wanted: string, value: string) => boolean {
  return (wanted, value) => {
    const [limit, given] = [number(wanted), number(value)];
    switch (relation) {
      case 'lessthan':
        return given < limit;
      case 'lessthanequals':
        return given <= limit;
      case 'greaterthan':
        return given > limit;
      case 'greaterthanequals':
        return given >= limit;
      default:
        return given === limit;
    }
  };
}

/** Epoch seconds or ISO 8601, in milliseconds. */
export const dateNumber = (text: string): number =>
  /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);

function holdsAddress(wanted: string, value: string): boolean {
  const [outer, inner] = [parseCidr(wanted), parseCidr(value)];
  return outer !== undefined && inner !== undefined && contains(outer, inner);
}

function contains(outer: Range, inner: Range): boolean {
  if (outer.kind === 'ipv4') return inner.kind === 'ipv4' && within(inner.interval, outer.interval);
  return inner.kind === 'ipv6' && within(inner.interval, outer.interval);
}

const within = <T extends number | bigint>(inner: readonly [T, T], outer: readonly [T, T]): boolean =>
  inner[0] >= outer[0] && inner[1] <= outer[1];

const bytes = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');

/** Adds negation, quantifier, IfExists and the absent key to the bare question. */
function holder(condition: Condition, family: Family, isListed: Listed): ConditionTest['holds'] {
  if (family === 'presence') return (values) => presence(condition, values);
  if (family === 'unknown') return () => 'maybe';
  const isNegated = condition.operator.includes('not');
  const meets: Listed = isNegated ? (value) => not(isListed(value)) : isListed;
  const absent = withoutKey(condition, isNegated);
  return (values) => (values === undefined || values.length === 0 ? absent : quantified(condition, values, meets));
}

function withoutKey({ quantifier, ifExists }: Condition, isNegated: boolean): Ternary {
  if (ifExists || quantifier === 'ForAllValues') return 'yes';
  return ternary(isNegated && quantifier !== 'ForAnyValue');
}

function quantified({ quantifier }: Condition, values: readonly string[], meets: Listed): Ternary {
  if (quantifier === 'ForAllValues') return every(values, meets);
  if (quantifier === 'ForAnyValue') return some(values, meets);
  const [any, all] = [some(values, meets), every(values, meets)];
  // A plain operator on several values is a mistake whose meaning AWS does not document: both readings count.
  return any === all ? any : 'maybe';
}

/** `Null: "true"` asks for a request without the key. */
function presence({ values: wanted }: Condition, values: readonly string[] | undefined): Ternary {
  const isAbsent = values === undefined || values.length === 0;
  return some(wanted, (value) =>
    isUnknown(value) || value.includes('⟨') ? 'maybe' : ternary((value.toLowerCase() === 'true') === isAbsent),
  );
}
