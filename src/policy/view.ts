import { isUnknown, Unknown } from '../plan/value.ts';
import type { Fact, FactValue, Facts } from '../subjects/subject.ts';

/** Path of a fact below the subject's `object`. */
export type Path = readonly (string | number)[];

/**
 * Thrown when an expression reads what is not known before apply. CEL's `&&`, `||`, `exists` and `all` absorb errors
 * whose outcome does not matter, which is exactly three-valued logic; what is left reaches `evaluate`.
 */
export class UnknownRead extends Error {
  readonly unknown: Unknown;

  constructor(unknown: Unknown, path: Path) {
    super();
    this.unknown = new Unknown(
      path.length
        ? `\`${path.join('.')}\`${unknown.because.startsWith('it ') ? unknown.because.slice(2) : `: ${unknown.because}`}`
        : unknown.because,
      unknown.references,
      unknown.isElsewhere,
    );
  }
}

/** Thrown when an expression whose result is displayed reads something that must not be shown. */
export class HiddenRead extends Error {}

/** A typed fact inside CEL: each fact name has its own subclass, because cel-js knows types by constructor. */
export class Holder {
  readonly value: FactValue;
  readonly path: Path;

  constructor(value: FactValue, path: Path) {
    this.value = value;
    this.path = path;
  }
}

export type HolderClass = new (value: FactValue, path: Path) => Holder;

/** How facts are read. */
export interface Reading {
  readonly holders: ReadonlyMap<string, HolderClass>;
  /** Keep unknown elements where they stand, because the expression reads elements by index. */
  readonly ordered: boolean;
  readonly hides: ((path: Path) => boolean) | undefined;
}

/** The plain lists behind wrapped ones that are known and may be shown. */
const rawLists = new WeakMap<object, readonly unknown[]>();

/** Plan data cannot pass for a typed fact: JSON has no functions. */
export const isFactValue = (value: unknown): value is FactValue =>
  typeof value === 'object' &&
  value !== null &&
  'fact' in value &&
  typeof value.toString === 'function' &&
  value.toString !== Object.prototype.toString;

const isFacts = (value: Fact): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value) && !isFactValue(value);

/** CEL's integers are BigInt, and its literals are integers, so whole numbers arrive as integers too. */
const toNumber = (value: number): number | bigint => (Number.isSafeInteger(value) ? BigInt(value) : value);

/** Null, empty text and empty lists are what the provider writes where nobody set anything (semantics 0.7). */
export const isGiven = (value: unknown): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/**
 * One value as CEL reads it: null stays null (absent), whole numbers become integers, a typed fact becomes its holder.
 * Throws UnknownRead for a value that is not known.
 */
export function wrap(value: Fact | undefined, reading: Reading, path: Path): unknown {
  if (typeof value === 'number') return toNumber(value);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (isUnknown(value)) throw new UnknownRead(value, path);
  if (Array.isArray(value)) return wrapList(value, reading, path);
  if (isFactValue(value)) return wrapFact(value, reading, path);
  return isFacts(value) ? new View(value, reading, path) : null;
}

function wrapFact(value: FactValue, reading: Reading, path: Path): unknown {
  const HolderOf = reading.holders.get(value.fact);
  return HolderOf ? new HolderOf(value, path) : value.toString();
}

/**
 * A list whose unknown elements throw when they are read. They are put last, so that `exists` and `in` see everything
 * that is known first: `["0.0.0.0/0", unknown].exists(c, c == "0.0.0.0/0")` is true in whatever order.
 */
function wrapList(list: readonly Fact[], reading: Reading, path: Path): unknown[] {
  const wrapped: unknown[] = [];
  for (const index of readingOrder(list, reading)) {
    const item = list[index];
    const at = [...path, index];
    if (reading.hides?.(at)) guard(wrapped, hidden);
    else if (isUnknown(item)) guard(wrapped, () => wrap(item, reading, at));
    else wrapped.push(wrap(item, reading, at));
  }
  if (!reading.hides && !list.some(isUnknown)) rawLists.set(wrapped, list);
  return wrapped;
}

function readingOrder(list: readonly Fact[], { ordered }: Reading): number[] {
  const places = list.map((_, index) => index);
  if (ordered || !list.some(isUnknown)) return places;
  return [...places.filter((index) => !isUnknown(list[index])), ...places.filter((index) => isUnknown(list[index]))];
}

/** Appends an element that runs `get` when it is read. */
const guard = (list: unknown[], get: () => unknown): unknown =>
  Object.defineProperty(list, list.length, { get, enumerable: true });

function hidden(): never {
  throw new HiddenRead();
}

/** A value that CEL hands to a method of a typed fact, as plain numbers, strings and arrays. */
export function unwrap(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Holder) return value.value;
  return Array.isArray(value) ? (rawLists.get(value) ?? value.map(unwrap)) : value;
}

/**
 * An object as CEL reads it: a map whose entries are made when they are read, so that a judgement costs what it looks
 * at. Absent entries are null. It names Map as its constructor because cel-js recognises maps by it.
 */
export class View extends Map<string, unknown> {
  #facts: Facts;
  #made: { [key: string]: unknown } | undefined;
  readonly #reading: Reading;
  readonly #path: Path;

  constructor(facts: Facts, reading: Reading, path: Path = []) {
    super();
    this.#facts = facts;
    this.#reading = reading;
    this.#path = path;
  }

  override get(key: string): unknown {
    const value = Object.hasOwn(this.#facts, key) ? this.#facts[key] : null;
    if (this.#reading.hides?.([...this.#path, key])) hidden();
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
    const known = this.#made?.[key];
    if (known !== undefined) return known;
    const made = wrap(value, this.#reading, [...this.#path, key]);
    this.#made ??= Object.create(null) as { [key: string]: unknown };
    this.#made[key] = made;
    return made;
  }

  /**
   * True when something is given under a key: neither null nor empty. What refers to another resource is given, though
   * its value is not known before apply.
   */
  gives(key: string): boolean {
    const value = Object.hasOwn(this.#facts, key) ? this.#facts[key] : null;
    if (isUnknown(value) && value.references.length > 0) return true;
    return isGiven(this.get(key));
  }

  /** Makes this the view of other facts: judging many subjects needs one view. */
  show(facts: Facts): void {
    this.#facts = facts;
    this.#made = undefined;
  }

  override has(key: string): boolean {
    return Object.hasOwn(this.#facts, key);
  }

  override get size(): number {
    return Object.keys(this.#facts).length;
  }

  override keys(): MapIterator<string> {
    return Object.keys(this.#facts)[Symbol.iterator]();
  }

  /** Empty on purpose: cel-js looks at the first entry of every operand for its type, which would read it. */
  override entries(): MapIterator<[string, unknown]> {
    const none: [string, unknown][] = [];
    return none[Symbol.iterator]();
  }

  override *[Symbol.iterator](): MapIterator<[string, unknown]> {
    for (const key of this.keys()) yield [key, this.get(key)];
  }
}

Object.defineProperty(View.prototype, 'constructor', { value: Map });
