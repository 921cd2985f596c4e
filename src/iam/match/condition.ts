import { parseCidr } from '../../aws/cidr.ts';
import type { Range } from '../../aws/cidr.ts';
import type { Condition } from '../../aws/policy-document/statement.ts';
import { every, not, or, some, ternary } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import { isUnknown } from '../../plan/value.ts';
import { hasSymbols, literal } from './symbols.ts';
import type { Resolve, Symbols } from './symbols.ts';
import { arnConditionPattern, matchText, textPattern } from './text-pattern.ts';
import type { Reading, TextPattern } from './text-pattern.ts';

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
  holds(values: readonly string[] | undefined, reading?: Reading): Ternary;
}

/** Whether one value of a request is one that the condition lists, whatever negation stands in the operator. */
type Listed = (value: string, reading: Reading) => Ternary;

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
  const known = condition.values
    .filter((value) => typeof value === 'string')
    .filter((value) => isKnown(value, family, variables));
  const units = known.map((value) => symbols.pattern(value, variables && family === 'text', resolve));
  const listed = units.filter((value) => value !== null);
  const patterns = family === 'text' ? listed.map((value) => valuePattern(condition.operator, value)) : [];
  const isSurelyListed = listedBy(family, condition, listed, patterns);
  const isListed: Listed =
    known.length < condition.values.length
      ? (value, reading) => or(isSurelyListed(value, reading), 'maybe')
      : isSurelyListed;
  return { key: condition.key, family, condition, listed, patterns, holds: holder(condition, family, isListed) };
}

/**
 * False for what may be any value: a variable under Bool, of which AWS's documentation says both that it is read and that
 * it is not.
 */
const isKnown = (value: string, family: Family, variables: boolean): boolean =>
  !(variables && family === 'bool' && value.includes('${'));

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
      return (value, reading) => some(patterns, (pattern) => matchText(pattern, value, reading));
    case 'number':
      return one(ordered(operator.slice('numeric'.length), decimal));
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

/** A value that is not known may be any of the listed ones, and the other way round. */
const anyOf =
  (listed: readonly string[], test: (wanted: string, value: string) => boolean): Listed =>
  (value) =>
    some(listed, (wanted) => (hasSymbols(wanted) || hasSymbols(value) ? 'maybe' : ternary(test(wanted, value))));

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

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

/** An integer or decimal number; NaN, which no relation holds for, for any other text. */
export const decimal = (text: string): number => (DECIMAL.test(text) ? Number(text) : Number.NaN);

/** Epoch seconds or ISO 8601, in milliseconds. A time without a zone is UTC, wherever the review runs. */
export const dateNumber = (text: string): number =>
  DECIMAL.test(text) ? Number(text) * 1000 : Date.parse(/T[\d:.]+$/i.test(text) ? `${text}Z` : text);

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
  const meets: Listed = isNegated ? (value, reading) => not(isListed(value, reading)) : isListed;
  const absent = withoutKey(condition, isNegated);
  return (values, reading = 'apart') =>
    values === undefined || values.length === 0
      ? absent
      : quantified(condition, values, (value) => meets(value, reading));
}

/** Whether ForAnyValue with IfExists holds without the key is not documented. */
function withoutKey({ quantifier, ifExists }: Condition, isNegated: boolean): Ternary {
  if (quantifier === 'ForAllValues') return 'yes';
  if (quantifier === 'ForAnyValue') return ifExists ? 'maybe' : 'no';
  return ternary(ifExists || isNegated);
}

function quantified({ quantifier }: Condition, values: readonly string[], meets: (value: string) => Ternary): Ternary {
  if (quantifier === 'ForAllValues') return isEmpty(values) ? 'yes' : every(values, meets);
  if (quantifier === 'ForAnyValue') return some(values, meets);
  const [any, all] = [some(values, meets), every(values, meets)];
  // A plain operator on several values is a mistake whose meaning AWS does not document: both readings count.
  return any === all ? any : 'maybe';
}

/** An empty text alone is no value: ForAllValues holds for it as it does without the key, and Null tells both from a value. */
const isEmpty = ([first, second]: readonly string[]): boolean => first === '' && second === undefined;

/** `Null: "true"` asks for a request without the key, or without a value for it. */
function presence({ values: wanted }: Condition, values: readonly string[] | undefined): Ternary {
  const isAbsent = values === undefined || values.length === 0 || isEmpty(values);
  return some(wanted, (value) =>
    isUnknown(value) || value.includes('⟨') ? 'maybe' : ternary((value.toLowerCase() === 'true') === isAbsent),
  );
}
