import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import { parseCidr } from '../cidr.ts';
import type { Range } from '../cidr.ts';
import { isNegative, needsKey } from './condition.ts';
import { globCovers, globMatches, hasWildcard } from './glob.ts';
import { arnCovers } from './arn-pattern.ts';
import { hasToken } from './text.ts';
import { every, some, ternary } from './ternary.ts';
import type { Ternary } from './ternary.ts';
import type { Condition, Pattern } from './statement.ts';

type Conditions = readonly Condition[] | Unknown;

/**
 * Whether every request that meets `strict` meets `loose` too: each loose condition must follow from a strict one. An
 * operator this does not know follows only from itself.
 */
export function conditionsImply(strict: Conditions, loose: Conditions): Ternary {
  if (isUnknown(loose)) return strict === loose ? 'yes' : 'maybe';
  if (loose.length === 0) return 'yes';
  if (isUnknown(strict)) return 'maybe';
  return every(loose, (wanted) => some(strict, (given) => implies(given, wanted)));
}

function implies(given: Condition, wanted: Condition): Ternary {
  if (given.key !== wanted.key) return 'no';
  if (wanted.operator === 'null') return impliesNull(given, wanted);
  if (!presenceImplies(given, wanted)) return 'no';
  return valuesImply(given, wanted);
}

/** `Null: false` (the key is there) follows from every test that fails without the key. */
function impliesNull(given: Condition, wanted: Condition): Ternary {
  if (given.operator === 'null') return ternary(sameTexts(given.values, wanted.values));
  return ternary(wanted.values.every((value) => value === 'false') && wanted.values.length > 0 && needsKey(given));
}

/** What holds without the key must be implied too, and the quantifiers must ask about the same values. */
const presenceImplies = (given: Condition, wanted: Condition): boolean =>
  given.quantifier === wanted.quantifier && (needsKey(given) || !needsKey(wanted));

type Rule = (given: Pattern, wanted: Pattern) => Ternary;

function valuesImply(given: Condition, wanted: Condition): Ternary {
  const rule = ruleOf(given.operator, wanted.operator);
  if (rule === undefined) return ternary(given.operator === wanted.operator && sameTexts(given.values, wanted.values));
  return isNegative(given)
    ? every(wanted.values, (value) => some(given.values, (other) => rule(value, other)))
    : every(given.values, (value) => some(wanted.values, (other) => rule(value, other)));
}

/**
 * For two positive operators: whether a value matched by `given` is matched by `wanted`. For two negative ones the rule
 * of their positive forms is applied the other way round by the caller.
 */
function ruleOf(given: string, wanted: string): Rule | undefined {
  const negative = [given, wanted].filter((operator) => operator.includes('not')).length;
  if (negative === 1) return undefined;
  const [a, b] = negative === 2 ? [positive(wanted), positive(given)] : [given, wanted];
  if (TEXT.has(a) && TEXT.has(b)) return text(a, b);
  if (a.startsWith('arn') && b.startsWith('arn')) return known(arnCovered);
  if (a === 'ipaddress' && b === 'ipaddress') return known(cidrCovered);
  if (a === 'bool' && b === 'bool') return known((x, y) => x.toLowerCase() === y.toLowerCase());
  return a === b ? ordered(a) : undefined;
}

const positive = (operator: string): string => operator.replace('not', '');

const TEXT: ReadonlySet<string> = new Set(['stringequals', 'stringlike', 'stringequalsignorecase']);

/** A variable (`${…}`) is one text on both sides; tokens are not known, so they equal only themselves for sure. */
const known =
  (ask: (given: string, wanted: string) => boolean): Rule =>
  (given, wanted) => {
    if (isUnknown(given) || isUnknown(wanted)) return given === wanted ? 'yes' : 'maybe';
    if (given.includes('⟨unknown:')) return 'maybe';
    return ask(given, wanted) ? 'yes' : hasToken(given) || hasToken(wanted) ? 'maybe' : 'no';
  };

const text = (given: string, wanted: string): Rule =>
  known((a, b) => {
    if (wanted === 'stringlike') return given === 'stringlike' ? globCovers(b, a) : likeCovers(given, a, b);
    const literal = given !== 'stringlike' || !hasWildcard(a);
    if (wanted === 'stringequals') return literal && given !== 'stringequalsignorecase' && a === b;
    return literal && a.toLowerCase() === b.toLowerCase();
  });

/** A literal fits a glob; a literal in any case fits only a glob without letters. */
const likeCovers = (given: string, literal: string, glob: string): boolean =>
  given === 'stringequals' ? globMatches(glob, literal) : !/[a-z]/i.test(glob) && globMatches(glob, literal);

const arnCovered = (given: string, wanted: string): boolean =>
  given === wanted || (given.startsWith('arn:') && arnCovers(wanted, given));

function cidrCovered(given: string, wanted: string): boolean {
  const [inner, outer] = [parseCidr(given), parseCidr(wanted)];
  return given === wanted || (inner !== undefined && outer !== undefined && contains(outer, inner));
}

function contains(outer: Range, inner: Range): boolean {
  if (outer.kind === 'ipv4') return inner.kind === 'ipv4' && within(inner.interval, outer.interval);
  return inner.kind === 'ipv6' && within(inner.interval, outer.interval);
}

const within = <T extends number | bigint>(inner: readonly [T, T], outer: readonly [T, T]): boolean =>
  inner[0] >= outer[0] && inner[1] <= outer[1];

/** Numbers and dates: a lower upper bound is stricter. Equality has no order. */
function ordered(operator: string): Rule | undefined {
  const order = /^(numeric|date)(lessthan|greaterthan)/.exec(operator);
  if (order === null) return operator === 'numericequals' ? known((a, b) => Number(a) === Number(b)) : undefined;
  const number = order[1] === 'date' ? dateNumber : Number;
  return known((a, b) => a === b || (order[2] === 'lessthan' ? number(a) <= number(b) : number(a) >= number(b)));
}

/** Epoch seconds or ISO 8601, in milliseconds. */
const dateNumber = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const sameTexts = (a: readonly Pattern[], b: readonly Pattern[]): boolean =>
  a.length === b.length && a.every((value) => typeof value === 'string' && b.includes(value));
