import type { Excerpt, Location } from '../finding/finding.ts';
import type { Plan } from '../plan/plan.ts';
import type { Json } from '../plan/value.ts';
import { assignments } from './assignments.ts';
import { hiddenLines, mask } from './mask.ts';
import { eachText } from './plan-text.ts';

/** Lines shown around a place, and how many of them at most. */
const AROUND = 2;
const MOST_LINES = 14;
const LONGEST_LINE = 300;

/** Shorter sensitive values (`on`, `80`) stand everywhere; those only count as a whole literal. */
const TELLING = 6;

/** Strings below every place that Terraform marks as sensitive. */
function eachMarked(value: Json | undefined, marks: Json | undefined, visit: (text: string) => void): void {
  if (marks === true) eachText(value, visit);
  if (typeof value !== 'object' || value === null || typeof marks !== 'object' || marks === null) return;
  for (const [key, mark] of Object.entries(marks as Record<string, Json>))
    eachMarked((value as Record<string, Json>)[key], mark, visit);
}

/** What the plan itself calls sensitive, as it can stand in code: each line of each string. */
export function sensitiveTexts(plan: Plan): ReadonlySet<string> {
  const texts = new Set<string>();
  const add = (text: string): void => {
    for (const line of text.split('\n').map((one) => one.trim())) {
      if (line === '') continue;
      const written = JSON.stringify(line).slice(1, -1);
      texts.add(line.length < TELLING ? `"${written}"` : written);
    }
  };
  for (const { before, after, beforeSensitive, afterSensitive } of plan.changes) {
    eachMarked(before, beforeSensitive, add);
    eachMarked(after, afterSensitive, add);
  }
  for (const { before, after, sensitive } of plan.outputs) {
    if (!sensitive) continue;
    eachText(before, add);
    eachText(after, add);
  }
  for (const [name, value] of Object.entries(plan.variables)) {
    if (plan.configuration.root_module?.variables?.[name]?.sensitive) eachText(value, add);
  }
  return texts;
}

/** A file as it is looked at once, however many places are shown of it. */
interface Listing {
  readonly lines: readonly string[];
  readonly hidden: readonly (readonly [first: number, last: number])[];
}

const listingOf = (text: string): Listing => {
  const unix = text.replaceAll('\r\n', '\n');
  return { lines: unix.split('\n'), hidden: hiddenLines(unix) };
};

function excerptIn(
  { lines: all, hidden }: Listing,
  place: Location,
  sensitive: ReadonlySet<string>,
): Excerpt | undefined {
  const isBlank = (line: number): boolean => (all[line - 1] ?? '').trim() === '';
  let [first, last] = [place.startLine, Math.min(place.endLine, place.startLine + MOST_LINES - AROUND - 1)];
  // A blank line ends what belongs together.
  while (first > 1 && place.startLine - first < AROUND && !isBlank(first - 1)) first -= 1;
  while (last < place.endLine + AROUND && last - first + 1 < MOST_LINES && !isBlank(last + 1)) last += 1;
  const lines = all.slice(first - 1, last);
  const shown = lines.join('\n');
  if (shown.trim() === '' || lines.some((line) => line.length > LONGEST_LINE)) return undefined;
  if (hidden.some(([from, to]) => from <= last && to >= first)) return undefined;
  if (mask(shown) !== shown || assignments(shown).length > 0) return undefined;
  for (const secret of sensitive) if (shown.includes(secret)) return undefined;
  return { startLine: first, lines };
}

export type Excerpts = (text: string, place: Location) => Excerpt | undefined;

/**
 * Gives the lines around a place of a file, or nothing when any of them may hold a secret: a known format (looked for in
 * the whole file, since a key has many lines), a value given to a name that says so, or a value that the plan calls
 * sensitive.
 */
export function excerptsOf(sensitive: ReadonlySet<string>): Excerpts {
  const listings = new Map<string, Listing>();
  return (text, place) => {
    const listing = listings.get(text) ?? listingOf(text);
    listings.set(text, listing);
    return excerptIn(listing, place, sensitive);
  };
}
