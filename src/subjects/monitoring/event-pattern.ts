import { isList, isObject, isUnknown } from '../../plan/value.ts';
import type { Unknown, Value } from '../../plan/value.ts';

/**
 * Fields of an event that a pattern matched and that another one does not match any more, e.g. `source aws.guardduty`;
 * Unknown when one of the two cannot be read. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function lostMatches(old: Value, now: Value): readonly string[] | Unknown {
  if (isUnknown(now)) return now;
  if (isUnknown(old)) return old;
  if (!isObject(old) || !isObject(now)) return [];
  return lostIn(old, now, '');
}

type Block = { readonly [key: string]: Value };

function lostIn(old: Block, now: Block, path: string): string[] {
  return Object.entries(now).flatMap(([key, after]) => {
    const [before, here] = [old[key], path === '' ? key : `${path}.${key}`];
    if (before === undefined) return [`events whatever their ${here}`];
    if (isObject(before) && isObject(after)) return lostIn(before, after, here);
    if (!isList(before) || !isList(after)) return [];
    if (after.some(isUnknown)) return [];
    return before.filter((one) => !after.some((other) => matchesAll(other, one))).map((one) => `${here} ${words(one)}`);
  });
}

function words(value: Value): string {
  if (typeof value === 'string') return value;
  const numbers = isObject(value) ? value['numeric'] : undefined;
  return isList(numbers)
    ? numbers.map((one) => JSON.stringify(one).replaceAll('"', '')).join(' ')
    : JSON.stringify(value);
}

/** True when everything that `inner` matches is matched by `outer`; both are single elements of a pattern's list. */
function matchesAll(outer: Value, inner: Value): boolean {
  if (JSON.stringify(outer) === JSON.stringify(inner)) return true;
  if (!isObject(outer)) return false;
  const prefix = outer['prefix'];
  if (typeof prefix === 'string') return textOf(inner)?.startsWith(prefix) === true;
  const [wide, narrow] = [rangeOf(outer), typeof inner === 'number' ? ([inner, inner] as const) : rangeOf(inner)];
  return wide !== undefined && narrow !== undefined && wide[0] <= narrow[0] && narrow[1] <= wide[1];
}

function textOf(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  const prefix = isObject(value) ? value['prefix'] : undefined;
  return typeof prefix === 'string' ? prefix : undefined;
}

/** The smallest step between two severities, scores or counts that anybody writes. */
const STEP = 1e-9;

/** The numbers that `{"numeric": [">=", 4, "<", 9]}` matches, both ends included. */
function rangeOf(value: Value): readonly [number, number] | undefined {
  const list = isObject(value) ? value['numeric'] : undefined;
  if (!isList(list)) return undefined;
  let [low, high] = [-Infinity, Infinity];
  for (let at = 0; at + 1 < list.length; at += 2) {
    const [sign, bound] = [list[at], list[at + 1]];
    if (typeof bound !== 'number') return undefined;
    if (sign === '>' || sign === '>=' || sign === '=') low = Math.max(low, sign === '>' ? bound + STEP : bound);
    if (sign === '<' || sign === '<=' || sign === '=') high = Math.min(high, sign === '<' ? bound - STEP : bound);
  }
  return [low, high];
}
