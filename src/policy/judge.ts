import type { Evidence, Status } from '../finding/finding.ts';
import { isWorse, SEVERITIES } from '../finding/severity.ts';
import type { Severity } from '../finding/severity.ts';
import { isUnknown } from '../plan/value.ts';
import type { Fate, Subject } from '../subjects/subject.ts';
import { activate, evaluate } from './activation.ts';
import type { Activation, Scope } from './activation.ts';
import type { Compiled } from './cel.ts';
import { display } from './display.ts';
import type { Prepared } from './prepare.ts';

/** What a policy says of one subject. */
export type Verdict =
  | { readonly kind: 'bad' }
  | { readonly kind: 'good' }
  | {
      readonly kind: 'undetermined';
      readonly because: string;
      /** True when another stack has the answer. */
      readonly isElsewhere?: boolean;
    };

const BAD: Verdict = { kind: 'bad' };
const GOOD: Verdict = { kind: 'good' };

/** One subject of one kind on both sides of the plan. */
export interface Pair {
  readonly before: Subject | undefined;
  readonly after: Subject | undefined;
}

/** A policy that has something to say about a pair. */
export interface Outcome {
  readonly prepared: Prepared;
  readonly pair: Pair;
  readonly status: Status;
  readonly severity: Severity;
  /** Why it cannot be judged; only with status undetermined. */
  readonly because: string | undefined;
  /** The variables its message reads. */
  readonly scope: Scope;
}

/** Runs the predicate. Anything but true or false that comes out of it is undetermined. */
export function verdict(bad: Compiled, activation: Activation): Verdict {
  const result = evaluate(bad, activation);
  if (result === true) return BAD;
  if (result === false) return GOOD;
  if (isUnknown(result)) return { kind: 'undetermined', because: result.because, isElsewhere: result.isElsewhere };
  return { kind: 'undetermined', because: `\`${bad.source}\` is neither true nor false` };
}

/** Severity of a bad subject: the first rule that is true, else the policy's own. An undetermined rule decides nothing. */
export function severityOf({ policy, severities, language }: Prepared, scope: Scope): Severity {
  if (policy.severities.length === 0) return policy.severity;
  const activation = activate(language, scope);
  return severities().find(({ when }) => evaluate(when, activation) === true)?.severity ?? policy.severity;
}

/** A policy of moment `present` with its verdicts on both sides of one pair; undefined where the subject is absent. */
export interface Judged {
  readonly prepared: Prepared;
  readonly before: Verdict | undefined;
  readonly after: Verdict | undefined;
}

const lowestRank = (all: readonly Judged[]): Judged[] => {
  const rank = Math.min(...all.map(({ prepared }) => prepared.policy.rank));
  return all.filter(({ prepared }) => prepared.policy.rank === rank);
};

const worst = (all: readonly Severity[]): Severity | undefined => SEVERITIES.find((severity) => all.includes(severity));

/**
 * Names the transition of one subject under the policies of one concern (or under a single policy): of those that hold
 * only the lowest rank speaks, and what was bad before under any of them is not new under another unless it got worse.
 */
export function conclude(judged: readonly Judged[], pair: Pair): Outcome[] {
  const wereBad = judged.filter(({ before }) => before?.kind === 'bad');
  const areBad = judged.filter(({ after }) => after?.kind === 'bad');
  const now = lowestRank(areBad).map((one) => stands(one, wereBad, pair));
  const open = undeterminedAfter(judged, pair, worst(now.map(({ severity }) => severity)));
  if (areBad.length > 0 || open.length > 0) return [...now, ...open];
  return lowestRank(wereBad).map(({ prepared }) => resolved(prepared, pair));
}

function stands({ prepared }: Judged, wereBad: readonly Judged[], pair: Pair): Outcome {
  const object = pair.after?.object;
  const change = wereBad.length > 0 ? 'none' : pair.before ? 'updated' : 'created';
  const severity = severityOf(prepared, { object, change });
  const before = worst(wereBad.map((one) => severityOf(one.prepared, { object: pair.before?.object, change: 'none' })));
  const status = before === undefined || isWorse(severity, before) ? 'introduced' : 'persisting';
  return { prepared, pair, status, severity, because: undefined, scope: { object, change } };
}

