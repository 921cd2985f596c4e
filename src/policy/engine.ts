import type { Evidence, Status } from '../finding/finding.ts';
import { bySeverity } from '../finding/severity.ts';
import type { Severity } from '../finding/severity.ts';
import type { Fate, Subject, SubjectKind } from '../subjects/subject.ts';
import { activate } from './cel.ts';
import type { Constants } from './cel.ts';
import { conclude, evidenceOf, judgeChanged, judgeRemoved, messageOf, verdict } from './judge.ts';
import type { Judged, Outcome, Pair } from './judge.ts';
import { groupBy } from './group.ts';
import type { Policy } from './policy.ts';
import { languages, prepare } from './prepare.ts';
import type { Prepared } from './prepare.ts';
import { attributesRead } from './syntax.ts';

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

/** What one policy says about one weakness: a finding before it has a fingerprint and a place in the source. */
export interface Judgement {
  readonly policy: Policy;
  readonly status: Status;
  readonly severity: Severity;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** The subject it is reported at: as it stands after the plan, or before when it is gone. */
  readonly subject: Subject;
  /** All subjects it speaks about, `subject` first. */
  readonly subjects: readonly Subject[];
  /** The address of `subject` before the plan, when it was another one. */
  readonly previousAddress: string | null;
  /** Dotted attribute path: the subject's own, else the first attribute that the policy reads of a plain resource. */
  readonly attribute: string | null;
  /** Milder policies of the same concern that hold too and are told here, not by themselves. */
  readonly also: readonly Policy[];
}

/**
 * Judges all subjects by all policies, compares the sides and names the transitions. Policies whose kind has no
 * subjects are not even compiled. Judgements come in the order of kinds and subjects.
 */
export function judgeAll(policies: readonly Policy[], subjects: readonly KindSubjects[], options: JudgeOptions): Judgement[] {
  const languageOf = languages(options.constants);
  const outcomes = subjects.flatMap(({ kind, before, after }) => {
    const own = policies.filter(({ subject }) => subject.includes(kind.name));
    const pairs = own.length === 0 ? [] : pair(before, after).filter((one) => options.audit || isTouched(one));
    if (pairs.length === 0) return [];
    return judgeKind(own.map((policy) => prepare(policy, kind, languageOf)), pairs, options);
  });
  return merge(fold(outcomes));
}

const isTouched = ({ before, after }: Pair): boolean => before?.touched === true || after?.touched === true;

/** Matches subjects by id; equal ids on one side are matched in order. */
function pair(before: readonly Subject[], after: readonly Subject[]): Pair[] {
  const left = byId(before);
  const right = byId(after);
  const standing = [...right].map(([id, subject]) => ({ before: left.get(id), after: subject }));
  const gone = [...left].filter(([id]) => !right.has(id)).map(([, subject]) => ({ before: subject, after: undefined }));
  return [...standing, ...gone];
}

function byId(subjects: readonly Subject[]): Map<string, Subject> {
  const found = new Map<string, Subject>();
  for (const subject of subjects) {
    let key = subject.id;
    for (let copy = 2; found.has(key); copy++) key = `${subject.id}\u0000${copy}`;
    found.set(key, subject);
  }
  return found;
}

function judgeKind(prepared: readonly Prepared[], pairs: readonly Pair[], options: JudgeOptions): Outcome[] {
  const present = byConcern(prepared.filter(({ policy }) => policy.on === 'present'));
  const changed = prepared.filter(({ policy }) => policy.on === 'changed');
  const removed = prepared.filter(({ policy }) => policy.on === 'removed');
  const outcomes: Outcome[] = [];
  for (const one of pairs) {
    judgePresent(present, one, outcomes);
    if (one.before && one.after && isTouched(one)) for (const policy of changed) outcomes.push(...judgeChanged(policy, one));
    const fate = removed.length > 0 ? fateOf(one, options.isGone) : 'kept';
    if (fate !== 'kept') for (const policy of removed) outcomes.push(...judgeRemoved(policy, one, fate));
  }
  return outcomes;
}

const byConcern = (prepared: readonly Prepared[]): Prepared[][] => [
  ...groupBy(prepared, ({ policy }) => policy.concern ?? policy.id).values(),
];

function judgePresent(groups: readonly (readonly Prepared[])[], one: Pair, outcomes: Outcome[]): void {
  const [first] = groups[0] ?? [];
  if (!first) return;
  const before = one.before && activate(first.language, { object: one.before.object });
  const after = one.after && activate(first.language, { object: one.after.object });
  const same = one.before !== undefined && one.after !== undefined && !isTouched(one);
  for (const group of groups) {
    const judged = group.map((prepared): Judged => {
      const now = after && verdict(prepared.bad, after);
      return { prepared, after: now, before: same ? now : before && verdict(prepared.bad, before) };
    });
    if (judged.some(isTelling)) outcomes.push(...conclude(judged, one));
  }
}

