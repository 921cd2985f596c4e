/** What every renderer asks of a review: who belongs together, in which order, and how it is said in one sentence. */
import type { Finding, Repair, Status } from '../finding/finding.ts';
import type { Review } from '../finding/review.ts';
import { bySeverity, reaches, SEVERITIES } from '../finding/severity.ts';

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Worst first; then an order that does not depend on the order of the plan. */
export const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted(
    (a, b) =>
      bySeverity(a.severity, b.severity) ||
      byText(a.plan, b.plan) ||
      byText(a.address, b.address) ||
      byText(a.policy, b.policy) ||
      byText(a.fingerprint, b.fingerprint) ||
      byText(a.message, b.message),
  );

export interface Groups extends Readonly<Record<Status, readonly Finding[]>> {
  /** Accepted findings of any status, as the counts of the report have it. */
  readonly waived: readonly Finding[];
}

const isWaived = (finding: Finding): boolean => finding.waived !== null;

/** All findings, each in one group, worst first. */
export function groupFindings({ findings }: Review): Groups {
  const ordered = inOrder(findings);
  const of = (status: Status): Finding[] =>
    ordered.filter((finding) => finding.status === status && !isWaived(finding));
  return {
    introduced: of('introduced'),
    persisting: of('persisting'),
    resolved: of('resolved'),
    undetermined: of('undetermined'),
    waived: ordered.filter(isWaived),
  };
}

/** The findings a reader is asked to act on: what this plan introduces, and in an audit whatever is bad. */
export const toAct = (review: Review, groups: Groups = groupFindings(review)): readonly Finding[] =>
  review.mode === 'audit' ? inOrder([...groups.introduced, ...groups.persisting]) : groups.introduced;

/** Those among the findings to act on that fail the review by themselves. */
export const blocking = ({ conclusion, failOn = 'high' }: Review, findings: readonly Finding[]): readonly Finding[] =>
  conclusion === 'fail' ? findings.filter(({ severity }) => reaches(severity, failOn)) : [];

/** `2 findings`, `1 finding`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** `1 critical, 2 high`; empty without findings. */
export const bySeverityCounts = (findings: readonly Finding[]): string =>
  SEVERITIES.map((severity) => [findings.filter((finding) => finding.severity === severity).length, severity] as const)
    .filter(([number]) => number > 0)
    .map(([number, severity]) => `${number} ${severity}`)
    .join(', ');

/** How the line of `sha256sum` begins: as many digits tell two files apart for a reader, and the report has all. */
export const digestStart = (sha256: string): string => sha256.slice(0, 12);

const FINDING_VERBS = { review: 'introduced', audit: 'present' } as const;

/** Reports that are not there, or too many of them: nobody knows what the others say. */
function missing({ merged }: Review): string | null {
  if (merged === undefined || merged.expected === null || merged.expected === merged.reports) return null;
  const { reports, expected } = merged;
  return reports > expected
    ? `${count(reports, 'report')} are there, and ${expected} expected`
    : `${reports} of ${count(expected, 'expected report')} ${reports === 1 ? 'is' : 'are'} there`;
}

/** What keeps a plan from being judged to the end, when that decides the verdict. */
function obstacle(review: Review): string | null {
  const { plans, conclusion } = review;
  const incomplete = missing(review);
  if (incomplete !== null) return incomplete;
  if (plans.some((plan) => plan.errored)) return 'The plan ended with an error and cannot be judged to the end';
  const partial = conclusion === 'fail' && plans.some((plan) => plan.complete === false);
  return partial ? 'The plan is partial and cannot be judged to the end' : null;
}

function withoutFindings(review: Review, groups: Groups): string {
  const open = groups.undetermined.length;
  const unanswered = `${count(open, 'question')} cannot be answered before apply`;
  if (review.conclusion === 'fail' && open > 0) return unanswered;
  if (open > 0) return `No findings ${FINDING_VERBS[review.mode]}, but ${unanswered}`;
  if (review.plans.every((plan) => plan.resourceChanges === 0)) return 'Nothing changes';
  return review.neutral ? 'No change has a meaning for security' : `No findings ${FINDING_VERBS[review.mode]}`;
}

/** `critical` for one finding, `all high` for equal ones, else `1 critical, 2 high`. */
function gravity(findings: readonly Finding[]): string {
  const [first, ...others] = findings;
  if (first === undefined || others.some(({ severity }) => severity !== first.severity))
    return bySeverityCounts(findings);
  return others.length === 0 ? first.severity : `all ${first.severity}`;
}

/** The verdict's reason in one sentence: `3 findings introduced: 1 critical, 2 high`. */
export function headline(review: Review, groups: Groups = groupFindings(review)): string {
  const findings = toAct(review, groups);
  const hindered = obstacle(review);
  if (findings.length === 0) return hindered ?? withoutFindings(review, groups);
  const found = `${count(findings.length, 'finding')} ${FINDING_VERBS[review.mode]}: ${gravity(findings)}`;
  return hindered === null ? found : `${hindered}; ${found}`;
}

/** The other counts, for one line: `2 undetermined`, `1 resolved`, … Empty ones are left out. */
export function otherCounts(review: Review, groups: Groups = groupFindings(review)): string[] {
  const rows = [
    [groups.undetermined.length, 'undetermined'],
    [review.mode === 'audit' ? 0 : groups.persisting.length, 'persisting'],
    [groups.resolved.length, 'resolved'],
    [groups.waived.length, 'accepted'],
    [review.notEvaluated.length, 'not evaluated'],
  ] as const;
  return rows.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The consequence in one sentence; a policy without a message still has its title. What is not known asks its question
 * first, because its message only says what keeps it from being answered.
 */
export function consequence({ message, title, policy, status }: Finding): string {
  const [said, named] = [message.trim(), title.trim()];
  if (status === 'undetermined' && said !== '' && named !== '') return `${named}? ${capitalised(said)}`;
  return said || named || policy;
}

/** `network.tf:12`, `network.tf:12-14`, or null when the source is not known. */
export function place({ location }: Finding): string | null {
  if (location === null) return null;
  const { path, startLine, endLine } = location;
  return endLine > startLine ? `${path}:${startLine}-${endLine}` : `${path}:${startLine}`;
}

/** A path for a URL in which no character can leave its segment; null when a segment would walk through the path. */
export function urlPath(path: string): string | null {
  const segments = path.split('/');
  if (segments.some((segment) => /^(\.\.?)?$/.test(segment))) return null;
  return segments
    .map((segment) =>
      encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')).replace(
        /[!'()*]/g,
        (sign) => `%${sign.charCodeAt(0).toString(16)}`,
      ),
    )
    .join('/');
}

/** Equal items once, each with what belongs to it, in order of first appearance. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** Findings that say the same at the same place, such as the instances of one `for_each`, are told once. */
export type Cluster = readonly [Finding, ...Finding[]];

export const cluster = (findings: readonly Finding[]): readonly Cluster[] =>
  groupBy(findings, (finding) => {
    const { plan, policy, severity, status, message, evidence, location, waived } = finding;
    // Without a place, only the resource tells two findings apart.
    const where = location ?? finding.address;
    return JSON.stringify([plan, policy, severity, status, message, evidence, where, waived]);
  });

/** The line that mends all findings of a cluster; undefined when there is none, or not the same one. */
export function repairOf([{ repair }, ...others]: Cluster): Repair | undefined {
  const isSame = others.every((other) => JSON.stringify(other.repair) === JSON.stringify(repair));
  return isSame ? repair : undefined;
}
