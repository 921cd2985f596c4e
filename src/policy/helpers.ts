import { addressesOf, contains, unionOf } from '../aws/address-set.ts';
import { parseCidr } from '../aws/cidr.ts';
import { globMatches } from '../aws/policy-document/glob.ts';

const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');

const setOf = (value: unknown) =>
  unionOf(
    strings(value)
      .filter((text) => parseCidr(text) !== undefined)
      .map(addressesOf),
  );

/** A function that every expression may call. Null is absent: it is in nothing and holds nothing. */
interface Helper {
  readonly signature: string;
  /** For the documentation. */
  readonly meaning: string;
  readonly run: (...args: unknown[]) => unknown;
}

/** What CEL itself lacks, beside what `withNullAsAbsent` needs. */
export const HELPERS: readonly Helper[] = [
  {
    signature: 'isSet(dyn): bool',
    meaning: 'true when it is not null',
    run: (value) => value !== null,
  },
  {
    signature: 'items(dyn): dyn',
    meaning: 'the list, or the empty list for null',
    run: (value) => value ?? [],
  },
  {
    signature: 'size(null): int',
    meaning: 'the size of what is absent is 0',
    run: () => 0n,
  },
  {
    signature: 'glob(dyn, dyn): bool',
    meaning: 'true when the text matches one of the patterns (`*`, `?`), or, for a list, when one of its texts does',
    run: (value, patterns) =>
      strings(value).some((text) => strings(patterns).some((pattern) => globMatches(pattern, text))),
  },
  {
    signature: 'coversWorld(dyn): bool',
    meaning: 'true when the CIDR blocks together are the whole internet, or at least a quarter of it',
    run: (blocks) => setOf(blocks).isWorld() === true,
  },
  {
    signature: 'within(dyn, dyn): bool',
    meaning: 'true when every address of the first CIDR blocks is in the second ones',
    run: (inner, outer) => contains(setOf(outer), setOf(inner)),
  },
  {
    signature: 'number(dyn): dyn',
    meaning: 'the number that a text holds (`"365"`), a number as it is, null for anything else',
    run: (value) => {
      if (typeof value !== 'string') return typeof value === 'bigint' || typeof value === 'number' ? value : null;
      return /^-?\d{1,15}$/.test(value) ? BigInt(value) : null;
    },
  },
  {
    signature: 'lower(dyn): dyn',
    meaning: 'the text in lower case, null for anything else',
    run: (value) => (typeof value === 'string' ? value.toLowerCase() : null),
  },
];
