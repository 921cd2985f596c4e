import type { Repair } from './finding/finding.ts';
import { bySeverity } from './finding/severity.ts';
import { callsOfSameCode } from './plan/configuration.ts';
import type { Plan } from './plan/plan.ts';
import { repairedPlan, type Setting } from './plan/repair.ts';
import type { Judgement } from './policy/engine.ts';
import type { Source } from './source/source.ts';
import { parseTarget } from './source/target.ts';

/** Judges a plan by the policies that look at a type of resource. */
export type JudgeType = (plan: Plan, resourceType: string) => readonly Judgement[];

/** Each repair is judged before it is offered, and nobody commits more than some of them. */
const MOST_REPAIRS = 20;

/** Changes that are judged again, all repairs together: about a second and a half. A large plan has fewer lines offered. */
const MOST_CHANGES = 100_000;

/** The thing that a policy speaks about, as in fingerprints. */
const nameOf = ({ policy, subject }: Judgement): string => `${policy.id} ${subject.merge ?? subject.id}`;

const isTold = ({ status }: Judgement): boolean => status === 'introduced' || status === 'undetermined';

const blockOf = (address: string): string => JSON.stringify(parseTarget(address));

/** The same block as each call of its module has it: what is written there holds for all of them, and all instances. */
function blocksOf(address: string, { configuration }: Plan): ReadonlySet<string> {
  const target = parseTarget(address);
  const calls = target ? callsOfSameCode(configuration.root_module, target.modulePath) : [];
  return new Set(calls.map((modulePath) => JSON.stringify({ ...target, modulePath })));
}

const settingsOf = ({ policy }: Judgement): Setting[] =>
  Object.entries(policy.repair ?? {}).map(([path, value]) => ({ path: path.split('.'), value }));

const addressesOf = ({ subjects }: Judgement): string[] => [
  ...new Set(subjects.flatMap(({ address, causes }) => [address, ...causes.map((cause) => cause.address)])),
];

interface Candidate extends Setting {
  readonly repair: Repair;
  readonly address: string;
}

/** The literals in the source that the policy knows a good value for. */
const candidates = (judgement: Judgement, source: Source): Candidate[] =>
  addressesOf(judgement).flatMap((address) =>
    settingsOf(judgement).flatMap((setting) => {
      const repair = source.rewrite(address, setting);
      return repair === null ? [] : [{ ...setting, repair, address }];
    }),
  );

/** Judges by type, and the plan as it is only once for each. */
interface Judge {
  readonly now: (type: string) => ReadonlySet<string>;
  readonly again: JudgeType;
}

function judgeOnce(plan: Plan, judge: JudgeType): Judge {
  const known = new Map<string, ReadonlySet<string>>();
  return {
    again: judge,
    now: (type) => {
      const names = known.get(type) ?? new Set(judge(plan, type).filter(isTold).map(nameOf));
      known.set(type, names);
      return names;
    },
  };
}

/** True when the finding is gone with another value in the plan, and nothing else has come. */
function helps({ address, ...setting }: Candidate, judgement: Judgement, plan: Plan, judge: Judge): boolean {
  const blocks = blocksOf(address, plan);
  const type = plan.changes.find((change) => change.address === address)?.type;
  const better = repairedPlan(plan, (change) => blocks.has(blockOf(change.address)), setting);
  if (better === undefined || type === undefined) return false;
  const before = judge.now(type);
  const after = judge.again(better, type).filter(({ status }) => status !== 'resolved');
  const name = nameOf(judgement);
  return (
    before.has(name) &&
    after.every((one) => nameOf(one) !== name) &&
    after.filter(isTold).every((one) => before.has(nameOf(one)))
  );
}

/**
 * For each introduced judgement the one line that mends it, where its policy knows one and where judging the plan again
 * with that value shows that it does; the worst first, as many as anybody would commit.
 */
export function repairsOf(
  judgements: readonly Judgement[],
  plan: Plan,
  source: Source,
  judge: JudgeType,
): ReadonlyMap<Judgement, Repair> {
  const mendable = judgements
    .filter(({ status, policy }) => status === 'introduced' && policy.repair !== undefined)
    .toSorted((a, b) => bySeverity(a.severity, b.severity))
    .slice(0, MOST_REPAIRS);
  const judged = judgeOnce(plan, judge);
  let left = Math.floor(MOST_CHANGES / Math.max(plan.changes.length, 1));
  return new Map(
    mendable.flatMap((judgement) => {
      const found = candidates(judgement, source).find(
        (candidate) => left-- > 0 && helps(candidate, judgement, plan, judged),
      );
      return found === undefined ? [] : [[judgement, found.repair] as const];
    }),
  );
}