function resolved(prepared: Prepared, pair: Pair): Outcome {
  const scope: Scope = { object: pair.before?.object, change: 'none' };
  return { prepared, pair, status: 'resolved', severity: severityOf(prepared, scope), because: undefined, scope };
}

/** What cannot be judged after, unless something at least as bad is known of the subject. */
function undeterminedAfter(judged: readonly Judged[], pair: Pair, known: Severity | undefined): Outcome[] {
  const open = judged.filter(
    ({ prepared, after }) => after?.kind === 'undetermined' && (!known || isWorse(prepared.policy.severity, known)),
  );
  return lowestRank(open).map(({ prepared, after }) =>
    undetermined(prepared, pair, { object: pair.after?.object }, after),
  );
}

/** What another stack may well have right is worth a mention, no more. */
const MOST_ELSEWHERE: Severity = 'low';

function undetermined(prepared: Prepared, pair: Pair, scope: Scope, of: Verdict | undefined): Outcome {
  const { because, isElsewhere = false } = of?.kind === 'undetermined' ? of : { because: '' };
  const { severity } = prepared.policy;
  const capped = isElsewhere && isWorse(severity, MOST_ELSEWHERE) ? MOST_ELSEWHERE : severity;
  return { prepared, pair, status: 'undetermined', severity: capped, because, scope };
}

/** Judges a policy of moment `changed` on a subject that stands in both worlds. */
export const judgeChanged = (prepared: Prepared, pair: Pair): Outcome[] =>
  happened(prepared, pair, { oldObject: pair.before?.object, object: pair.after?.object, change: 'updated' });

/** Judges a policy of moment `removed` on a subject that is gone. */
export const judgeRemoved = (prepared: Prepared, pair: Pair, fate: Fate): Outcome[] =>
  happened(prepared, pair, { oldObject: pair.before?.object, fate });

/** Judges a policy of moment `weakened` on a subject that stood before; of one that is gone nothing is left to read. */
export const judgeWeakened = (prepared: Prepared, pair: Pair, fate: Fate): Outcome[] =>
  happened(prepared, pair, {
    oldObject: pair.before?.object,
    object: pair.after?.object ?? {},
    change: pair.after ? 'updated' : 'none',
    fate,
  });

function happened(prepared: Prepared, pair: Pair, scope: Scope): Outcome[] {
  const found = verdict(prepared.bad, activate(prepared.language, scope));
  if (found.kind === 'good') return [];
  if (found.kind === 'undetermined') return [undetermined(prepared, pair, scope, found)];
  return [{ prepared, pair, status: 'introduced', severity: severityOf(prepared, scope), because: undefined, scope }];
}

const hider = ({ before, after }: Pair): Subject['sensitive'] => {
  const [first, second] = [before?.sensitive, after?.sensitive];
  return first && second ? (path) => first(path) || second(path) : (first ?? second);
};

/** The sentence of an outcome with its holes filled. */
export function messageOf({ prepared, pair, scope, because }: Outcome): string {
  if (because !== undefined) return `cannot be judged before apply: ${because}`;
  const activation = activate(prepared.language, scope, hider(pair));
  return prepared
    .message()
    .map((part) => (typeof part === 'string' ? part : display(evaluate(part, activation))))
    .join('');
}

/** The rows of proof of an outcome: what the policy names, before and after, and what the subject adds itself. */
export function evidenceOf({ prepared, pair }: Outcome): Evidence[] {
  const named = prepared.evidence().map(([label, shown]) => ({
    label,
    before: show(prepared, shown, pair.before),
    after: show(prepared, shown, pair.after),
  }));
  return [...named, ...(pair.after?.evidence ?? pair.before?.evidence ?? [])];
}

const show = ({ facts }: Prepared, shown: Compiled, subject: Subject | undefined): string | null =>
  subject ? display(evaluate(shown, activate(facts(), { object: subject.object }, subject.sensitive))) : null;
