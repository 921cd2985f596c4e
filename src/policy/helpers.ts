import { addressesOf, contains, unionOf } from '../aws/address-set.ts';
import { parseCidr } from '../aws/cidr.ts';
import { isGiven, UnknownRead, View } from './view.ts';
import { globMatches } from '../aws/policy-document/glob.ts';

const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');

const setOf = (value: unknown) =>
  unionOf(
    strings(value)
      .filter((text) => parseCidr(text) !== undefined)
      .map(addressesOf),
  );

/** Whether a map has something under a key; nothing else has anything. */
const gives = (base: unknown, key: unknown): boolean =>
  base instanceof View ? base.gives(String(key)) : base instanceof Map && isGiven(base.get(key) ?? null);

/** The value under a key when it is known; asked only of what is given. */
function known(base: unknown, key: unknown): unknown {
  try {
    return base instanceof Map ? base.get(key) : null;
  } catch (error) {
    if (error instanceof UnknownRead) return null;
    throw error;
  }
}

const isAwsKey = (value: unknown): boolean => typeof value === 'string' && globMatches('*alias/aws/*', value);

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
    meaning: 'true when it is neither null nor empty; what refers to another resource is set, though not known yet',
    run: isGiven,
  },
  {
    signature: 'given(dyn, string): bool',
    meaning: 'what `isSet(x.y)` becomes',
    run: gives,
  },
  {
    signature: 'isOwnKey(dyn): bool',
    meaning: 'true when it names a KMS key that is not one of AWS (`alias/aws/…`)',
    run: (value) => isGiven(value) && !isAwsKey(value),
  },
  {
    signature: 'ownKey(dyn, string): bool',
    meaning: 'what `isOwnKey(x.y)` becomes',
    run: (base, key) => gives(base, key) && !isAwsKey(known(base, key)),
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
