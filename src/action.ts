import { join } from 'node:path';
import type { Review } from './finding/review.ts';
import { SEVERITIES } from './finding/severity.ts';
import { type BaseFile, type Edits, findEdited } from './github/base-file.ts';
import { describeFailure } from './github/failure.ts';
import { readInputs, type Inputs } from './github/inputs.ts';
import { describeJob, type Job } from './github/job.ts';
import { logAnnotation, logFailure, logLines } from './github/log.ts';
import { editNotes, EDITS_UNKNOWN, eventNotes, NO_TOKEN } from './github/notes.ts';
import { setConclusion, setOutputs } from './github/outputs.ts';
import { publish, publishFailure } from './github/publish.ts';
import { writeReports, type ReportFiles } from './github/reports.ts';
import { blobBase } from './github/repository.ts';
import { fromBase, fromCheckout, type Trusted } from './github/trusted.ts';
import { headline } from './report/model.ts';
import { value } from './report/table-page.ts';
import { renderTable } from './report/table.ts';
import { run, type RunOptions } from './run.ts';
import { UserError } from './text/user-error.ts';

/** The exit codes of the command line (design 9). */
const EXIT = { pass: 0, fail: 1, failure: 2 } as const;

/** Columns of a job's log on a usual screen. */
const LOG_WIDTH = 120;

const NOTHING: Trusted = { config: undefined, policies: [], paths: [], notes: [NO_TOKEN] };

async function policiesOf({ path, text }: BaseFile): Promise<readonly string[]> {
  const { parseConfig } = await import('./config/parse.ts');
  return parseConfig(text, path).policies;
}

/** The author of a pull request must not decide its review, so what decides it is read from the base branch. */
async function readTrusted(job: Job, { config, policies }: Inputs): Promise<Trusted> {
  const { situation, connect, run: workflowRun, temp } = job;
  const request = { root: job.root, cwd: job.cwd, config, policies, policiesOf };
  if (situation.kind !== 'pull-request' && situation.kind !== 'merge-group') return fromCheckout(request);
  if (connect !== undefined)
    return fromBase({ client: await connect(), run: workflowRun, situation }, request, join(temp, 'base'));
  if (config === undefined && policies.length === 0) return NOTHING;
  throw new UserError('Set the input `github-token`, so that the configuration can be read from the base branch.');
}

/** Configuration files and policies that the pull request changes, or undefined when that cannot be seen. */
async function findEdits({ situation, connect, run: workflowRun }: Job, { paths }: Trusted): Promise<Edits> {
  if (situation.kind !== 'pull-request' || connect === undefined) return { edited: [], added: undefined };
  try {
    return await findEdited(await connect(), workflowRun, situation, paths);
  } catch {
    return { edited: undefined, added: undefined };
  }
}

const toOptions = (
  job: Job,
  inputs: Inputs,
  { config, policies }: Trusted,
  { added }: Edits,
  notes: readonly string[],
): RunOptions => ({
  plans: inputs.plan,
  source: inputs.source,
  // Null keeps `run` from looking in the checkout, which belongs to the pull request.
  config: config ?? null,
  policies,
  mode: inputs.mode ?? (job.situation.kind === 'audit' ? 'audit' : 'review'),
  profile: inputs.profile,
  failOn: inputs.failOn,
  onUnknown: inputs.onUnknown,
  simulator: inputs.simulator,
  cwd: job.cwd,
  added,
  root: job.root,
  notes,
});

const introduced = ({ counts }: Review): number =>
  SEVERITIES.reduce((total, severity) => total + counts.introduced[severity], 0);

const notesOf = ({ situation, origin }: Job, { notes }: Trusted, { edited }: Edits): string[] => [
  ...eventNotes(situation, origin),
  ...notes,
  ...(edited === undefined ? [EDITS_UNKNOWN] : editNotes(edited)),
];

function handOn(made: Review, files: ReportFiles, url: string): void {
  setOutputs({
    conclusion: made.conclusion,
    'introduced-count': introduced(made),
    'report-path': files.json,
    'sarif-path': files.sarif,
    'comment-url': url,
    neutral: made.neutral,
  });
}

/** Reviews and publishes. Returns the exit code, which is the verdict. */
async function review(job: Job, inputs: Inputs): Promise<number> {
  const trusted = await readTrusted(job, inputs);
  const edits = await findEdits(job, trusted);
  const notes = notesOf(job, trusted, edits);
  for (const note of notes) logAnnotation('warning', note, { title: 'planwarden' });
  const made = await run(toOptions(job, inputs, trusted, edits, notes));
  logLines(renderTable(made, { width: LOG_WIDTH, color: false }));
  for (const { path, sha256 = '' } of made.plans) logLines(`${value(path)}: sha256 ${sha256}`);
  const files = await writeReports(made, job.temp);
  const links = blobBase(job.serverUrl, job.run, job.situation.headSha);
  const url = await publish(made, { ...job, inputs, blobBase: links, editsConfiguration: edits.edited?.length !== 0 });
  handOn(made, files, url);
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
process.exitCode = await main();
