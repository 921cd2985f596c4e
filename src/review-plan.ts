import type { Config } from './config/config.ts';
import type { Cause, Excerpt, Finding, Location, Repair, Status } from './finding/finding.ts';
import { fingerprint } from './finding/fingerprint.ts';
import { grantOf } from './finding/grant.ts';
import type { Mode, NotEvaluated } from './finding/review.ts';
import type { FindAwsSimulator } from './iam/confirm.ts';
import type { Plan } from './plan/plan.ts';
import { builtinPolicies } from './policy/builtin.ts';
import { constants } from './policy/constants.ts';
import { type Judgement, judgeAll, type KindSubjects } from './policy/engine.ts';
import { notEvaluated } from './policy/not-evaluated.ts';
import type { Policy } from './policy/policy.ts';
import { kindsOf, subjectsOf } from './policy/subjects-of.ts';
import { accessOf, addressesOf, proofsOf, type Proven, simulated } from './review-access.ts';
import type { Comments, ReadDeciding } from './review-accept.ts';
import { lostGuards, withGuards } from './review-guard.ts';
import { repairsOf } from './review-repair.ts';
import type { Source } from './source/source.ts';
import type { SourceText } from './secrets/source-text.ts';
import { type Excerpts, excerptsOf, sensitiveTexts } from './secrets/excerpt.ts';
import { maskFinding } from './secrets/mask-review.ts';
import { findSecrets } from './secrets/find.ts';
import { kindsFor } from './subjects/domains.ts';
import { ownAccounts } from './subjects/identity/accounts.ts';
import { secret, secretKind } from './subjects/secret.ts';
import type { AccessProof, BuildOptions, SubjectKind } from './subjects/subject.ts';
import { buildWorlds } from './world/build.ts';
import { noExpressions } from './world/expressions.ts';
import { type Proof, proveNeutral } from './world/neutral.ts';
import { isRetagged } from './world/retagged.ts';
import type { Worlds } from './world/world.ts';

/** One plan with the HCL it was made from, when that is at hand. */
export interface PlanInput {
  readonly plan: Plan;
  readonly source: Source | undefined;
  /** Files in which credentials are looked for. */
  readonly files?: readonly SourceText[] | undefined;
  /** What the pull request removes from files. */
  readonly removed?: readonly SourceText[] | undefined;
  /** How files of the source are read where they decide; left out, the source itself decides. */
  readonly decides?: ReadDeciding | undefined;
  /** What holds for this plan in place of what holds for all. */
  readonly rules?: Pick<Rules, 'policies' | 'config'> | undefined;
}

/** What holds for all plans of a review. */
export interface Rules {
  readonly policies: readonly Policy[];
  readonly config: Config;
  readonly mode: Mode;
  readonly today: string;
  /** Finds AWS's policy simulator when there is something to ask it; null when nothing is simulated. */
  readonly findAws: FindAwsSimulator | null;
}

export interface ReviewedPlan {
  readonly findings: readonly Finding[];
  /** What comments in the code accept. */
  readonly comments: Comments;
  readonly notEvaluated: readonly NotEvaluated[];
  /** Ids of the policies that had something to judge. */
  readonly looked: readonly string[];
  /** Why AWS's policy simulator did not answer what it was asked. */
  readonly unanswered: readonly string[];
  /** Whether the changes are proven to have no meaning for security. */
  readonly proof: Proof;
}

/** Buckets that are public on purpose; one that should have been looked at again by now is public by mistake. */
const publicBuckets = ({ config, today }: Rules): string[] =>
  config.publicBuckets.filter(({ reviewBy }) => reviewBy === undefined || today <= reviewBy).map(({ name }) => name);

const buildOptions = (rules: Rules): BuildOptions => ({
  ...rules.config,
  publicBuckets: publicBuckets(rules),
  audit: rules.mode === 'audit',
});

/** Identities of what the plan destroys or forgets, to know when a part goes with its whole. */
function goneIdentities({ before }: Worlds, changes: PlanInput['plan']['changes']): ReadonlySet<string> {
  const leaving = changes.filter(
    ({ action, deposed }) => deposed === undefined && (action === 'delete' || action === 'forget'),
  );
  return new Set(
    leaving.flatMap(({ address }) => {
      const resource = before.at(address);
      return resource && resource.fate !== 'recreated' ? [resource.identity] : [];
    }),
  );
}

const RANK: readonly Status[] = ['introduced', 'undetermined', 'persisting', 'resolved'];

/** Of several judgements on one thing by one policy the gravest speaks: a group that opens another port is not also "resolved". */
function gravest(judgements: readonly Judgement[]): Judgement[] {
  const chosen = new Map<string, Judgement>();
  for (const judgement of judgements) {
    const key = `${judgement.policy.id} ${thing(judgement)}`;
    const other = chosen.get(key);
    if (!other || RANK.indexOf(judgement.status) < RANK.indexOf(other.status)) chosen.set(key, judgement);
  }
  return [...chosen.values()];
}

