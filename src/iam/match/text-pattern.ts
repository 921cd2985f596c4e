import type { Ternary } from '../../aws/policy-document/ternary.ts';
import { ANY, hasTokens, isToken, isVariable, ONE, QUESTION, SEGMENT_ANY, SEGMENT_ONE, STAR } from './symbols.ts';

/** A pattern over texts, in the alphabet of `Symbols`. */
export interface TextPattern {
  readonly units: string;
  /** Letters match in either case. */
  readonly fold: boolean;
  /** The only text it matches; undefined with wildcards or where case does not matter. */
  readonly literal: string | undefined;
  /** What every text it matches begins with. */
  readonly prefix: string;
  readonly hasTokens: boolean;
}

const WILDCARD = /[*?\uE000\uE001]/;

/** @param units a pattern in the alphabet of `Symbols`, segment wildcards included */
export function textPattern(units: string, fold = false): TextPattern {
  const first = units.search(WILDCARD);
  const isLiteral = first === -1 && !fold;
  const head = first === -1 ? units : units.slice(0, first);
  return {
    units,
    fold,
    literal: isLiteral ? plain(units) : undefined,
    prefix: fold ? '' : plain(head),
    hasTokens: hasTokens(units),
  };
}

const plain = (units: string): string =>
  /[\uE002\uE003]/.test(units) ? units.replaceAll(STAR, '*').replaceAll(QUESTION, '?') : units;

const SEGMENTS = 6;

/**
 * A resource pattern. AWS splits an ARN at its first five colons: a star in one of these segments does not cross a colon,
 * one that ends a shorter pattern absorbs the rest (`arn:aws:sqs:*`), and in the sixth part it matches anything. This
 * reading agrees with all of AWS's own CheckNoNewAccess samples.
 */
export function arnPattern(units: string): TextPattern {
  if (!units.startsWith('arn:') || !WILDCARD.test(units)) return textPattern(units);
  const parts = units.split(':');
  if (parts.length >= SEGMENTS) {
    const head = parts.slice(0, SEGMENTS - 1).map(withinSegment);
    return textPattern([...head, parts.slice(SEGMENTS - 1).join(':')].join(':'));
  }
  const absorbs = units.endsWith(ANY);
  return textPattern(withinSegment(absorbs ? units.slice(0, -1) : units) + (absorbs ? ANY : ''));
}

/**
 * The pattern of an ArnEquals or ArnLike condition: six parts compared one by one, a star crosses colons only in the last.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const arnConditionPattern = (units: string): TextPattern =>
  units.startsWith('arn:') ? arnPattern(units) : textPattern(units);

const withinSegment = (part: string): string => part.replaceAll(ANY, SEGMENT_ANY).replaceAll(ONE, SEGMENT_ONE);

/** Positions that a pattern can be in, ascending. */
export type Positions = readonly number[];

const isRun = (unit: string | undefined): boolean => unit === ANY || unit === SEGMENT_ANY;

/**
 * Adds the positions that are reached without reading, because a run may be empty, and drops those before the last `*`
 * that is reached: whatever they still lead to, that star leads to as well. This is the innermost loop of a comparison.
 */
function settle(units: string, ascending: readonly number[]): Positions {
  const settled: number[] = [];
  /** Returns the position behind a run; none (-1) when a character must be read first. */
  const add = (at: number): number => {
    if (units[at] === ANY) settled.length = 0;
    settled.push(at);
    return isRun(units[at]) ? at + 1 : -1;
  };
  let behindRun = -1;
  for (const at of ascending) {
    while (behindRun !== -1 && behindRun < at) behindRun = add(behindRun);
    if (settled.at(-1) !== at) behindRun = add(at);
  }
  while (behindRun !== -1) behindRun = add(behindRun);
  return settled;
}

export const start = ({ units }: TextPattern): Positions => settle(units, [0]);

/** Where a pattern can be after one more character. Symbols are read only by themselves and by runs. */
export function advance({ units, fold }: TextPattern, positions: Positions, character: string): Positions {
  const next: number[] = [];
  for (const at of positions) {
    const unit = units[at];
    if (unit === undefined) continue;
    if (isRun(unit)) {
      if (unit === ANY || character !== ':') next.push(at);
    } else if (unit === character || reads(unit, character, fold)) next.push(at + 1);
  }
  return next.length === 0 ? next : settle(units, next);
}

function reads(unit: string, character: string, fold: boolean): boolean {
  switch (unit) {
    case ONE:
      return !isToken(character) && !isVariable(character);
    case SEGMENT_ONE:
      return character !== ':' && !isToken(character) && !isVariable(character);
    case STAR:
      return character === '*';
    case QUESTION:
      return character === '?';
    default:
      return unit === character || (fold && unit.toLowerCase() === character.toLowerCase());
  }
}

export const accepts = ({ units }: TextPattern, positions: Positions): boolean => positions.at(-1) === units.length;

/** Whether the pattern matches the text for sure: tokens equal only themselves. */
export function matchesSurely(pattern: TextPattern, text: string): boolean {
  if (pattern.literal !== undefined) return pattern.literal === text;
  if (pattern.units === ANY) return true;
  if (!text.startsWith(pattern.prefix)) return false;
  if (pattern.units.length === pattern.prefix.length + 1 && pattern.units.endsWith(ANY)) return true;
  return readsThrough(pattern, text, advance);
}

/** Reads a text unit by unit, as patterns are made of units too. */
function readsThrough(pattern: TextPattern, text: string, step: typeof advance): boolean {
  let positions = start(pattern);
  for (let index = 0; index < text.length; index++) {
    positions = step(pattern, positions, text.charAt(index));
    if (positions.length === 0) return false;
  }
  return accepts(pattern, positions);
}

/** The pattern with every token as a run: what it may turn out to match. */
export const widened = ({ units, fold }: TextPattern): TextPattern =>
  textPattern(units.replace(/[\uE100-\uEFFF]/g, ANY), fold);

/** Where a pattern may be after one more character: a token of the text may turn out to be any text. */
export function advancePossibly(pattern: TextPattern, positions: Positions, character: string): Positions {
  if (!isToken(character)) return advance(pattern, positions, character);
  const [first = pattern.units.length] = positions;
  return positions.length === 0
    ? positions
    : Array.from({ length: pattern.units.length - first + 1 }, (_, index) => first + index);
}

const matchesPossibly = (pattern: TextPattern, text: string): boolean =>
  readsThrough(widened(pattern), text, advancePossibly);

/** Whether the pattern matches the text; maybe when that hangs on a value that is known only after apply. */
export function matchText(pattern: TextPattern, text: string): Ternary {
  if (matchesSurely(pattern, text)) return 'yes';
  return (pattern.hasTokens || hasTokens(text)) && matchesPossibly(pattern, text) ? 'maybe' : 'no';
}
