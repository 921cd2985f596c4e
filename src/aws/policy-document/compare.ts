import { isUnknown, Unknown } from '../../plan/value.ts';
import { conditionsImply } from './condition-implies.ts';
import { coveredBy, pieces, scopeCovers, uncovered } from './cover.ts';
import type { Ternary } from './ternary.ts';
import type { Condition, Document, Statement } from './statement.ts';

/** Pieces of statements: what is not covered on the other side. `statement` is the one a piece was cut from. */
export interface Part {
  readonly statement: Statement;
  /** The pieces of it that are left, each of one action, resource and principal. */
  readonly pieces: readonly Statement[];
}

/** A condition of a before-Allow that no longer limits what it limited. */
export interface LostCondition {
  readonly before: Statement;
  readonly after: Statement;
  readonly condition: Condition;
}

/** What differs between two documents. `mayGain` and `mayLose` say why it may differ more than the rest tells. */
export interface Difference {
  /** Allowed after and not before, other than by a lost condition. */
  readonly added: readonly Part[];
  /** Allowed before and not after. */
  readonly removed: readonly Part[];
  readonly lostDenies: readonly Part[];
  readonly lostConditions: readonly LostCondition[];
  readonly mayGain: readonly Unknown[];
  readonly mayLose: readonly Unknown[];
}

/**
 * Compares what two documents (or the sums of several) mean, not how they are written. Sound: when nothing is added,
 * lost or undetermined, no request is allowed after that was not allowed before.
 */
export function compareDocuments(before: Document, after: Document): Difference {
  const gained = gains(before, after);
  const lost = gains(after, before);
  // What cannot be read may hold every Deny that seems to be gone: `mayLose` says so.
  const denies = after.unread.length > 0 ? NOTHING_LEFT : leftOver(deniesOf(before), deniesOf(after), []);
  const conditions = lostConditions(before, after, gained.parts);
  const unread = unreadable(before, after);
  return {
    added: withoutLoosened(gained.parts, conditions, allowsOf(before)),
    removed: lost.parts,
    lostDenies: denies.parts,
    lostConditions: conditions,
    mayGain: unique([...gained.unknown, ...denies.unknown, ...unread]),
    mayLose: unique([...denies.unknown, ...(hasGuardrails(before) ? [...gained.unknown, ...unread] : [])]),
  };
}

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

/** True when there is a Deny or a condition that could be lost, or statements that may hold one. */
const hasGuardrails = (document: Document): boolean =>
  document.unread.length > 0 ||
  document.statements.some(
    ({ effect, conditions }) => effect === 'Deny' || isUnknown(conditions) || conditions.length > 0,
  );

interface Left {
  readonly parts: readonly Part[];
  readonly unknown: readonly Unknown[];
}

const NOTHING_LEFT: Left = { parts: [], unknown: [] };

/** What `after` allows and `before` does not; what `after` itself denies is not allowed. */
const gains = (before: Document, after: Document): Left => leftOver(allowsOf(after), allowsOf(before), deniesOf(after));

function leftOver(all: readonly Statement[], covering: readonly Statement[], cancelling: readonly Statement[]): Left {
  const unknown: Unknown[] = [];
  const same = new Set(covering.map(keyOf));
  const statements = all.filter((statement) => keyOf(statement) === null || !same.has(keyOf(statement)));
  const ask = (piece: Statement): Ternary => {
    const covered = coveredBy(covering, piece);
    return covered === 'yes' || cancelling.length === 0 || coveredBy(cancelling, piece) !== 'yes' ? covered : 'yes';
  };
  const parts = statements.flatMap((statement): Part[] => {
    const open = uncovered(statement, ask);
    unknown.push(...open.filter(({ answer }) => answer === 'maybe').map(({ piece }) => reason(piece, covering)));
    const left = open.filter(({ answer }) => answer === 'no').map(({ piece }) => piece);
    return left.length === 0 ? [] : [{ statement, pieces: left }];
  });
  return { parts, unknown };
}

const keys = new WeakMap<Statement, string | null>();