/** A quiet policy without a concern is about anything at all: it gives way to one that says more of the same resource. */
function withoutQuiet(judgements: readonly Judgement[]): readonly Judgement[] {
  const isGeneral = ({ policy }: Judgement): boolean => policy.quiet === true && policy.concern === null;
  if (!judgements.some(isGeneral)) return judgements;
  const told = new Set(
    judgements.filter((one) => !isGeneral(one) && one.status === 'introduced').map(({ subject }) => subject.address),
  );
  return judgements.filter((one) => !isGeneral(one) || !told.has(one.subject.address));
}

const thing = ({ subject }: Judgement): string => subject.merge ?? subject.id;

const causesOf = ({ subjects }: Judgement): Cause[] => subjects.flatMap((subject) => subject.causes);

const MOST_CAUSES = 20;

function locate(judgement: Judgement, source: Source | undefined): Location | null {
  if (judgement.subject.location) return judgement.subject.location;
  if (!source) return null;
  for (const cause of causesOf(judgement).slice(0, MOST_CAUSES)) {
    const location = source.locate(cause);
    if (location) return location;
  }
  return null;
}

const isAboutSecrets = ({ id, subject }: Policy): boolean => id.startsWith('secrets/') || subject.includes(secret.name);

/** The code at a place; where a secret was found (that is what has its own place) nothing is shown. */
function excerptFor(
  { subject, policy }: Judgement,
  location: Location | null,
  { source }: PlanInput,
  excerpts: Excerpts,
): Excerpt | undefined {
  if (location === null || subject.location || isAboutSecrets(policy)) return undefined;
  const text = source?.textOf(location);
  return text === undefined ? undefined : excerpts(text, location);
}

/** What stands beside a judgement in its finding. */
interface Beside {
  readonly proofs: readonly AccessProof[];
  readonly repair: Repair | undefined;
  readonly excerpts: Excerpts;
}

function toFinding(judgement: Judgement, { proofs, repair, excerpts }: Beside, input: PlanInput): Proven {
  const { plan, source } = input;
  const { policy, subject } = judgement;
  const location = locate(judgement, source);
  const excerpt = excerptFor(judgement, location, input, excerpts);
  const finding: Finding = {
    policy: policy.id,
    title: policy.title,
    severity: judgement.severity,
    status: judgement.status,
    waived: null,
    plan: plan.path,
    address: subject.address,
    previousAddress: judgement.previousAddress,
    resourceType: subject.resourceType,
    attribute: judgement.attribute,
    message: judgement.message,
    evidence: judgement.evidence,
    access: accessOf(proofs, source),
    location,
    ...(excerpt === undefined ? {} : { excerpt }),
    fingerprint: fingerprint(plan.path, policy.id, thing(judgement)),
    grant: '',
    why: policy.why,
    fix: policy.fix,
    ...(judgement.status === 'introduced' && subject.way && { way: subject.way }),
    ...(repair && { repair }),
    references: policy.references,
  };
  return { finding: { ...finding, grant: grantOf(maskFinding(finding)) }, proofs };
}

/** Gives the kind `secret` what it cannot build from worlds; nothing is looked for when no policy asks. */
async function withSecrets(
  kinds: readonly SubjectKind[],
  { plan, source, files }: PlanInput,
  { mode }: Rules,
): Promise<readonly SubjectKind[]> {
  if (!kinds.includes(secret)) return kinds;
  const filled = secretKind(
    await findSecrets(plan, { audit: mode === 'audit', expressions: source?.expression.bind(source), files }),
  );
  return kinds.map((kind) => (kind === secret ? filled : kind));
}

/** What comments in the code accept; they are looked for only when there is something to accept. */
async function commentsOf(
  findings: readonly Finding[],
  { plan, source, decides }: PlanInput,
  { policies, config: { waiverDays }, today }: Rules,
): Promise<Comments> {
  if (!source || findings.every(({ status }) => status === 'resolved')) return { acceptances: [], notes: [] };
  const remarks = await source.remarks();
  if (remarks.length === 0) return { acceptances: [], notes: [] };
  const { acceptancesOf } = await import('./review-accept.ts');
  const known = [...policies, ...builtinPolicies()].map(({ id }) => id);
  return acceptancesOf(findings, source, plan.path, { policies: known, today, waiverDays }, decides);
}

/** Marks what a waiver accepts. Matching globs is loaded only when there are waivers. */
async function accept(
  findings: readonly Finding[],
  input: PlanInput,
  rules: Rules,
): Promise<Pick<ReviewedPlan, 'findings' | 'comments'>> {
  const comments = await commentsOf(findings, input, rules);
  const { waivers } = rules.config;
  if (waivers.length === 0 && comments.acceptances.length === 0) return { findings, comments };
  const { byAddress, waiverFor } = await import('./finding/waivers.ts');
  const acceptances = [...waivers.map(byAddress), ...comments.acceptances];
  const accepted = findings.map((finding) => ({
    ...finding,
    waived: waiverFor(finding, acceptances, rules.today) ?? null,
  }));
  return { findings: accepted, comments };
}

