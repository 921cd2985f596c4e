import type { Annotation } from '../report/annotations.ts';
import { cutMiddle } from '../text/escape.ts';
import { CREATES, once, type Client } from './client.ts';
import type { WorkflowRun } from './context.ts';
import { logAnnotation } from './log.ts';

/** The check run that carries the annotations. It shows the verdict; the required check is the job. */
export interface CheckRun {
  readonly name: string;
  /** Tells the check runs of several jobs of one workflow run apart. */
  readonly key: string;
  readonly headSha: string;
  readonly conclusion: 'success' | 'failure';
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

/** Limits of the Checks API: annotations in one request, characters of a title and of a message (64 KB). */
const BATCH = 50;
const LONGEST_TITLE = 255;
const LONGEST_MESSAGE = 16_000;

const WORST_FIRST = ['failure', 'warning', 'notice'] as const;

/** What the runner shows of one type and step (ExecutionContext.cs); one error stays free for the verdict itself. */
const SHOWN_IN_LOG = { failure: 9, warning: 10, notice: 10 } as const;

const toCheckAnnotation = ({ path, startLine, endLine, level, title, message }: Annotation) => ({
  path,
  start_line: startLine,
  end_line: endLine,
  annotation_level: level,
  title: cutMiddle(title, LONGEST_TITLE),
  message: cutMiddle(message, LONGEST_MESSAGE),
});

function toBatches<T>(items: readonly T[]): T[][] {
  const count = Math.max(1, Math.ceil(items.length / BATCH));
  return Array.from({ length: count }, (_, index) => items.slice(index * BATCH, (index + 1) * BATCH));
}

const inOrder = (annotations: readonly Annotation[]): Annotation[] =>
  annotations.toSorted((a, b) => WORST_FIRST.indexOf(a.level) - WORST_FIRST.indexOf(b.level));

type Repository = Pick<WorkflowRun, 'owner' | 'repo'>;

async function create(client: Client, run: WorkflowRun, check: CheckRun, annotations: readonly Annotation[]) {
  const { owner, repo } = run;
  const external_id = `${run.id}.${run.attempt}.${check.key}`;
  const request = async () => {
    const output = { title: check.title, summary: check.summary, annotations: annotations.map(toCheckAnnotation) };
    const { name, headSha: head_sha, conclusion } = check;
    const fields = { owner, repo, name, head_sha, external_id, status: 'completed', conclusion, output } as const;
    return (await client.rest.checks.create({ ...fields, request: CREATES })).data;
  };
  const find = async () => {
    const found = await client.rest.checks.listForRef({ owner, repo, ref: check.headSha, check_name: check.name });
    return found.data.check_runs.find((candidate) => candidate.external_id === external_id);
  };
  return once(request, find);
}

/** Annotations are appended by an update, so an update that is made twice would show them twice. */
async function append(
  client: Client,
  { owner, repo }: Repository,
  id: number,
  check: CheckRun,
  batch: Annotation[],
  before: number,
) {
  const request = async () => {
    const output = { title: check.title, summary: check.summary, annotations: batch.map(toCheckAnnotation) };
    return (await client.rest.checks.update({ owner, repo, check_run_id: id, output, request: CREATES })).data;
  };
  const find = async () => {
    const { data } = await client.rest.checks.get({ owner, repo, check_run_id: id });
    return data.output.annotations_count > before ? data : undefined;
  };
  await once(request, find);
}

/** What became of a check run that was created. */
export interface PublishedCheckRun {
  readonly url: string | null;
  /** Annotations that it lacks because of `error`, which ended an update. */
  readonly missing: readonly Annotation[];
  readonly error: unknown;
}

/**
 * Creates a completed check run with its first 50 annotations and appends the rest, 50 a request. Born completed, so a
 * crash half-way never leaves it open. Errors of the API pass on until it is there.
 */
export async function publishCheckRun(client: Client, run: WorkflowRun, check: CheckRun): Promise<PublishedCheckRun> {
  const [first = [], ...rest] = toBatches(inOrder(check.annotations));
  const { id, html_url: url } = await create(client, run, check, first);
  for (const [index, batch] of rest.entries()) {
    try {
      await append(client, run, id, check, batch, (index + 1) * BATCH);
    } catch (error) {
      return { url, missing: rest.slice(index).flat(), error };
    }
  }
  return { url, missing: [], error: undefined };
}

/** Writes annotations as workflow commands, the worst first, as many of each type as the runner shows. */
export function logAnnotations(annotations: readonly Annotation[]): void {
  for (const level of WORST_FIRST) {
    const ofLevel = annotations.filter((annotation) => annotation.level === level);
    for (const annotation of ofLevel.slice(0, SHOWN_IN_LOG[level]))
      logAnnotation(level, annotation.message, annotation);
  }
}