/** Equal for statements that are written alike but for their Sid; null when a part is not known. */
export function keyOf(statement: Statement): string | null {
  const found = keys.get(statement);
  if (found !== undefined) return found;
  const { principals, actions, resources, conditions } = statement;
  const text = JSON.stringify([
    principals,
    actions.kind,
    actions.patterns,
    resources.kind,
    resources.patterns,
    conditions,
  ]);
  const key = unknownIn(statement) || text.includes('⟨unknown:') ? null : text;
  keys.set(statement, key);
  return key;
}

export const allowsOf = (document: Document): readonly Statement[] => ofEffect(document, 'Allow');
export const deniesOf = (document: Document): readonly Statement[] => ofEffect(document, 'Deny');

const ofEffect = (document: Document, effect: Statement['effect']): readonly Statement[] =>
  document.statements.filter((statement) => statement.effect === effect);

/** Statements nothing is known of, and variables that are text on one side only. */
function unreadable(before: Document, after: Document): readonly Unknown[] {
  const mixed =
    before.variables !== after.variables &&
    [before, after].every((side) => side.statements.length > 0 && usesVariables(side));
  const version = mixed ? [new Unknown('the policy version decides whether ${…} is a variable, and it changes')] : [];
  return [...before.unread, ...after.unread, ...version];
}

const usesVariables = (document: Document): boolean => JSON.stringify(document.statements).includes('${');

/** The first unknown thing in a piece or in what could cover it. */
function reason(piece: Statement, others: readonly Statement[]): Unknown {
  for (const statement of [piece, ...others]) {
    const found = unknownIn(statement);
    if (found) return found;
  }
  return new Unknown('a part of the policy is known only after apply');
}

function unknownIn(statement: Statement): Unknown | undefined {
  if (isUnknown(statement.conditions)) return statement.conditions;
  const entries = statement.principals.kind === 'holder' ? [] : statement.principals.entries;
  const principal = entries.find((entry) => entry.kind === 'unknown');
  if (principal?.kind === 'unknown') return principal.unknown;
  const values = statement.conditions.flatMap((condition) => condition.values);
  return [...statement.actions.patterns, ...statement.resources.patterns, ...values].find(isUnknown);
}

/**
 * Conditions of before-Allows that went away: something that is gained stands where a before-Allow stood, and differs
 * from it only in being less limited.
 */
function lostConditions(before: Document, after: Document, gained: readonly Part[]): readonly LostCondition[] {
  const loosened = new Set(gained.map((part) => part.statement));
  const candidates = allowsOf(after).filter((statement) => loosened.has(statement));
  return allowsOf(before).flatMap((old) => {
    if (isUnknown(old.conditions) || old.conditions.length === 0) return [];
    const found = candidates.find((statement) => loosens(old, statement, allowsOf(before)));
    if (!found) return [];
    return missing(old.conditions, found).map((condition) => ({ before: old, after: found, condition }));
  });
}

/** True when `statement` grants a piece of `old` under weaker conditions than anything granted it before. */
const loosens = (old: Statement, statement: Statement, before: readonly Statement[]): boolean =>
  pieces(old).some((piece) => {
    if (pieces(statement).every((other) => scopeCovers(other, piece) !== 'yes')) return false;
    return (
      conditionsImply(statement.conditions, old.conditions) === 'no' &&
      coveredBy(before, { ...piece, conditions: statement.conditions }) === 'no'
    );
  });

const missing = (conditions: readonly Condition[], after: Statement): readonly Condition[] =>
  conditions.filter((condition) => conditionsImply(after.conditions, [condition]) === 'no');

/** Gained pieces that a lost condition explains already: the same scope was allowed before, under that condition. */
function withoutLoosened(
  gained: readonly Part[],
  lost: readonly LostCondition[],
  before: readonly Statement[],
): readonly Part[] {
  const loosened = new Set(lost.map((item) => item.before));
  const old = before.filter((statement) => loosened.has(statement));
  return gained.flatMap((part) => {
    const left = part.pieces.filter((piece) => old.every((statement) => scopeCovers(statement, piece) !== 'yes'));
    return left.length === 0 ? [] : [{ ...part, pieces: left }];
  });
}
