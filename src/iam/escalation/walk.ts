import { Unknown } from '../../plan/value.ts';
import type { EscalationPath } from '../data/escalation-paths.ts';
import type { Target } from '../data/escalation/path.ts';
import { TooMuchWork } from '../difference/budget.ts';
import { ON_POLICY, SCOPES } from './aim.ts';
import type { Aim } from './aim.ts';
import { bySeverity, isCompleted, milderBy } from './completed.ts';
import type { Completed, Doubtful, Severity, Step } from './completed.ts';
import type { Powers } from './powers.ts';
import { anyOrOwn, assumableRoles, created, others, own, passedRoles, policies } from './principal-aims.ts';
import { firstOf, somewhere } from './requests.ts';
import type { Reached } from './requests.ts';
import { anyResource, cdkAssets, everyResource, managingRoles } from './resource-aims.ts';
import { assumable, ASSUME_ROLE, listsOf } from './way.ts';

/** What a path may reach; where administrators of the plan are looked for, they come first. */
const AIMS: Readonly<Record<Target, (path: EscalationPath, powers: Powers) => Iterable<Aim>>> = {
  'own-user': (path, powers) => own(path, powers, 'user'),
  'own-group': (path, powers) => own(path, powers, 'group'),
  'own-role': (path, powers) => own(path, powers, 'role'),
  user: (path, powers) => anyOrOwn(path, powers, 'user'),
  group: (path, powers) => anyOrOwn(path, powers, 'group'),
  role: (path, powers) => anyOrOwn(path, powers, 'role'),
  'other-user': (path, powers) => others(path, powers, 'user'),
  'other-group': (path, powers) => others(path, powers, 'group'),
  'other-role': (path, powers) => others(path, powers, 'role'),
  'new-user': (path, powers) => created(path, powers, 'user'),
  'new-role': (path, powers) => created(path, powers, 'role'),
  policy: (_path, powers) => policies(powers),
  'assumable-role': assumableRoles,
  'passed-role': passedRoles,
  'organization-role': (_path, powers) => managingRoles(powers),
  'identity-provider': anyResource,
  'permission-set': anyResource,
  'cdk-assets': cdkAssets,
  'existing-resource': anyResource,
  'every-resource': everyResource,
  any: anyResource,
};

/** Whether somebody completes a path, and what it reaches at its worst. */
export function walk(path: EscalationPath, powers: Powers): Completed | Doubtful | undefined {
  if (path.lifts === 'Deny' && powers.actor.grants().denies.length === 0) return undefined;
  if (!listsOf(path).every((list) => list.some((action) => isWorthAsking(action, powers)))) return undefined;
  try {
    return walkAll(path, powers);
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    return { path, because: new Unknown(`the policies are too complex to compare: ${error.message}`) };
  }
}

/** Most paths end here: nothing speaks of their actions. To assume a role that names one takes no permission. */
const isWorthAsking = (action: string, { mentions, estate, actor }: Powers): boolean =>
  mentions(action) || (action === ASSUME_ROLE && assumable(estate, actor).length > 0);

function walkAll(path: EscalationPath, powers: Powers): Completed | Doubtful | undefined {
  const [aimed, beside] = [isAimed(path), (action: string) => somewhere(powers, action)];
  const steps = (aim: Aim | undefined): readonly Step[] | Unknown | undefined =>
    allSteps(
      listsOf(path).filter((list) => list.some(aimed) === (aim !== undefined)),
      (action, list) => (aim && aimed(action) ? aim.ask(action, list) : beside(action)),
    );
  const others = steps(undefined);
  if (others === undefined) return undefined;
  const found: (Completed | Doubtful)[] = [];
  for (const aim of AIMS[path.target](path, powers)) {
    if (found.some((one) => isCompleted(one) && one.scope === aim.scope)) continue;
    const own = steps(aim);
    if (own !== undefined) found.push(outcome(path, powers, aim, own, others));
    if (found.some((one) => isCompleted(one) && one.scope === 'everything')) break;
  }
  return worst(found);
}

/** Which actions of a path have to reach its target. */
export function isAimed({ pivot, target }: EscalationPath): (action: string) => boolean {
  const isPolicyOf = target.endsWith('-role');
  return (action) => pivot.includes(action) || (isPolicyOf && action === ON_POLICY);
}

/** One allowed action of every list; undefined when a list has none, Unknown when that cannot be said. */
function allSteps(
  lists: readonly (readonly string[])[],
  ask: (action: string, list: readonly string[]) => Reached,
): readonly Step[] | Unknown | undefined {
  const steps: Step[] = [];
  let doubt: Unknown | undefined;
  for (const list of lists) {
    let action = '';
    const { resource, answer } = firstOf(list.map((one) => () => ask((action = one), list)));
    if (answer.kind === 'no') return undefined;
    if (answer.kind === 'maybe') doubt ??= answer.because;
    else steps.push({ action, resource, answer });
  }
  return doubt ?? steps;
}

function outcome(
  path: EscalationPath,
  { actor }: Powers,
  aim: Aim,
  own: readonly Step[] | Unknown,
  others: readonly Step[] | Unknown,
): Completed | Doubtful {
  const doubt = [own, others, aim.way?.find((hop) => hop.doubt)?.doubt, actor.limit].find(
    (one) => one instanceof Unknown,
  );
  if (doubt) return { path, because: doubt };
  const all = [own, others].filter((one): one is readonly Step[] => Array.isArray(one)).flat();
  return {
    path,
    severity: severityOf(path, aim),
    scope: aim.scope,
    target: aim.name,
    steps: listsOf(path).flatMap((list) => all.find(({ action }) => list.includes(action)) ?? []),
    way: aim.way,
  };
}

/** Whoever reaches an administrator is as good as one. */
const severityOf = ({ severity }: EscalationPath, { scope, milder = 0 }: Aim): Severity =>
  scope === 'administrator' ? 'high' : milderBy(severity, milder);

/** The gravest, told with the administrator that the path leads to. A doubt counts only where nothing is sure. */
function worst(found: readonly (Completed | Doubtful)[]): Completed | Doubtful | undefined {
  const completed = found.filter(isCompleted);
  const [gravest] = completed.toSorted(
    (a, b) => bySeverity(a.severity, b.severity) || SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope),
  );
  if (!gravest) return found[0];
  const way = gravest.way ?? completed.find((one) => one.way)?.way;
  return { ...gravest, way };
}
