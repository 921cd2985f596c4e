import { conclude, countFindings, fails, type OnUnknown, sortFindings } from '../finding/conclude.ts';
import type { Finding, Waiver } from '../finding/finding.ts';
import type { IamData, Review } from '../finding/review.ts';
import type { FailOn } from '../finding/severity.ts';
import { waiverNotes } from '../finding/waiver-notes.ts';
import { type Acceptance, byAddress, waiverFor } from '../finding/waivers.ts';
import { UserError } from '../text/user-error.ts';
import { uniteChecklists } from './checklists.ts';
import { withOwnNames } from './names.ts';
import type { Report } from './read.ts';

/** What decides the conclusion: the words of the configuration, never those of a report. */
export interface MergeRules {
  readonly failOn: FailOn;
  readonly onUnknown: OnUnknown;
  readonly allowPartial: boolean;
  /** Number of reports that there must be; null when nobody says. */
  readonly expected: number | null;
  readonly waivers: readonly Waiver[];
  /** ISO date on which waivers are looked at. */
  readonly today: string;
  /** Sentences of whoever gathered the reports. */
  readonly notes: readonly string[];
  readonly version: string;
}

function modeOf(reports: readonly Report[]): Review['mode'] {
  const [first] = reports;
  if (first === undefined) throw new UserError('No report given: name the files that `--format json` wrote.');
  const other = reports.find(({ review }) => review.mode !== first.review.mode);
  if (other === undefined) return first.review.mode;
  throw new UserError(
    `${first.path} is of mode ${first.review.mode} and ${other.path} of mode ${other.review.mode}: merge reports of one mode.`,
  );
}

/** The older of two days is what can be relied on. */
function olderOf(reviews: readonly Review[]): IamData | null {
  const all = reviews.flatMap(({ iamData }) => (iamData === null ? [] : [iamData]));
  const oldest = (key: keyof IamData): string | undefined => all.map((one) => one[key]).toSorted()[0];
  const [actions, managedPolicies] = [oldest('actions'), oldest('managedPolicies')];
  return actions === undefined || managedPolicies === undefined ? null : { actions, managedPolicies };
}

const missingNotes = (found: number, expected: number | null): string[] =>
  expected === null || found === expected
    ? []
    : [
        found < expected
          ? `Only ${found} of ${expected} reports are there, so this review is partial and cannot pass: look at the jobs that wrote none.`
          : `There are ${found} reports where ${expected} are expected, so this review cannot pass: correct the number, or the pattern of the reports.`,
      ];

/** The proofs of all reports, as far as there are any; of what is not neutral nothing is proven. */
function proofOf(reviews: readonly Review[], neutral: boolean): Pick<Review, 'neutralProof'> {
  const proofs = reviews.flatMap(({ neutralProof }) => neutralProof ?? []);
  if (proofs.length < reviews.length) return {};
  const changes = neutral ? proofs.flatMap((proof) => proof.changes) : [];
  return { neutralProof: { changes, obstacles: proofs.flatMap((proof) => proof.obstacles) } };
}

const waivedBy = (finding: Finding, acceptances: readonly Acceptance[], today: string): Waiver | null =>
  waiverFor(finding, acceptances, today) ??
  (finding.waived !== null && finding.waived.expires >= today ? finding.waived : null);

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

/**
 * One review out of many reports. Reports are hostile: the conclusion and the counts are made anew from the findings, and
 * partial or errored plans fail. Waivers of the configuration hold; those of the reports stay until they are over, because a
 * report that lies could leave its findings out as well, and here they are shown with owner and reason.
 * @throws UserError for no reports, for reports of different modes, and when two plans cannot be told apart
 */
export function mergeReports(reports: readonly Report[], rules: MergeRules): Review {
  const mode = modeOf(reports);
  const reviews = withOwnNames(reports);
  const found = sortFindings(reviews.flatMap(({ findings }) => findings));
  const kept = rules.onUnknown === 'ignore' ? found.filter(({ status }) => status !== 'undetermined') : found;
  const acceptances = rules.waivers.map(byAddress);
  // A line to write into the code is offered only by who judged the plan with it, not on a report's word.
  const findings = kept.map((one): Finding => {
    const { repair, ...rest } = one;
    const finding = { ...rest, waived: waivedBy(one, acceptances, rules.today) };
    return { ...finding, fails: fails(finding, { ...rules, mode }) };
  });
  const plans = reviews.flatMap((review) => review.plans);
  const isWhole = rules.expected === null || rules.expected === reports.length;
  const partial = plans.some(({ errored, complete }) => errored || (complete === false && !rules.allowPartial));
  const changes = findings.some(({ status }) => status === 'introduced' || status === 'undetermined');
  const neutral = isWhole && !partial && !changes && reviews.every((review) => review.neutral);
  return {
    schemaVersion: 1,
    tool: { name: 'planwarden', version: rules.version },
    conclusion: conclude(findings, { ...rules, mode }, partial || !isWhole),
    mode,
    failOn: rules.failOn,
    neutral,
    ...proofOf(reviews, neutral),
    plans,
    counts: countFindings(findings),
    findings,
    ...uniteChecklists(reviews),
    iamData: olderOf(reviews),
    notEvaluated: reviews.flatMap(({ notEvaluated }) => notEvaluated),
    notes: unique([
      ...rules.notes,
      ...missingNotes(reports.length, rules.expected),
      ...reviews.flatMap(({ notes }) => notes),
      ...waiverNotes(findings, acceptances, rules.today, mode),
    ]),
    merged: { reports: reports.length, expected: rules.expected },
  };
}
