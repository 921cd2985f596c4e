import type { Evidence, Status } from '../finding/finding.ts';
import { bySeverity } from '../finding/severity.ts';
import type { Severity } from '../finding/severity.ts';
import type { Subject } from '../subjects/subject.ts';
import { groupBy } from '../aws/group-by.ts';
import { evidenceOf, messageOf } from './judge.ts';
import type { Outcome, Pair } from './judge.ts';
import type { Policy } from './policy.ts';
import type { Prepared } from './prepare.ts';
import { attributesRead } from './syntax.ts';

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

/** Turns outcomes into judgements: one for what one concern or one merge key makes one thing. */
export const toJudgements = (outcomes: readonly Outcome[]): Judgement[] => merge(fold(outcomes));

const mergeKey = ({ pair: { before, after } }: Outcome): string => {
  const subject = after ?? before;
  return subject?.merge ?? subject?.id ?? '';
};

/** Merge key of everything in a plan that destroys all there is. */
export const DESTROY = 'destroy';

/** What one concern is about. A destroy plan is told in few findings, and still thing by thing within a concern. */
function foldKey({ pair: { before, after } }: Outcome): string {
  const subject = after ?? before;
  return (subject?.merge === DESTROY ? subject.id : (subject?.merge ?? subject?.id)) ?? '';
}

/** An outcome with the milder ones of its concern that it tells too. */
interface Folded {
  readonly outcome: Outcome;
  readonly also: readonly Outcome[];
}

/** Of the introduced outcomes of one concern and merge key only the lowest rank is kept; it carries the others. */
function fold(outcomes: readonly Outcome[]): Folded[] {
  const news = outcomes.filter(({ status, prepared }) => status === 'introduced' && prepared.policy.concern !== null);
  const groups = groupBy(news, (one) => `${one.prepared.policy.concern ?? ''}\n${foldKey(one)}`);
  const told = new Map<Outcome, readonly Outcome[]>();
  const silent = new Set<Outcome>();
  for (const group of groups.values()) {
    const rank = Math.min(...group.map(({ prepared }) => prepared.policy.rank));
    const [speaker, others] = [
      group.find((one) => one.prepared.policy.rank === rank),
      group.filter((one) => one.prepared.policy.rank > rank),
    ];
    for (const other of others) silent.add(other);
    if (speaker)
      told.set(
        speaker,
        others.filter(({ prepared }) => prepared.policy.quiet !== true),
      );
  }
  for (const one of repeatedDoubts(outcomes)) silent.add(one);
  return outcomes.filter((one) => !silent.has(one)).map((outcome) => ({ outcome, also: told.get(outcome) ?? [] }));
}

/** One document that is not known leaves all policies of its concern undetermined: only the gravest says so. */
function repeatedDoubts(outcomes: readonly Outcome[]): Outcome[] {
  const doubts = outcomes.filter(
    ({ status, prepared }) => status === 'undetermined' && prepared.policy.concern !== null,
  );
  const groups = groupBy(doubts, (one) => `${one.prepared.policy.concern ?? ''}\n${mergeKey(one)}`);
  return [...groups.values()].flatMap((group) => {
    const [gravest] = group.toSorted((a, b) => bySeverity(a.severity, b.severity));
    return group.filter(({ prepared }) => prepared.policy !== gravest?.prepared.policy);
  });
}

/** Outcomes of one policy and status whose subjects share a merge key become one judgement. */
function merge(folded: readonly Folded[]): Judgement[] {
  const groups = groupBy(
    folded,
    ({ outcome }) => `${outcome.prepared.policy.id}\n${outcome.status}\n${mergeKey(outcome)}`,
  );
  return [...groups.values()].map(toJudgement).filter((judgement) => judgement !== undefined);
}

function toJudgement(group: readonly Folded[]): Judgement | undefined {
  const outcomes = group.map(({ outcome }) => outcome);
  const also = group.flatMap((one) => one.also);
  const subjects = outcomes
    .map(({ pair: { before, after } }) => after ?? before)
    .filter((subject) => subject !== undefined);
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
  const others = also.map(messageOf).map((text) => ({ label: 'also', before: text, after: text }));
  const byText = new Map([...own, ...others].map((row) => [JSON.stringify([row.label, row.before, row.after]), row]));
  return [...byText.values()];
}

function previousAddress({ before, after }: Pair): string | null {
  if (!after) return before?.previousAddress ?? null;
  return after.previousAddress ?? (before && before.address !== after.address ? before.address : null);
}