const isTelling = ({ before, after }: Judged): boolean =>
  before?.kind === 'bad' || (after !== undefined && after.kind !== 'good');

/** What became of the before-subject. Gone together with its owner counts as kept: the owner's policy speaks. */
function fateOf({ before, after }: Pair, isGone: JudgeOptions['isGone']): Fate {
  if (!before || (before.owner !== undefined && isGone(before.owner))) return 'kept';
  const fate = before.fate ?? 'kept';
  return fate === 'kept' && !after ? 'destroyed' : fate;
}

const mergeKey = ({ pair: { before, after } }: Outcome): string => {
  const subject = after ?? before;
  return subject?.merge ?? subject?.id ?? '';
};

/** An outcome with the milder ones of its concern that it tells too. */
interface Folded {
  readonly outcome: Outcome;
  readonly also: readonly Outcome[];
}

/** Of the introduced outcomes of one concern and merge key only the lowest rank is kept; it carries the others. */
function fold(outcomes: readonly Outcome[]): Folded[] {
  const news = outcomes.filter(({ status, prepared }) => status === 'introduced' && prepared.policy.concern !== null);
  const groups = groupBy(news, (one) => `${one.prepared.policy.concern ?? ''}\n${mergeKey(one)}`);
  const told = new Map<Outcome, readonly Outcome[]>();
  const silent = new Set<Outcome>();
  for (const group of groups.values()) {
    const rank = Math.min(...group.map(({ prepared }) => prepared.policy.rank));
    const [speaker, others] = [group.find((one) => one.prepared.policy.rank === rank), group.filter((one) => one.prepared.policy.rank > rank)];
    for (const other of others) silent.add(other);
    if (speaker) told.set(speaker, others);
  }
  return outcomes.filter((one) => !silent.has(one)).map((outcome) => ({ outcome, also: told.get(outcome) ?? [] }));
}

/** Outcomes of one policy and status whose subjects share a merge key become one judgement. */
function merge(folded: readonly Folded[]): Judgement[] {
  const groups = groupBy(folded, ({ outcome }) => `${outcome.prepared.policy.id}\n${outcome.status}\n${mergeKey(outcome)}`);
  return [...groups.values()].map(toJudgement).filter((judgement) => judgement !== undefined);
}

function toJudgement(group: readonly Folded[]): Judgement | undefined {
  const outcomes = group.map(({ outcome }) => outcome);
  const also = group.flatMap((one) => one.also);
  const subjects = outcomes.map(({ pair: { before, after } }) => after ?? before).filter((subject) => subject !== undefined);
  const [first] = outcomes;
  const [subject] = subjects;
  if (!first || !subject) return undefined;
  const { policy } = first.prepared;
  const placed = subjects.map((one) => place(first.prepared, one));
  const [reported = subject] = placed;
  return {
    policy,
    status: first.status,
    severity: [...outcomes, ...also].map(({ severity }) => severity).toSorted(bySeverity)[0] ?? policy.severity,
    message: sentence(unique(outcomes.map(messageOf))),
    evidence: rows(outcomes, also),
    subject: reported,
    subjects: placed,
    previousAddress: previousAddress(first.pair),
    attribute: reported.attribute ?? null,
    also: unique(also.map(({ prepared }) => prepared.policy)),
  };
}

/** Points a subject at what the policy reads of it: the resource an attribute comes from, or the attribute itself. */
function place({ language, bad }: Prepared, subject: Subject): Subject {
  const read = attributesRead(bad.ast);
  const aspect = read.map((name) => subject.aspects?.[name]).find((one) => one !== undefined);
  if (aspect) return { ...subject, ...aspect, causes: [...aspect.causes, ...subject.causes] };
  const [attribute] = language.schema.attributes ? [] : read;
  if (subject.attribute !== undefined || attribute === undefined) return subject;
  return { ...subject, attribute, causes: [{ address: subject.address, path: [attribute] }, ...subject.causes] };
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

const MOST_SENTENCES = 5;

const sentence = (messages: readonly string[]): string =>
  messages.length > MOST_SENTENCES
    ? `${messages.slice(0, MOST_SENTENCES).join('; ')}; and ${messages.length - MOST_SENTENCES} more`
    : messages.join('; ');

function rows(outcomes: readonly Outcome[], also: readonly Outcome[]): Evidence[] {
  const own = outcomes.flatMap(evidenceOf);
  const others = also.map((one) => ({ label: 'also', before: null, after: messageOf(one) }));
  const byText = new Map([...own, ...others].map((row) => [JSON.stringify([row.label, row.before, row.after]), row]));
  return [...byText.values()];
}

function previousAddress({ before, after }: Pair): string | null {
  if (!after) return before?.previousAddress ?? null;
  return after.previousAddress ?? (before && before.address !== after.address ? before.address : null);
}
