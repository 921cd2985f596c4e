import type { Ternary } from '../../aws/policy-document/ternary.ts';
import { ANY, isToken, isVariable, ONE, QUESTION, SEGMENT_ANY, SEGMENT_ONE, STAR } from './symbols.ts';
import { hasSymbols, hasTokens, hasVariables } from './symbols.ts';

/** A pattern over texts, in the alphabet of `Symbols`. */
export interface TextPattern {
  readonly units: string;
  /** Letters match in either case. */
  readonly fold: boolean;
  /** The only text it matches; undefined with wildcards or where case does not matter. */
  readonly literal: string | undefined;
  /** What every text it matches begins with. */
  readonly prefix: string;
  /** The same up to the first token or variable: whatever they turn out to be. */
  readonly head: string;
  readonly hasTokens: boolean;
  readonly hasVariables: boolean;
}

const WILDCARD = /[*?\uE000\uE001]/;
const SYMBOL = /[\uE100-\uF8FF]/;

/** @param units a pattern in the alphabet of `Symbols`, segment wildcards included */
export function textPattern(units: string, fold = false): TextPattern {
  const first = units.search(WILDCARD);
  const isLiteral = first === -1 && !fold;
  const prefix = fold ? '' : plain(first === -1 ? units : units.slice(0, first));
  return {
    units,
    fold,
    literal: isLiteral ? plain(units) : undefined,
    prefix,
    head: headOf(prefix),
    hasTokens: hasTokens(units),
    hasVariables: hasVariables(units),
  };
}

/** A text up to its first token or variable. */
export function headOf(text: string): string {
  const symbol = text.search(SYMBOL);
  return symbol === -1 ? text : text.slice(0, symbol);
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
function readsThrough(pattern: TextPattern, text: string, step: Step): boolean {
  let positions = start(pattern);
  for (let index = 0; index < text.length; index++) {
    positions = step(pattern, positions, text.charAt(index));
    if (positions.length === 0) return false;
  }
  return accepts(pattern, positions);
}

/**
 * How the symbols of patterns and texts are read. A token is one text that is not known yet. What a policy variable stands
 * for differs from request to request:
 * - `apart`: something that no pattern names, so that it equals only itself;
 * - `told`: in a text anything; in a pattern only itself, because a text that holds it stands for all that it matches;
 * - `open`: anything.
 */
export type Reading = 'apart' | 'told' | 'open';

/** The pattern with its open symbols as runs: what it may turn out to match. */
export function widened({ units, fold }: TextPattern, reading: Reading): TextPattern {
  // A variable in any case matches more than itself.
  const isOpen = reading === 'open' || (reading === 'told' && fold);
  return textPattern(units.replace(isOpen ? /[\uE100-\uF8FF]/g : /[\uE100-\uEFFF]/g, ANY), fold);
}

/** Where a pattern is after one more character. */
export type Step = (pattern: TextPattern, positions: Positions, character: string) => Positions;

/** Steps over texts whose open symbols may turn out to be any text. */
export const advancePossibly =
  (reading: Reading): Step =>
  (pattern, positions, character) => {
    if (!isToken(character) && (reading === 'apart' || !isVariable(character)))
      return advance(pattern, positions, character);
    const [first = pattern.units.length] = positions;
    return positions.length === 0
      ? positions
      : Array.from({ length: pattern.units.length - first + 1 }, (_, index) => first + index);
  };

/** Whether the pattern matches the text; maybe when that hangs on what a symbol stands for. */
export function matchText(pattern: TextPattern, text: string, reading: Reading = 'apart'): Ternary {
  if (matchesSurely(pattern, text)) return 'yes';
  if (!pattern.hasTokens && !pattern.hasVariables && !hasSymbols(text)) return 'no';
  const read = reading === 'told' && tells(text, pattern) ? 'apart' : reading;
  return readsThrough(widened(pattern, read), text, advancePossibly(read)) ? 'maybe' : 'no';
}

/** Whether the pattern has all variables of the text: then the text says what they stand for. */
const tells = (text: string, { units, fold }: TextPattern): boolean =>
  !fold && variablesIn(text).every((symbol) => units.includes(symbol));

/** The variables of a text, each once, in the order of their symbols. */
export const variablesIn = (text: string): readonly string[] =>
  hasVariables(text) ? [...new Set(text.match(/[\uF000-\uF8FF]/g))].toSorted() : [];
