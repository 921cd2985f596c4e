import { globMatches } from '../../aws/policy-document/glob.ts';
import { EMPTY_DOCUMENT } from '../../aws/policy-document/statement.ts';
import { wildcardActions } from '../../aws/policy-document/wildcard.ts';
import { CAPABILITIES } from '../../iam/capability/capability.ts';
import type { Capability } from '../../iam/capability/capability.ts';
import { holdingsOf } from '../../iam/capability/holdings.ts';
import type { Grant, Holding, Holdings, Scope } from '../../iam/capability/holdings.ts';
import type { CatalogueAction } from '../../iam/data/catalogue.ts';
import { isAdministrator } from './administrator.ts';
import type { Holder } from './holder.ts';
import { standingOf } from './standing.ts';

/** A part of what a holder may do that is the same on all of it: held on both sides, on one of them, or not known. */
export interface Part {
  readonly capability: Capability;
  readonly name: 'kept' | 'new' | 'gone';
  /** Undefined where the holder is not there. */
  readonly before: Holding | undefined;
  readonly after: Holding | undefined;
}

/**
 * What the policies of the team's own allow on resources that nobody named. AWS's policies do not count: there is nothing
 * in them to narrow, and attaching one has a policy of its own.
 */
function ownHoldings(holder: Holder, scope: Scope): Holdings {
  const { side, sourceOf } = standingOf(holder);
  const [policies = [], ...limits] = side.layers;
  const own = policies.filter((statement) => sourceOf.get(statement)?.managed === undefined);
  return holdingsOf({ ...side, layers: [own, ...limits] }, scope);
}

const hasManaged = (holder: Holder): boolean =>
  standingOf(holder).policies.some(({ managed }) => managed !== undefined);

/** The same with AWS's policies, of some actions. */
const allHoldings = (holder: Holder, scope: Scope): Holdings => holdingsOf(standingOf(holder).side, scope);

const namesIn = (holdings: Holdings | undefined): ReadonlySet<string> =>
  new Set(CAPABILITIES.flatMap((capability) => actionsOf(holdings?.[capability]).map(({ name }) => name)));

const actionsOf = (holding: Holding | undefined): readonly CatalogueAction[] =>
  (holding?.grants ?? []).flatMap(({ actions }) => actions);

/** The part of the grants that some actions make up. */
const grantsOf = (holding: Holding | undefined, counts: (name: string) => boolean): readonly Grant[] =>
  (holding?.grants ?? []).flatMap((grant) => {
    const actions = grant.actions.filter(({ name }) => counts(name));
    return actions.length === 0 ? [] : [{ ...grant, actions }];
  });

/** What one holder may do on both sides, and what an administrator need not be told. */
interface Compared {
  readonly current: Holdings | undefined;
  /** What of it was allowed before, by whatever policy. */
  readonly covered: Holdings | undefined;
  /** Undefined for an administrator too: that he was one says what he no longer may. */
  readonly former: Holdings | undefined;
  /** Names of actions that the holder has after the plan, of those that it had. */
  readonly still: ReadonlySet<string>;
}

function compare(old: Holder | undefined, now: Holder | undefined, account: string | undefined): Compared {
  const [then, after] = [old && standingOf(old).side, now && standingOf(now).side];
  const current = now && ownHoldings(now, { account, other: then });
  const names = namesIn(current);
  if (old && now && !old.touched && !now.touched) return { current, covered: current, former: current, still: names };
  const former = old && !isAdministrator(old) ? ownHoldings(old, { account, other: after }) : undefined;
  const covered =
    old && (former && !hasManaged(old) ? former : allHoldings(old, { account, other: after, among: names }));
  const all = now && hasManaged(now) ? allHoldings(now, { account, other: then, among: namesIn(former) }) : undefined;
  return { current, covered, former, still: new Set([...names, ...namesIn(all)]) };
}

/** A holder on both sides, cut into what lasts, what is new and what is gone, for each capability. */
export function partsOf(
  old: Holder | undefined,
  now: Holder | undefined,
  account: string | undefined,
): readonly Part[] {
  // That somebody is an administrator says it all.
  if (now && isAdministrator(now)) return [];
  const { current, covered, former, still } = compare(old, now, account);
  const [had, has] = [namesIn(covered), namesIn(current)];
  return CAPABILITIES.flatMap((capability) => {
    const [holding, lost] = [current?.[capability], former?.[capability]];
    const told = toldAsWildcard(holding, now);
    const toldBefore = toldAsWildcard(lost, old);
    const lasts = (name: string): boolean => had.has(name) && has.has(name) && !told.has(name);
    const parts: readonly Part[] = [
      {
        capability,
        name: 'kept',
        before: old && { grants: grantsOf(covered?.[capability], lasts), doubt: undefined },
        after: now && { grants: grantsOf(holding, lasts), doubt: undefined },
      },
      {
        capability,
        name: 'new',
        before: old && { grants: [], doubt: covered?.[capability].doubt },
        after: now && { grants: grantsOf(holding, (name) => !had.has(name)), doubt: undefined },
      },
      {
        capability,
        name: 'gone',
        before: old && {
          grants: grantsOf(lost, (name) => !still.has(name) && !toldBefore.has(name)),
          doubt: lost?.doubt,
        },
        after: now && { grants: [], doubt: holding?.doubt },
      },
    ];
    return parts.filter(isTelling);
  });
}

const isTelling = ({ before, after }: Part): boolean =>
  [before, after].some((side) => side !== undefined && side.grants.length > 0) || after?.doubt !== undefined;

/**
 * Names of the actions that a wildcard brings which is told by itself, as all actions of a service: that it stays or goes
 * is told there. Those of people's permission sets are not.
 */
function toldAsWildcard(holding: Holding | undefined, holder: Holder | undefined): ReadonlySet<string> {
  if (holder?.kind === 'permission set') return NONE;
  return new Set(
    (holding?.grants ?? []).flatMap(({ statement, actions }) => {
      const wildcards = wildcardActions({ ...EMPTY_DOCUMENT, statements: [statement] });
      if (wildcards.length === 0) return [];
      return actions
        .map(({ name }) => name)
        .filter((name) => wildcards.some((wildcard) => globMatches(wildcard, name.toLowerCase())));
    }),
  );
}

const NONE: ReadonlySet<string> = new Set();
