import { join } from 'node:path';
import { CONFIG_FILES } from './config/config.ts';
import { effectNote } from './finding/effect.ts';
import type { Review } from './finding/review.ts';
import { SEVERITIES } from './finding/severity.ts';
import { checkAge } from './github/age.ts';
import { atHead, type Base, type BaseFile } from './github/base-file.ts';
import { isDistrusted } from './github/context.ts';
import { type Edits, findEdits } from './github/edits.ts';
import { describeFailure } from './github/failure.ts';
import { readInputs, type Inputs } from './github/inputs.ts';
import { describeJob, type Job } from './github/job.ts';
import { logAnnotation, logFailure, logLines } from './github/log.ts';
import { editNotes, editsUnknown, eventNotes, NO_TOKEN, WORKFLOWS } from './github/notes.ts';
import { setConclusion, setOutputs } from './github/outputs.ts';
import { publish, publishFailure, type Published } from './github/publish.ts';
import { writeReports, type ReportFiles } from './github/reports.ts';
import { blobBase } from './github/repository.ts';
import { fromBase, fromCheckout, type Trusted, type TrustedRequest } from './github/trusted.ts';
import { headline } from './report/model.ts';
import { value } from './report/table-page.ts';
import { renderTable } from './report/table.ts';
import { answerApart, APART, type ApartTask, recorder, runApart } from './run-apart.ts';
import { run, type RunOptions } from './run.ts';
import { UserError } from './text/user-error.ts';

/** The exit codes of the command line (design 9). */
const EXIT = { pass: 0, fail: 1, failure: 2 } as const;

/** Columns of a job's log on a usual screen. */
const LOG_WIDTH = 120;

const NO_EDITS: Edits = { edited: [], added: undefined };

const NO_BASE = new UserError('without `github-token` the base branch cannot be read.');

const NOTHING: Trusted = {
  config: undefined,
  policies: [],
  paths: [],
  decides: () => Promise.reject(NO_BASE),
  notes: [NO_TOKEN],
};

async function policiesOf({ path, text }: BaseFile): Promise<readonly string[]> {
  const { parseConfig } = await import('./config/parse.ts');
  return parseConfig(text, path).policies;
}

const requestOf = ({ root, cwd }: Job, { config, policies }: Inputs): TrustedRequest => ({
  root,
  cwd,
  config,
  configFiles: CONFIG_FILES,
  policies,
  policiesOf,
});

/** The commit that decides where the checkout must not, when there is one and it can be read. */
const baseOf = async ({ situation, connect, run: workflowRun }: Job): Promise<Base | undefined> =>
  isDistrusted(situation) && connect !== undefined
    ? { client: await connect(), run: workflowRun, situation }
    : undefined;

/** The author of a pull request must not decide its review, so what decides it is read from the base branch. */
async function readTrusted(job: Job, inputs: Inputs, base: Base | undefined): Promise<Trusted> {
  const { situation, temp } = job;
  const { config, policies } = inputs;
  const request = requestOf(job, inputs);
  if (!isDistrusted(situation)) return fromCheckout(request);
  if (base !== undefined) return fromBase(base, request, join(temp, 'base'));
  if (config === undefined && policies.length === 0) return NOTHING;
  throw new UserError('Set the input `github-token`, so that the configuration can be read from the base branch.');
}

const modeOf = ({ situation }: Job, { mode }: Inputs): RunOptions['mode'] =>
  mode === 'audit' || (mode === undefined && situation.kind === 'audit') ? 'audit' : 'review';

/** What a review is made of, beside plans and reports. */
interface Occasion {
  readonly job: Job;
  readonly inputs: Inputs;
  /** Undefined where the checkout decides, or nothing can be asked. */
  readonly base: Base | undefined;
  readonly trusted: Trusted;
  readonly edits: Edits;
  readonly notes: readonly string[];
}

const toOptions = ({ job, inputs, trusted, edits, notes }: Occasion): Omit<RunOptions, 'decides' | 'onProgress'> => ({
  plans: inputs.plan,
  source: inputs.source,
  // Null keeps `run` from looking in the checkout, which belongs to the pull request.
  config: trusted.config ?? null,
  policies: trusted.policies,
  mode: modeOf(job, inputs),
  profile: inputs.profile,
  failOn: inputs.failOn,
  onUnknown: inputs.onUnknown,
  simulator: inputs.simulator,
  cwd: job.cwd,
  added: edits.added,
  removed: edits.removed,
  root: job.root,
  notes,
});

async function reviewPlans(occasion: Occasion): Promise<Review> {
  const { decides, decided } = recorder(occasion.trusted.decides);
  const options = toOptions(occasion);
  const judged = await run({ ...options, decides });
  const effect = await effectNotes(occasion, { ...options, decided: decided() }, judged);
  return { ...judged, notes: [...judged.notes, ...effect] };
}

