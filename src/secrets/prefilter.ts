import { FORMATS } from './format.ts';

/** Three characters are one slot of a table: six bits of each but the last, whose upper bits fold into its neighbour. */
const SHIFT = 6;
const SLOTS = 1 << (3 * SHIFT);

/** A URL scheme stands in very many texts, but with a password only where an @ follows. */
const ANYWHERE = 1;
const BEFORE_AT = 2;
const SCHEME = '://';

/** Shorter than the shortest credential of any format: `ab://:abcd@ef`. */
const SHORTEST = 13;

let table: Uint8Array | undefined;
let loose: RegExp | undefined;

const next = (slot: number, code: number): number => ((slot << SHIFT) ^ code) & (SLOTS - 1);

const slotOf = (gram: string): number =>
  Array.from(gram).reduce((slot, character) => next(slot, character.charCodeAt(0)), 0);

function gramTable(): Uint8Array {
  const made = new Uint8Array(SLOTS);
  for (const gram of FORMATS.flatMap((format) => format.grams)) {
    const slot = slotOf(gram);
    made[slot] = gram === SCHEME && made[slot] !== ANYWHERE ? BEFORE_AT : ANYWHERE;
  }
  return made;
}

/** True when three characters in a row of the text may stand in a credential of some format. */
function hasGram(text: string, grams: Uint8Array): boolean {
  let slot = 0;
  for (let index = 0; index < text.length; index++) {
    slot = next(slot, text.charCodeAt(index));
    const found = grams[slot];
    if (found !== 0 && (found === ANYWHERE || text.includes('@', index))) return true;
    if (found === BEFORE_AT) return hasOtherGram(text, grams, index);
  }
  return false;
}

/** Goes on behind the first scheme of a text in which no @ follows. */
function hasOtherGram(text: string, grams: Uint8Array, from: number): boolean {
  let slot = slotOf(text.slice(Math.max(0, from - 2), from + 1));
  for (let index = from + 1; index < text.length; index++) {
    slot = next(slot, text.charCodeAt(index));
    if (grams[slot] === ANYWHERE) return true;
  }
  return false;
}

/**
 * False when no known credential format can stand in the text. It is conservative: true proves nothing. Costs about
 * 1.5 ns a character, so that all strings of a large plan can be asked.
 */
export function mayHoldSecret(text: string): boolean {
  if (text.length < SHORTEST) return false;
  table ??= gramTable();
  if (!hasGram(text, table)) return false;
  loose ??= new RegExp([...new Set(FORMATS.map((format) => format.loose))].join('|'));
  return loose.test(text);
}
