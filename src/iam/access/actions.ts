import { groupBy } from '../../aws/group-by.ts';
import { describePattern } from '../../aws/policy-document/describe.ts';
import type { Pattern, Statement } from '../../aws/policy-document/statement.ts';
import { actionsOfService, catalogueAction, services } from '../data/catalogue.ts';
import type { AccessLevel, CatalogueAction } from '../data/catalogue.ts';
import { atomsIn } from '../difference/space.ts';
import type { Space, TextAxis } from '../difference/space.ts';
import { LEVELS, worstFirst } from './danger.ts';
import { matchesSurely, textPattern } from '../match/text-pattern.ts';
import type { TextPattern } from '../match/text-pattern.ts';

/** The actions of a region as people know them. */
export interface ActionShare {
  /** Patterns that are gained as a whole, as they were written, and the names of what is gained of the others. */
  readonly shown: readonly string[];
  /** The actions that AWS has today. */
  readonly actions: readonly CatalogueAction[];
}

/** Which actions are concerned, of those that a statement speaks about. Wildcards stay wildcards where all of them is: AWS adds actions to them. */
export function actionsOf(space: Space, side: bigint): ActionShare {
  const { actions: axis } = space;
  const { statement } = space.tests[0];
  const held = new Set(atomsIn(axis, side));
  const shares = axis.universe.map((pattern, index): ActionShare => {
    const own = axis.atoms.filter(({ origins, answers }) => origins.includes(index) && answers[0] !== 'no');
    const concerned = own.filter((atom) => held.has(atom));
    if (concerned.length === 0) return NOTHING;
    const all = today(pattern, statement);
    if (concerned.length === own.length) return { shown: [written(statement, pattern, index)], actions: all };
    if (all.length > MOST_ACTIONS) return mostOf(all, axis, side, written(statement, pattern, index));
    const known = all.filter(({ name }) => isIn(axis, side, name));
    return { shown: partly(pattern, statement, index, known), actions: known };
  });
  const [only] = shares;
  if (only && shares.length === 1) return only;
  return {
    shown: [...new Set(shares.flatMap(({ shown }) => shown))],
    actions: [...new Map(shares.flatMap(({ actions }) => actions).map((action) => [action.name, action])).values()],
  };
}

/** More actions than any service has: a wildcard over services, of which nobody reads what is left name by name. */
const MOST_ACTIONS = 1_500;
const MOST_LOOKED_AT = 300;

/** Most of AWS, less what was allowed before: told by its pattern, and by the most dangerous actions that are in it. */
const mostOf = (all: readonly CatalogueAction[], axis: TextAxis, side: bigint, pattern: string): ActionShare => ({
  shown: [pattern],
  actions: worstFirst(all)
    .slice(0, MOST_LOOKED_AT)
    .filter(({ name }) => isIn(axis, side, name)),
});

/** Whether an action lies in a side of the axis. */
export function isIn(axis: TextAxis, side: bigint, name: string): boolean {
  const at = axis.find(name.toLowerCase());
  return at >= 0 && ((side >> BigInt(at)) & 1n) === 1n;
}

const NOTHING: ActionShare = { shown: [], actions: [] };

/** What is left of a wildcard: the actions of today, or those that AWS will add to it. */
function partly(
  pattern: TextPattern,
  statement: Statement,
  index: number,
  known: readonly CatalogueAction[],
): readonly string[] {
  if (known.length > 0) return known.map(({ name }) => name);
  return [`future actions of ${written(statement, pattern, index)}`];
}

/** A pattern as its author wrote it, an action in AWS's own case. */
function written({ actions }: Statement, pattern: TextPattern, index: number): string {
  if (actions.kind === 'except') return `everything except ${actions.patterns.map((item) => inCase(item)).join(', ')}`;
  return inCase(actions.written?.[index] ?? actions.patterns[index] ?? pattern.units);
}

const inCase = (pattern: Pattern): string => {
  const text = describePattern(pattern);
  return /[*?]/.test(text) ? text : (catalogueAction(text)?.name ?? text);
};

const byWildcard = new Map<string, readonly CatalogueAction[]>();

/** The actions of today that a pattern of a statement stands for. Wildcards are looked up once: `*` means 22,000 actions. */
function today(pattern: TextPattern, { actions }: Statement): readonly CatalogueAction[] {
  if (pattern.literal !== undefined) {
    const action = catalogueAction(pattern.literal);
    return action ? [action] : [];
  }
  const excluded = actions.kind === 'except' ? actions.patterns.filter((item) => typeof item === 'string') : [];
  const key = [pattern.units, ...excluded].join('\n');
  const found =
    byWildcard.get(key) ??
    matching(
      pattern,
      excluded.map((item) => textPattern(item)),
    );
  byWildcard.set(key, found);
  return found;
}

function matching(pattern: TextPattern, excluded: readonly TextPattern[]): readonly CatalogueAction[] {
  const colon = pattern.prefix.indexOf(':');
  const prefixes = colon === -1 ? services() : [pattern.prefix.slice(0, colon)];
  return prefixes.flatMap((prefix) =>
    actionsOfService(prefix).filter(({ name }) => {
      const text = name.toLowerCase();
      return matchesSurely(pattern, text) && !excluded.some((other) => matchesSurely(other, text));
    }),
  );
}

/** The most dangerous level among actions; undefined when AWS knows none of them. */
export function highestLevel(actions: readonly CatalogueAction[]): AccessLevel | undefined {
  const found = new Set(actions.map(({ level }) => level));
  return LEVELS.findLast((level) => found.has(level));
}

const MOST_NAMES = 6;
const MOST_GROUPS = 5;

/**
 * Actions for a reader: a few by name, more as `14 write actions of dynamodb`, many as `97 actions of s3`, and most of AWS
 * as a number.
 */
export function groupedActions({ shown, actions }: ActionShare): readonly string[] {
  if (shown.length <= MOST_NAMES) return shown;
  const names = new Map(actions.map((action) => [action.name, action]));
  const known = shown.flatMap((text) => names.get(text) ?? []);
  const alone = shown.filter((text) => !names.has(text));
  const byLevel = counted(known, ({ name, level }) => [`${level.toLowerCase()} `, serviceOf(name)]);
  if (alone.length + byLevel.length <= MOST_GROUPS) return [...alone, ...byLevel];
  const byService = counted(known, ({ name }) => ['', serviceOf(name)]);
  if (alone.length + byService.length <= MOST_GROUPS) return [...alone, ...byService];
  return [...alone, `${known.length} actions of ${byService.length} services`];
}

const serviceOf = (name: string): string => name.split(':')[0] ?? '';

/** `14 write actions of dynamodb`, by level and service. */
const counted = (
  actions: readonly CatalogueAction[],
  groupOf: (action: CatalogueAction) => readonly [level: string, service: string],
): readonly string[] =>
  [...groupBy(actions, (action) => groupOf(action).join('\n'))].map(([key, { length }]) => {
    const [level = '', service = ''] = key.split('\n');
    return `${length} ${level}action${length === 1 ? '' : 's'} of ${service}`;
  });
