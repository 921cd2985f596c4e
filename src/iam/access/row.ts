import { groupBy } from '../../aws/group-by.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import type { AccessLevel, CatalogueAction } from '../data/catalogue.ts';
import { risksOf } from '../data/risk.ts';
import type { Risk } from '../data/risk.ts';
import type { Region } from '../difference/difference.ts';
import { actionsOf, groupedActions, highestLevel, isIn } from './actions.ts';
import { danger, LEVELS, worstFirst } from './danger.ts';
import { conditionOf, principalsOf, resourcesOf } from './described.ts';
import { witnessOf } from './witness.ts';
import type { Shown, Witness } from './witness.ts';

/** One line of a difference, as a reviewer reads it. */
export interface AccessRow {
  /** The statement that allows it. */
  readonly statement: Statement;
  /** Names, and wildcards where all of them is concerned. */
  readonly actions: readonly string[];
  /** The same, many names as `14 write actions of dynamodb`. */
  readonly summary: readonly string[];
  /** What AWS has of them today. */
  readonly known: readonly CatalogueAction[];
  /** Empty for a trust policy, which has none. */
  readonly resources: readonly string[];
  /** Empty for identity policies. */
  readonly principals: readonly string[];
  readonly condition: string | null;
  readonly witness: Witness;
  /** False when no action of the row takes such a resource, so that no request can use it. */
  readonly isUsable: boolean;
  readonly level: AccessLevel | undefined;
  readonly risks: readonly Risk[];
}

/** Regions of one statement that differ in nothing that is shown but their actions. */
interface Draft {
  readonly region: Region;
  readonly actions: bigint;
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly condition: string | null;
}

/**
 * Regions as rows, broadest and most dangerous first. Regions of one statement that differ in nothing but their actions,
 * or their resources, are one row.
 * @param account the own account, for the ARNs of witnesses
 */
export function accessRows(regions: readonly Region[], account?: string): readonly AccessRow[] {
  const drafts = groupBy(regions.map(toDraft), ({ region, resources, principals, condition }) =>
    keyOf(region.statement, [resources, principals, condition]),
  );
  const rows = [...drafts.values()].map((group) => toRow(group, account));
  const byResources = merged(rows, ({ statement, actions, principals, condition }) =>
    keyOf(statement, [actions, principals, condition]),
  );
  const byCondition = merged(byResources, ({ statement, actions, resources, principals }) =>
    keyOf(statement, [actions, resources, principals]),
  );
  return byCondition.toSorted((a, b) => weight(b) - weight(a));
}

const numbers = new WeakMap<Statement, number>();
let statements = 0;

/** Statements of several documents may have the same index, so each has a number of its own. */
function keyOf(statement: Statement, rest: readonly unknown[]): string {
  const number = numbers.get(statement) ?? statements++;
  numbers.set(statement, number);
  return JSON.stringify([number, ...rest]);
}

const toDraft = (region: Region): Draft => ({
  region,
  actions: region.box[0] ?? 0n,
  resources: resourcesOf(region),
  principals: principalsOf(region),
  condition: conditionOf(region),
});

function toRow(group: readonly Draft[], account: string | undefined): AccessRow {
  const [{ region, resources, principals, condition }] = group as readonly [Draft, ...Draft[]];
  const share = actionsOf(
    region.space,
    group.reduce((side, { actions }) => side | actions, 0n),
  );
  const known = worstFirst(share.actions);
  const { witness, isUsable } = bestWitness(group, known, account);
  return {
    statement: region.statement,
    actions: share.shown,
    summary: groupedActions(share),
    known,
    resources,
    principals,
    condition,
    witness,
    isUsable,
    level: highestLevel(known),
    risks: risksIn(known),
  };
}

/** The most dangerous action that some region of the group can prove. */
function bestWitness(group: readonly Draft[], known: readonly CatalogueAction[], account: string | undefined): Shown {
  const worst = known.slice(0, MOST_WORST);
  const shown = group
    .map(({ region, actions }) => ({
      region,
      own: worst.filter(({ name }) => isIn(region.space.actions, actions, name)),
    }))
    .toSorted((a, b) => dangerOf(b.own) - dangerOf(a.own))
    .slice(0, MOST_TRIED)
    .map(({ region, own }) => witnessOf(region, own, account));
  return shown.find(({ isUsable }) => isUsable) ?? (shown[0] as Shown);
}

const MOST_TRIED = 8;

const dangerOf = ([worst]: readonly CatalogueAction[]): number => (worst ? danger(worst) : -1);

/** As many actions are looked at when one must stand for all. */
const MOST_WORST = 100;

const RISKS: readonly Risk[] = [
  'permissions management',
  'credentials exposure',
  'resource exposure',
  'data exfiltration',
];

function risksIn(actions: readonly CatalogueAction[]): readonly Risk[] {
  const found = new Set<Risk>();
  for (const { name } of actions) {
    for (const risk of risksOf(name)) found.add(risk);
    if (found.size === RISKS.length) break;
  }
  return RISKS.filter((risk) => found.has(risk));
}

/** Usable before not, most dangerous first, then the broadest. */
const weight = ({ isUsable, known, actions, resources, principals, level }: AccessRow): number =>
  (isUsable ? 1e6 : 0) +
  (actions.includes('*') ? 1e5 : 0) +
  (known[0] ? danger(known[0]) * 1e3 : 0) +
  (resources.includes('*') ? 500 : 0) +
  (principals.includes('everyone') ? 500 : 0) +
  (level ? LEVELS.indexOf(level) * 10 : 0) +
  Math.min(known.length, 9);

/** Rows with the same key become one. */
const merged = (rows: readonly AccessRow[], key: (row: AccessRow) => string): readonly AccessRow[] =>
  [...groupBy(rows, key).values()].map((group) => group.reduce(joined));

const both = <T>(a: readonly T[], b: readonly T[]): readonly T[] => [...new Set([...a, ...b])];

function joined(a: AccessRow, b: AccessRow): AccessRow {
  const known = worstFirst([...new Set([...a.known, ...b.known])]);
  const actions = both(a.actions, b.actions);
  const telling = a.isUsable || !b.isUsable ? a : b;
  return {
    ...telling,
    actions,
    summary: groupedActions({ shown: actions, actions: known }),
    known,
    resources: both(a.resources, b.resources),
    condition: a.condition === b.condition ? a.condition : alternatives(a.condition, b.condition),
    level: highestLevel(known),
    risks: risksIn(known),
  };
}

/** Either of two conditions; none is the widest. */
const alternatives = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? null : `${a}, or ${b}`;
