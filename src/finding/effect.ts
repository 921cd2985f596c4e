import type { Finding } from './finding.ts';
import type { Review } from './review.ts';

/** What a reader takes in at a glance; the rest is counted. */
const MOST_NAMED = 5;

/** Findings that are told; what was bad before and stays says nothing of a change. */
const told = ({ findings, mode }: Review): ReadonlyMap<string, Finding> =>
  new Map(
    findings
      .filter(({ status }) => status === 'introduced' || status === 'undetermined' || mode === 'audit')
      .map((finding) => [finding.fingerprint, finding]),
  );

function list(what: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const names = findings.slice(0, MOST_NAMED).map(({ policy, address }) => `${policy} at ${address}`);
  const more = findings.length > MOST_NAMED ? ` and ${findings.length - MOST_NAMED} more` : '';
  return [`${what}: ${names.join(', ')}${more}`];
}

/**
 * One sentence on what another configuration makes of the same plans: which findings it adds, drops, accepts, no longer
 * accepts or weighs otherwise, and whether the verdict is another.
 */
export function effectNote(now: Review, then: Review): string {
  const [before, after] = [told(now), told(then)];
  const both = [...before.values()].flatMap((one) => {
    const other = after.get(one.fingerprint);
    return other === undefined ? [] : [[one, other] as const];
  });
  const where = (holds: (one: Finding, other: Finding) => boolean): Finding[] =>
    both.filter(([one, other]) => holds(one, other)).map(([, other]) => other);
  const parts = [
    ...list(
      'new',
      [...after.values()].filter(({ fingerprint }) => !before.has(fingerprint)),
    ),
    ...list(
      'gone',
      [...before.values()].filter(({ fingerprint }) => !after.has(fingerprint)),
    ),
    ...list(
      'accepted',
      where((one, other) => one.waived === null && other.waived !== null),
    ),
    ...list(
      'no longer accepted',
      where((one, other) => one.waived !== null && other.waived === null),
    ),
    ...list(
      'of another severity',
      where((one, other) => one.severity !== other.severity),
    ),
  ];
  const verdict = now.conclusion === then.conclusion ? '' : ` ${then.conclusion} instead of ${now.conclusion}`;
  if (parts.length === 0 && verdict === '') return 'With the changed configuration this review would be the same.';
  const would = verdict === '' ? ' differ' : verdict;
  return `With the changed configuration this review would${would}${parts.length === 0 ? '' : `; ${parts.join('; ')}`}.`;
}
