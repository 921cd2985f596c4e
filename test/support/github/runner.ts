import { MERGE } from './fixtures.ts';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FakeGitHub } from './state.ts';

/** What GitHub runs: the bundle that is committed. */
const ENTRY = fileURLToPath(new URL('../../../dist/index.js', import.meta.url));
const NODE_24 = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));

/** A token of the form that workflows get; no answer, log or file may ever show it. */
export const TOKEN = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a';

/** A run that takes longer than this hangs; it is ended, with exit code -1. */
const LONGEST_RUN_MS = 90_000;

export interface Step {
  readonly event: string;
  readonly payload?: object;
  /** The file of the payload as it is, instead of `payload`; null when there is none. */
  readonly payloadText?: string | null;
  readonly sha?: string;
  /** `refs/heads/main` when left out. */
  readonly ref?: string;
  readonly actor?: string;
  readonly runId?: number;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Files of the workspace, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Finished {
  readonly code: number;
  /** Standard output and error: the runner reads commands from both. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Files the action named in its outputs. */
  readonly report: string;
  readonly sarif: string;
  readonly html: string;
  readonly junit: string;
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const OUTPUT = /^([\w-]+)<<(ghadelimiter_[\w-]+)\n([\s\S]*?)\n\2$/gm;

const parseOutputs = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(OUTPUT)].map(([, name = '', , value = '']) => [name, value]));

const toInput = ([name, value]: [string, string]): [string, string] => [`INPUT_${name.toUpperCase()}`, value];

function environment(github: FakeGitHub, folder: string, step: Step): Record<string, string> {
  const inputs = {
    plan: 'plan.json',
    'github-token': TOKEN,
    name: 'planwarden',
    comment: 'on-findings',
    annotations: 'check-run',
    'working-directory': '.',
  };
  return {
    PATH: process.env['PATH'] ?? '',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
    GITHUB_SERVER_URL: 'https://github.test',
    GITHUB_REPOSITORY: 'acme/infra',
    GITHUB_EVENT_NAME: step.event,
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_SHA: step.sha ?? MERGE,
    GITHUB_REF: step.ref ?? 'refs/heads/main',
    GITHUB_ACTOR: step.actor ?? 'octocat',
    GITHUB_JOB: 'review',
    GITHUB_RUN_ID: String(step.runId ?? 100),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_WORKSPACE: join(folder, 'workspace'),
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    RUNNER_TEMP: join(folder, 'temp'),
    ...Object.fromEntries(Object.entries({ ...inputs, ...step.inputs }).map(toInput)),
    ...step.env,
  };
}

const readIfThere = async (path: string | undefined): Promise<string> => {
  try {
    return path === undefined ? '' : await readFile(path, 'utf8');
  } catch {
    return '';
  }
};

const start = (folder: string, env: Record<string, string>): Promise<{ code: number; log: string }> =>
  new Promise((resolve) => {
    const options = { cwd: join(folder, 'workspace'), env, maxBuffer: 64 * 1024 * 1024, timeout: LONGEST_RUN_MS };
    execFile(NODE_24, [ENTRY], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, log: stdout + stderr });
    });
  });

/** Runs the action as a runner would: files and environment set up, the bundle started, what it left behind read. */
export async function runAction(github: FakeGitHub, step: Step): Promise<Finished> {
  const folder = await mkdtemp(join(tmpdir(), 'runner-'));
  try {
    await writeFiles(join(folder, 'workspace'), step.files ?? {});
    await writeFiles(folder, {
      ...(step.payloadText !== null && { 'event.json': step.payloadText ?? JSON.stringify(step.payload ?? {}) }),
      output: '',
      summary: '',
      'temp/keep': '',
      'workspace/.keep': '',
    });
    const { code, log } = await start(folder, environment(github, folder, step));
    const outputs = parseOutputs(await readFile(join(folder, 'output'), 'utf8'));
    const report = await readIfThere(outputs['report-path']);
    const sarif = await readIfThere(outputs['sarif-path']);
    const html = await readIfThere(outputs['html-path']);
    const junit = await readIfThere(outputs['junit-path']);
    return { code, log, outputs, summary: await readIfThere(join(folder, 'summary')), report, sarif, html, junit };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The workflow commands that the runner would obey: `::name` at the start of a line, `##[name` anywhere in it. */
export const commands = (log: string): string[] =>
  log.split(/\r\n|[\n\r]/).flatMap((line) => {
    const [, name] = /^\s*::([\w-]+)/.exec(line) ?? /##\[([\w-]+)/.exec(line) ?? [];
    return name === undefined ? [] : [name];
  });
