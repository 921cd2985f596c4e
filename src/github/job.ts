import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { UserError } from '../text/user-error.ts';
import type { Client } from './client.ts';
import {
  describeRun,
  describeSituation,
  type FinishedRun,
  isWhole,
  type OtherEvent,
  type Push,
  type Situation,
  type WorkflowRun,
} from './context.ts';
import { explain } from './failure.ts';
import type { Inputs } from './inputs.ts';
import { shortHash } from './marker.ts';
import { findPullRequest } from './pull-request-of-run.ts';
import { findRoot } from './repository.ts';

/** The job the action runs in: what started it and where its files are. All directories are absolute. */
export interface Job {
  readonly situation: Situation;
  /** What the event was before the pull request of a finished run was looked up. */
  readonly origin: Situation['kind'];
  readonly run: WorkflowRun;
  /** Connects to GitHub on first use; undefined when the workflow gives no token. */
  readonly connect: (() => Promise<Client>) | undefined;
  /** Tells the reviews of one pull request apart (matrix jobs, several stacks) and stays the same from push to push. */
  readonly key: string;
  readonly root: string;
  readonly cwd: string;
  /** For files that live as long as the job. */
  readonly temp: string;
  readonly serverUrl: string;
}

/** @actions/github reads the event when it is loaded, and throws what it likes when that is half a file. */
async function readContext() {
  try {
    const { context } = await import('@actions/github');
    return { context, run: describeRun(context), origin: describeSituation(context) };
  } catch {
    throw new UserError(
      'The event of this run cannot be read (`GITHUB_EVENT_PATH`, `GITHUB_REPOSITORY`): run the job again, or look at the runner.',
    );
  }
}

/** One client for the whole job, made when it is first asked for. */
function connector(token: string, apiUrl: string): Job['connect'] {
  if (token === '') return undefined;
  let client: Promise<Client> | undefined;
  return () => (client ??= import('./client.ts').then(({ createClient }) => createClient(token, apiUrl)));
}

/** The second stage of the recipe for forks acts on the pull request of the first stage, if that is still open. */
async function pullRequestOf(situation: FinishedRun, run: WorkflowRun, client: Client): Promise<Situation> {
  try {
    return (await findPullRequest(client, run, situation)) ?? situation;
  } catch (error) {
    const reason = explain(error, 'pull-requests: read', situation);
    throw new UserError(`The pull request of the finished workflow run cannot be looked up: ${reason}.`);
  }
}

/** The commit of the default branch that decides. It is asked for as a branch, because a tag may have the same name. */
async function atBase<T extends Push | OtherEvent>(
  situation: T,
  { owner, repo }: WorkflowRun,
  client: Client,
): Promise<T> {
  try {
    const { data } = await client.rest.git.getRef({ owner, repo, ref: `heads/${situation.baseRef}` });
    return { ...situation, baseSha: data.object.sha };
  } catch (error) {
    const reason = explain(error, 'contents: read', situation);
    throw new UserError(`The default branch cannot be read, which decides the review of other branches: ${reason}.`);
  }
}

/** Looks up what the event does not say of its situation. */
async function settle(situation: Situation, run: WorkflowRun, connect: Job['connect']): Promise<Situation> {
  if (connect === undefined) return situation;
  if (situation.kind === 'finished-run') return pullRequestOf(situation, run, await connect());
  if ((situation.kind === 'push' || situation.kind === 'other') && situation.baseRef !== '')
    return atBase(situation, run, await connect());
  return situation;
}

/** Describes the job from the runner's environment and the inputs. UserError when its event cannot be understood. */
export async function describeJob({ token, name, plan, reports, workingDirectory }: Inputs): Promise<Job> {
  const workspace = resolve(process.env['GITHUB_WORKSPACE'] ?? '.');
  const cwd = resolve(workspace, workingDirectory);
  const key = shortHash(name, workingDirectory, ...plan, ...reports);
  const { context, run, origin } = await readContext();
  if (!isWhole(origin))
    throw new UserError(
      `The event \`${context.eventName}\` of this run is not whole (\`GITHUB_EVENT_PATH\`): run the job again, or look at the runner.`,
    );
  const connect = connector(token, context.apiUrl);
  return {
    situation: await settle(origin, run, connect),
    origin: origin.kind,
    run,
    connect,
    key,
    root: findRoot(cwd, workspace),
    cwd,
    temp: join(process.env['RUNNER_TEMP'] ?? tmpdir(), `planwarden-${key}`),
    serverUrl: context.serverUrl,
  };
}
