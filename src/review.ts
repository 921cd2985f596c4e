import type { Config } from './config/config.ts';
import { conclude, countFindings, fails, sortFindings } from './finding/conclude.ts';
import type { Finding } from './finding/finding.ts';
import type { IamData, Mode, NeutralProof, Review } from './finding/review.ts';
import type { FindAwsSimulator } from './iam/confirm.ts';
import { type PlanInput, type ReviewedPlan, reviewPlan } from './review-plan.ts';
import type { Comments } from './review-accept.ts';
import { isPartial, planNotes } from './plan/notes.ts';
import { refuseTooDeep } from './plan/too-deep.ts';
import type { Policy } from './policy/policy.ts';
import { maskReview } from './secrets/mask-review.ts';
import { VERSION } from './version.ts';

export interface ReviewInput {
  readonly plans: readonly PlanInput[];
  readonly policies: readonly Policy[];
  readonly config: Config;
  readonly mode: Mode;
  /** ISO date (YYYY-MM-DD) on which waivers are looked at. */
  readonly today: string;
  /** Finds AWS's policy simulator when there is something to ask it; null, and left out, when nothing is simulated. */
  readonly findAws?: FindAwsSimulator | null | undefined;
  /** Sentences of whoever gathered the input. */
  readonly notes: readonly string[];
}

function sourceNotes({ plan, source }: PlanInput): string[] {
  if (!source) return [];
  return source.found
    ? [...source.problems]
    : [`${plan.path}: no Terraform files were found in the given source, so findings have no file and line.`];
}

const NO_SOURCE =
  'No source was given, so findings have no file and line: name the Terraform code with `--source DIR`.';

/** How old the data is that access is told with. It is loaded only by then. */
async function iamDataOf(findings: readonly Finding[]): Promise<IamData | null> {
  if (findings.every(({ access }) => access.length === 0)) return null;
  const { catalogueDate } = await import('./iam/data/catalogue.ts');
  const { managedPoliciesDate } = await import('./iam/data/managed-policies.ts');
  return { actions: catalogueDate(), managedPolicies: managedPoliciesDate() };
}

/** What the plans show of the checklists; the checklists are loaded only for an audit. */
async function checklistsOf(
  mode: Mode,
  policies: readonly Policy[],
  findings: readonly Finding[],
  looked: readonly string[],
): Promise<Pick<Review, 'checklists'>> {
  if (mode !== 'audit') return {};
  const { CHECKLIST } = await import('./policy/checklist.ts');
  const { checklistResults } = await import('./policy/coverage.ts');
  const standing = findings.filter(({ status }) => status === 'introduced' || status === 'persisting');
  const broken = new Set(standing.map(({ policy }) => policy));
  return { checklists: checklistResults(CHECKLIST, policies, broken, new Set(looked)) };
}

/** The proofs of all plans as one; what a policy speaks about is not neutral, whatever is told of it. */
function neutralProof(plans: readonly PlanInput[], reviewed: readonly ReviewedPlan[]): NeutralProof {
  const proofs = reviewed.map(({ proof, findings }, index) => {
    const plan = plans[index]?.plan.path ?? '';
    const spoken = findings.filter(({ status }) => status === 'introduced' || status === 'undetermined').slice(0, 10);
    return {
      changes: proof.changes.map((one) => ({ plan, ...one })),
      obstacles: [
        ...spoken.map(({ address, attribute, policy }) => ({ plan, address, attribute, because: `${policy} speaks` })),
        ...proof.obstacles.map((one) => ({ plan, ...one })),
      ],
    };
  });
  const obstacles = proofs.flatMap((proof) => proof.obstacles);
  return { changes: obstacles.length > 0 ? [] : proofs.flatMap(({ changes }) => changes), obstacles };
}

/** The review concludes without AWS's simulator, and says so. */
const simulatorNotes = (reasons: readonly string[]): string[] =>
  [...new Set(reasons)].map(
    (reason) =>
      `Not all gained access was put to AWS's policy simulator: ${reason}. The embedded simulator answered instead.`,
  );

/** The findings of one plan that are told, with what decides on them. */
const withThresholds = (findings: readonly Finding[], config: Config) => ({
  config,
  findings: config.onUnknown === 'ignore' ? findings.filter(({ status }) => status !== 'undetermined') : findings,
});

/** Matching globs is loaded only when there are waivers. */
async function notesOnWaivers(
  findings: readonly Finding[],
  { waivers }: Config,
  comments: readonly Comments[],
  { today, mode }: Pick<ReviewInput, 'today' | 'mode'>,
): Promise<string[]> {
  const inCode = comments.flatMap(({ acceptances }) => acceptances);
  if (waivers.length === 0 && inCode.length === 0) return [];
  const { waiverNotes } = await import('./finding/waiver-notes.ts');
  const { byAddress } = await import('./finding/waivers.ts');
  return waiverNotes(findings, [...waivers.map(byAddress), ...inCode], today, mode);
}

/**
 * The whole of planwarden: plans, policies and a configuration in, one review out. Pure: no file, network, environment
 * or clock that is not passed in (a source reads its files behind its own port).
 */
export async function review(input: ReviewInput): Promise<Review> {
  const { plans, policies, config, mode, today, findAws, notes } = input;
  const rules = { policies, config, mode, today, findAws: findAws ?? null };
  const reviewed = await Promise.all(
    plans.map((input) => reviewPlan(input, rules).catch((error: unknown) => refuseTooDeep(error, input.plan.path))),
  );
  const comments = reviewed.map((one) => one.comments);
  const judged = reviewed.map(({ findings }, index) => withThresholds(findings, plans[index]?.rules?.config ?? config));
  const findings = sortFindings(judged.flatMap((one) => one.findings));
  const partial = plans.some(({ plan }) => plan.errored || (isPartial(plan) && !config.allowPartial));
  const proof = neutralProof(plans, reviewed);
  return maskReview({
    schemaVersion: 1,
    tool: { name: 'planwarden', version: VERSION },
    conclusion:
      judged.some((one) => conclude(one.findings, { ...one.config, mode }, partial) === 'fail') || partial
        ? 'fail'
        : 'pass',
    mode,
    failOn: config.failOn,
    neutral: proof.obstacles.length === 0,
    neutralProof: proof,
    plans: plans.map(({ plan }) => ({
      path: plan.path,
      formatVersion: plan.formatVersion,
      terraformVersion: plan.terraformVersion,
      // What is deferred needs another plan, whatever this one says of itself.
      complete: plan.deferred.length > 0 ? false : plan.complete,
      errored: plan.errored,
      applyable: plan.applyable,
      timestamp: plan.timestamp,
      ...(plan.sha256 !== undefined && { sha256: plan.sha256 }),
      resourceChanges: plan.changes.length,
    })),
    counts: countFindings(findings),
    findings: findings.map((finding) => ({ ...finding, fails: fails(finding, { ...config, mode }) })),
    ...(await checklistsOf(
      mode,
      policies,
      findings,
      reviewed.flatMap(({ looked }) => looked),
    )),
    iamData: await iamDataOf(findings),
    notEvaluated: reviewed.flatMap((one) => one.notEvaluated),
    notes: [
      ...notes,
      ...plans.flatMap(({ plan }) => planNotes(plan, config.allowPartial)),
      ...(findings.length > 0 && plans.some(({ source }) => !source) ? [NO_SOURCE] : []),
      ...plans.flatMap(sourceNotes),
      ...simulatorNotes(reviewed.flatMap(({ unanswered }) => unanswered)),
      ...comments.flatMap((one) => one.notes),
      ...(await notesOnWaivers(findings, config, comments, input)),
    ],
  });
}
