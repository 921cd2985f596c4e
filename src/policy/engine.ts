import type { Fate, Subject, SubjectKind } from '../subjects/subject.ts';
import { activate, reactivate } from './activation.ts';
import type { Constants } from './cel.ts';
import { conclude, judgeChanged, judgeRemoved, judgeWeakened, verdict } from './judge.ts';
import type { Judged, Outcome, Pair, Verdict } from './judge.ts';
import { groupBy } from '../aws/group-by.ts';
import type { Moment, Policy } from './policy.ts';
import { languages, once, prepare } from './prepare.ts';
import type { Prepared } from './prepare.ts';
import { toJudgements } from './judgement.ts';
import type { Judgement } from './judgement.ts';

/** The subjects of one kind in both worlds. */
export interface KindSubjects {
  readonly kind: SubjectKind;
  readonly before: readonly Subject[];
  readonly after: readonly Subject[];
}

export interface JudgeOptions {
  /** Judge untouched subjects too. */
  readonly audit: boolean;
  readonly constants: Constants;
  /** True when the resource of this identity is destroyed or forgotten by the plan. */
  readonly isGone: (identity: string) => boolean;
}

/**
 * Judges all subjects by all policies, compares the sides and names the transitions. Policies whose kind has no
 * subjects are not even compiled. Judgements come in the order of kinds and subjects.
 */
export function judgeAll(
  policies: readonly Policy[],
  subjects: readonly KindSubjects[],
  options: JudgeOptions,
): Judgement[] {
  const languageOf = languages(options.constants);
  const outcomes = subjects.flatMap(({ kind, before, after }) => {
    const own = policies.filter(({ subject }) => subject.includes(kind.name));
    const pairs = own.length === 0 ? [] : pair(before, after).filter((one) => options.audit || isTouched(one));
    if (pairs.length === 0) return [];
    return judgeKind(pairs, options, (moment) =>
      own.filter(({ on }) => on === moment).map((policy) => prepare(policy, kind, languageOf)),
    );
  });
  return toJudgements(outcomes);
}

const isTouched = ({ before, after }: Pair): boolean => before?.touched === true || after?.touched === true;

/** Matches subjects by id; equal ids on one side are matched in order. */
function pair(before: readonly Subject[], after: readonly Subject[]): Pair[] {
  const first = new Map<string, Subject>();
  const more: Subject[] = [];
  for (const subject of before) {
    if (first.has(subject.id)) more.push(subject);
    else first.set(subject.id, subject);
  }
  const standing = after.map((subject): Pair => ({ before: take(subject.id, first, more), after: subject }));
  return [...standing, ...[...first.values(), ...more].map((subject): Pair => ({ before: subject, after: undefined }))];
}

function take(id: string, first: Map<string, Subject>, more: Subject[]): Subject | undefined {
  const found = first.get(id);
  if (found) first.delete(id);
  if (found || more.length === 0) return found;
  const copy = more.findIndex((subject) => subject.id === id);
  return copy === -1 ? undefined : more.splice(copy, 1)[0];
}

type Later = () => readonly Prepared[];

/** Compiling costs more than judging a few subjects, so the policies of a moment are prepared when it comes up. */
function judgeKind(
  pairs: readonly Pair[],
  { isGone }: JudgeOptions,
  prepareFor: (moment: Moment) => readonly Prepared[],
): Outcome[] {
  const judgePresent = presentJudge(prepareFor('present'));
  const [changed, removed, weakened] = (['changed', 'removed', 'weakened'] as const).map((moment) =>
    once(() => prepareFor(moment)),
  ) as [Later, Later, Later];
  const outcomes: Outcome[] = [];
  for (const one of pairs) {
    const found: Outcome[] = [];
    judgePresent(one, found);
    if (one.before && one.after && isTouched(one))
      for (const policy of changed()) found.push(...judgeChanged(policy, one));
    const fate = fateOf(one, isGone);
    const lost = fate === 'kept' ? [] : removed().flatMap((policy) => judgeRemoved(policy, one, fate));
    if (one.before && (fate !== 'kept' || (one.after && isTouched(one))))
      lost.push(...weakened().flatMap((policy) => judgeWeakened(policy, one, fate)));
    outcomes.push(...(lost.length > 0 && !one.after ? found.filter(isNotResolved) : found), ...lost);
  }
  return outcomes;
}

/** What is lost is not better for it: the weakness of a trail is not resolved by deleting the trail. */
const isNotResolved = ({ status }: Outcome): boolean => status !== 'resolved';

const byConcern = (prepared: readonly Prepared[]): Prepared[][] => [
  ...groupBy(prepared, ({ policy }) => policy.concern ?? policy.id).values(),
];

/** Judges the policies of moment `present` on one pair after the other, with one view of facts for each side. */
function presentJudge(prepared: readonly Prepared[]): (one: Pair, outcomes: Outcome[]) => void {
  const [first] = prepared;
  if (!first) return () => {};
  const groups = byConcern(prepared);
  const [left, right] = [activate(first.language, {}), activate(first.language, {})];
  return (one, outcomes) => {
    if (one.before) reactivate(left, one.before.object);
    if (one.after) reactivate(right, one.after.object);
    const same = one.before !== undefined && one.after !== undefined && !isTouched(one);
    for (const all of groups) {
      const group = one.before && one.after ? all : all.filter(({ policy }) => policy.onlyChanges !== true);
      const judged = group.map((each): Judged => {
        const after = one.after && verdict(each.bad, right);
        const before = same ? after : one.before && verdict(each.bad, left);
        return each.policy.onlyChanges === true ? changeOf(each, before, after) : { prepared: each, before, after };
      });
      if (judged.some(isTelling)) outcomes.push(...conclude(judged, one));
    }
  };
}

const NOTHING_TOLD: Verdict = { kind: 'good' };

/** What was no better before is not told by a policy that speaks of changes only. */
const changeOf = (prepared: Prepared, before: Verdict | undefined, after: Verdict | undefined): Judged =>
  before !== undefined && after !== undefined && after.kind !== 'good' && before.kind !== 'good'
    ? { prepared, before: NOTHING_TOLD, after: NOTHING_TOLD }
    : { prepared, before, after };

const isTelling = ({ before, after }: Judged): boolean =>
  before?.kind === 'bad' || (after !== undefined && after.kind !== 'good');

/** What became of the before-subject. Gone together with its owner counts as kept: the owner's policy speaks. */
function fateOf({ before, after }: Pair, isGone: JudgeOptions['isGone']): Fate {
  if (!before || (before.owner !== undefined && isGone(before.owner))) return 'kept';
  const fate = before.fate ?? 'kept';
  return fate === 'kept' && !after ? 'destroyed' : fate;
}

export type { Judgement };
