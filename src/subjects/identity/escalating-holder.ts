import type { Actor, Estate } from '../../iam/escalation/actor.ts';
import { bySeverity } from '../../iam/escalation/completed.ts';
import { escalationsOf } from '../../iam/escalation/escalations.ts';
import type { Escalations } from '../../iam/escalation/escalations.ts';
import { familiesOf } from '../../iam/escalation/families.ts';
import type { Family } from '../../iam/escalation/families.ts';
import { missingSteps } from '../../iam/escalation/missing.ts';
import { powersOf } from '../../iam/escalation/powers.ts';
import { gateOf } from '../../iam/escalation/trust.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Worlds } from '../../world/world.ts';
import type { BuildOptions } from '../subject.ts';
import { administrationOf } from './administrator.ts';
import { castsOf, newlyUnseen } from './estate.ts';
import type { Cast, Casts } from './estate.ts';
import type { Holder } from './holder.ts';
import { holdersOf } from './holders.ts';
import { changed } from './principal.ts';

/** Somebody on both sides of the plan, with the paths that he completes on either. */
export interface Escalating {
  readonly before: Holder | undefined;
  readonly after: Holder | undefined;
  readonly families: readonly EscalatingFamily[];
  /** Why he may complete more than that after the plan; undefined when he does not. */
  readonly doubt: Unknown | undefined;
}

export interface EscalatingFamily extends Family {
  /** Whether he completes it after the plan. */
  readonly possible: boolean | Unknown;
  /** What kept him from it before, when it is new. */
  readonly missing: readonly string[];
}

/** Everybody whom a review asks. Of administrators there is nothing to say that is not said of them already. */
export function escalatingHolders(worlds: Worlds, options: BuildOptions): readonly Escalating[] {
  const { before, after } = holdersOf(worlds);
  const casts = castsOf(worlds, options);
  const touched = new Set([...changed(after, options, before), ...changed(before, options, after)].map(({ id }) => id));
  const ids = new Set([...touched, ...newlyTrusted(casts, touched)]);
  return [...ids].flatMap((id): readonly Escalating[] => {
    const [then, now] = [before.get(id), after.get(id)];
    const last = now ?? then;
    if (!last || isAdmin(last)) return [];
    const one = { id, before: then, after: now };
    return [touched.has(id) ? escalating(one, worlds, casts) : whatDiffers(escalating(one, worlds, casts))];
  });
}

const isAdmin = (holder: Holder): boolean => administrationOf(holder).admin === true;

interface Both {
  readonly id: string;
  readonly before: Holder | undefined;
  readonly after: Holder | undefined;
}

const NOTHING: Escalations = { completed: [], doubtful: [], unread: [] };

function escalationsIn({ estate, actors }: Cast, id: string): Escalations {
  const actor = actors.get(id);
  return actor ? escalationsOf(estate, actor) : NOTHING;
}

function escalating(one: Both, worlds: Worlds, casts: Casts): Escalating {
  const now = escalationsIn(casts.after, one.id);
  // Who was an administrator could go every path.
  const wasAdmin = one.before !== undefined && isAdmin(one.before);
  const then = wasAdmin ? now : escalationsIn(casts.before, one.id);
  const unread = [...now.unread, ...newlyUnseen(one.id, worlds)];
  const families = familiesOf(then.completed, now.completed)
    .toSorted((a, b) => bySeverity(gravityOf(a), gravityOf(b)))
    .map((family) => ({ ...family, possible: possible(family, now, unread), missing: missing(family, one.id, casts) }));
  const open = now.doubtful.find(({ path }) => then.completed.every((done) => done.path !== path));
  return { before: one.before, after: one.after, families, doubt: unread[0] ?? open?.because };
}

const gravityOf = ({ before, after }: Family) => (after ?? before)?.severity ?? 'low';

/** A path that was completed is closed only when nothing is left to doubt. */
function possible({ before, after }: Family, { doubtful }: Escalations, unread: readonly Unknown[]): boolean | Unknown {
  if (after || !before) return after !== undefined;
  return doubtful.find(({ path }) => path === before.path)?.because ?? unread[0] ?? false;
}

function missing({ before, after }: Family, id: string, casts: Casts): readonly string[] {
  const actor = casts.after.actors.get(id);
  const isNews = after !== undefined && (before === undefined || bySeverity(after.severity, before.severity) < 0);
  return isNews && actor ? missingSteps(after, powersOf(casts.after.estate, actor), casts.before.estate) : [];
}

/** Of who is not touched himself only what is new or gone is told. */
const whatDiffers = (one: Escalating): Escalating => ({
  ...one,
  families: one.families.filter(({ before, after }) => before?.severity !== after?.severity),
  doubt: undefined,
});

/** Principals whom a role that is there already names in its trust policy, and did not before. */
function newlyTrusted({ before, after }: Casts, touched: ReadonlySet<string>): readonly string[] {
  const named = [...touched].flatMap((id) => {
    const [then, now] = [before.actors.get(id), after.actors.get(id)];
    if (then?.kind !== 'role' || !now) return [];
    const known = namedBy(before.estate, then);
    return namedBy(after.estate, now).filter((arn) => !known.includes(arn));
  });
  const arns = new Set(named);
  return arns.size === 0 ? [] : after.estate.actors.filter(({ arn }) => arns.has(arn)).map(({ id }) => id);
}

const namedBy = (estate: Estate, role: Actor): readonly string[] =>
  (gateOf(estate, role).entries ?? []).flatMap((entry) => (entry.kind === 'aws' ? [entry.arn] : []));