async function mergeReports({ job: { cwd }, inputs, trusted, notes }: Occasion): Promise<Review> {
  const { runMerge } = await import('./run-merge.ts');
  const { reports, expect: expected, failOn, onUnknown } = inputs;
  // Null keeps it from looking in the checkout, as above.
  return runMerge({ reports, expected, config: trusted.config ?? null, failOn, onUnknown, cwd, notes });
}

/** The review of plans, or of the reports that other jobs made of them. */
async function make(occasion: Occasion): Promise<Review> {
  const { inputs, base } = occasion;
  const made = await (inputs.mode === 'merge' ? mergeReports(occasion) : reviewPlans(occasion));
  return base === undefined ? made : checkAge(base, made);
}

const introduced = ({ counts }: Review): number =>
  SEVERITIES.reduce((total, severity) => total + counts.introduced[severity], 0);

const notesOf = ({ situation, origin }: Job, { notes }: Trusted, { edited, unseen = '' }: Edits): string[] => [
  ...eventNotes(situation, origin),
  ...notes,
  ...(edited === undefined ? [editsUnknown(unseen)] : editNotes(edited, situation)),
];

function handOn(made: Review, files: ReportFiles, { commentUrl, issueUrl }: Published): void {
  setOutputs({
    conclusion: made.conclusion,
    'introduced-count': introduced(made),
    'report-path': files.json,
    'sarif-path': files.sarif,
    'html-path': files.html ?? '',
    'junit-path': files.junit ?? '',
    'comment-url': commentUrl,
    'issue-url': issueUrl,
    neutral: made.neutral,
  });
}

/** What the configuration of the head would make of the same plans; nothing when it is the same. */
async function effectNotes({ job, inputs, base, edits }: Occasion, task: ApartTask, now: Review) {
  const isChanged = edits.edited?.some((path) => !WORKFLOWS.includes(path)) ?? false;
  if (base === undefined || !isChanged) return [];
  try {
    const { config, policies } = await fromBase(atHead(base), requestOf(job, inputs), join(job.temp, 'head'));
    const changed = { ...task, config: config ?? null, policies, simulator: 'off' as const, notes: [] };
    return [effectNote(now, await runApart(changed))];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [`What the changed configuration would do is not known: ${error.message}`];
  }
}

/** Reviews and publishes. Returns the exit code, which is the verdict. */
async function review(job: Job, inputs: Inputs): Promise<number> {
  const base = await baseOf(job);
  const trusted = await readTrusted(job, inputs, base);
  const edits = base === undefined ? NO_EDITS : await findEdits(base, [...trusted.paths, ...WORKFLOWS]);
  const notes = notesOf(job, trusted, edits);
  for (const note of notes) logAnnotation('warning', note, { title: 'planwarden' });
  const made = await make({ job, inputs, base, trusted, edits, notes });
  logLines(renderTable(made, { width: LOG_WIDTH, color: false }));
  for (const { path, sha256 = '' } of made.plans) logLines(`${value(path)}: sha256 ${sha256}`);
  const files = await writeReports(made, job.temp);
  const links = blobBase(job.serverUrl, job.run, job.situation.headSha);
  const published = await publish(made, {
    ...job,
    inputs,
    blobBase: links,
    editsConfiguration: edits.edited?.length !== 0,
  });
  handOn(made, files, published);
  if (made.conclusion === 'fail') logFailure(`${headline(made)}.`);
  return EXIT[made.conclusion];
}

/** Every way out has an exit code: a review that could not be made must never look like one that passed. */
async function fail(error: unknown, job: Job | undefined): Promise<number> {
  const { sentence, trace } = describeFailure(error);
  logFailure(sentence);
  trace.forEach(logLines);
  setConclusion('fail');
  await publishFailure(sentence, job);
  return EXIT.failure;
}

async function main(): Promise<number> {
  let job: Job | undefined;
  try {
    const inputs = readInputs();
    job = await describeJob(inputs);
    return await review(job, inputs);
  } catch (error) {
    return await fail(error, job);
  }
}

/** Node would print the error as it is, with whatever of a plan is in its message, and exit with 1 as for findings. */
function stop(error: unknown): never {
  const { sentence, trace } = describeFailure(error);
  logFailure(sentence);
  trace.forEach(logLines);
  process.exit(EXIT.failure);
}

process.on('uncaughtException', stop);
// Until the verdict is known, ending early must count as a failure.
process.exitCode = EXIT.failure;
if (process.argv[2] === APART) {
  await answerApart();
  process.exitCode = EXIT.pass;
} else process.exitCode = await main();
