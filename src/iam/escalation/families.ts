import { contains, ESCALATION_PATHS } from '../data/escalation-paths.ts';
import type { EscalationPath } from '../data/escalation-paths.ts';
import type { Target } from '../data/escalation/path.ts';
import { groupBy } from '../../aws/group-by.ts';
import { bySeverity } from './completed.ts';
import type { Completed } from './completed.ts';
import { listsOf } from './way.ts';

/** Paths that are told as one, on both sides of a plan. */
export interface Family {
  /** The same on both sides. */
  readonly id: string;
  readonly before: Completed | undefined;
  readonly after: Completed | undefined;
  /** Names of further paths that are completed with it. */
  readonly also: readonly string[];
}

/** To pass a role to a service is one thing to gain, whatever then starts it. Every other path is one of its own. */
const familyOf = ({ id, passRoleTo }: EscalationPath): string =>
  passRoleTo.length > 0 ? `iam:PassRole to ${passRoleTo.join(', ')}` : id;

/**
 * What is told of the paths that somebody completes before and after. Of paths that are new together, lost together or
 * there all the time, one that contains another is told beside it, unless it is graver.
 */
export function familiesOf(before: readonly Completed[], after: readonly Completed[]): readonly Family[] {
  const [then, now] = [byFamily(before), byFamily(after)];
  const drafts = [...new Set([...now.keys(), ...then.keys()])].map((id): Draft => {
    const [old, current] = [then.get(id) ?? [], now.get(id) ?? []];
    return { id, before: speaker(old), after: speaker(current), members: current.length > 0 ? current : old };
  });
  const groups = groupBy(drafts, ({ before: old, after: current }) => `${old !== undefined} ${current !== undefined}`);
  return [...groups.values()].flatMap(withContained);
}

interface Draft extends Omit<Family, 'also'> {
  readonly members: readonly Completed[];
}

const byFamily = (completed: readonly Completed[]): Map<string, Completed[]> =>
  groupBy(completed, ({ path }) => familyOf(path));

/** The gravest, and of those the one with the fewest actions; the order of the paths decides the rest. */
const speaker = (members: readonly Completed[]): Completed | undefined =>
  members.toSorted(
    (a, b) =>
      bySeverity(a.severity, b.severity) ||
      listsOf(a.path).length - listsOf(b.path).length ||
      ESCALATION_PATHS.indexOf(a.path) - ESCALATION_PATHS.indexOf(b.path),
  )[0];

const toldBy = ({ before, after }: Draft): Completed | undefined => after ?? before;

function withContained(drafts: readonly Draft[]): readonly Family[] {
  const leads = (one: Draft): boolean => !drafts.some((other) => isUnder(one, other));
  return drafts.filter(leads).map(({ members, ...family }) => {
    const spoken = toldBy({ members, ...family });
    const under = drafts.filter((other) => isUnder(other, { members, ...family }));
    const named = [...members, ...under.flatMap((other) => other.members)].filter((one) => one !== spoken);
    return { ...family, also: [...new Set(named.map(({ path }) => path.name))] };
  });
}

/** True when a path needs all of a smaller one and more, and leads to nothing worse. */
function isUnder(whole: Draft, part: Draft): boolean {
  const [own, other] = [toldBy(whole), toldBy(part)];
  if (whole === part || !own || !other || bySeverity(other.severity, own.severity) > 0) return false;
  return contains(own.path, other.path) || isInstance(own, other);
}

/** Targets that are told by name: who reaches everything of their kind reaches them with the same actions. */
const NAMED: readonly Target[] = ['organization-role', 'cdk-assets'];

const isInstance = ({ path, steps }: Completed, other: Completed): boolean =>
  NAMED.includes(path.target) &&
  !NAMED.includes(other.path.target) &&
  steps.every(({ action }) => other.steps.some((step) => step.action === action));