/** The resource types that the plan changes, apart from those of which instances only get new tags. */
function changedTypes(changes: PlanInput['plan']['changes']): Record<'touched' | 'retagged', ReadonlySet<string>> {
  const [touched, retagged] = [new Set<string>(), new Set<string>()];
  for (const change of changes) {
    const isChanged = (change.action !== 'no-op' && change.action !== 'read') || change.importing;
    if (isChanged) (isRetagged(change) ? retagged : touched).add(change.type);
  }
  return { touched, retagged };
}

/** What is merely worth knowing is told only to those who ask for it: by the profile, or by naming the policy. */
const isTold = ({ severity, policy: { id } }: Judgement, { profile, settings }: Config): boolean =>
  severity !== 'info' ||
  profile !== 'recommended' ||
  settings[id]?.enabled === true ||
  settings[id]?.severity === 'info';

/** The policies about something that stands after the plan: where they say nothing, all is well. */
function lookedAt(policies: readonly Policy[], subjects: readonly KindSubjects[]): string[] {
  const there = new Set(subjects.filter(({ after }) => after.length > 0).map(({ kind }) => kind.name));
  return policies
    .filter(({ on, subject }) => on === 'present' && subject.some((name) => there.has(name)))
    .map(({ id }) => id);
}

interface Judged {
  readonly judgements: readonly Judgement[];
  readonly subjects: readonly KindSubjects[];
}

/** Builds the subjects of some kinds on both sides, and judges them. */
function judgeWorlds(worlds: Worlds, kinds: readonly SubjectKind[], rules: Rules): Judged {
  const { changes } = worlds.plan;
  const { touched, retagged } = changedTypes(changes);
  const gone = goneIdentities(worlds, changes);
  const options = buildOptions(rules);
  const subjects = subjectsOf(kinds, worlds, touched, options, retagged);
  const judgements = withoutQuiet(
    gravest(
      judgeAll(rules.policies, subjects, {
        audit: rules.mode === 'audit',
        constants: constants({
          ...rules.config,
          publicBuckets: options.publicBuckets,
          ownAccounts: [...ownAccounts(worlds, options)],
        }),
        isGone: (identity) => gone.has(identity),
      }),
    ),
  ).filter((judgement) => isTold(judgement, rules.config));
  return { judgements, subjects };
}

/** The lines that mend what is introduced, shown by judging the plan again with them. */
function repairs(
  judgements: readonly Judgement[],
  kinds: readonly SubjectKind[],
  { plan, source }: PlanInput,
  rules: Rules,
): ReadonlyMap<Judgement, Repair> {
  if (!source) return new Map();
  return repairsOf(judgements, plan, source, (other, type) => {
    const worlds = buildWorlds(other, source.expression.bind(source));
    return judgeWorlds(
      worlds,
      kinds.filter(({ types }) => types.includes(type)),
      rules,
    ).judgements;
  });
}

/** Reviews one plan: worlds, subjects, judgements, findings with their place in the source. */
export async function reviewPlan(input: PlanInput, shared: Rules): Promise<ReviewedPlan> {
  const { plan, source } = input;
  const rules = { ...shared, ...input.rules };
  const worlds = buildWorlds(plan, source?.expression.bind(source) ?? noExpressions);
  const { touched, retagged } = changedTypes(plan.changes);
  const lost = lostGuards(input.removed ?? []);
  // A guard may be lost in a plan without changes: the name stands for the kinds that look at any resource.
  const named = lost.length > 0 ? ['lifecycle'] : [];
  const known = await kindsFor([...touched, ...retagged, ...named], rules.mode === 'audit');
  const found = await withSecrets(kindsOf(rules.policies, known), input, rules);
  const kinds = await withGuards(found, worlds.after, source, lost);
  const { judgements, subjects } = judgeWorlds(worlds, kinds, rules);
  const proofs = judgements.map((judgement) => proofsOf(judgement, kinds, worlds));
  await source?.prepare([
    ...judgements.flatMap((judgement) =>
      causesOf(judgement)
        .slice(0, MOST_CAUSES)
        .map(({ address }) => address),
    ),
    ...proofs.flatMap(addressesOf),
  ]);
  const excerpts = excerptsOf(source ? sensitiveTexts(plan) : new Set());
  const mended = repairs(judgements, kinds, input, rules);
  const proven = judgements.map((judgement, index) =>
    toFinding(judgement, { proofs: proofs[index] ?? [], repair: mended.get(judgement), excerpts }, input),
  );
  const { findings, unanswered } = await simulated(proven, rules.findAws);
  return {
    ...(await accept(findings, input, rules)),
    notEvaluated: notEvaluated(plan.changes, kinds),
    looked: lookedAt(rules.policies, subjects),
    unanswered,
    proof: proveNeutral(worlds, rules.config),
  };
}
