import type { Review } from '../finding/review.ts';
import { toAnnotations, type Annotation } from '../report/annotations.ts';
import { renderComment, renderSummary } from '../report/markdown.ts';
import { headline } from '../report/model.ts';
import { escapeMarkdownText } from '../text/escape.ts';
import { logAnnotations, publishCheckRun, type PublishedCheckRun } from './annotations.ts';
import { LONGEST_COMMENT, publishComment, type Posted } from './comment.ts';
import type { PullRequest, Situation } from './context.ts';
import { explain, isDenied, isRefused } from './failure.ts';
import type { Inputs } from './inputs.ts';
import type { Job } from './job.ts';
import { logAnnotation, logLines } from './log.ts';
import { publishSummary } from './summary.ts';

/** Where a review goes and what is allowed to happen there. */
export interface Destination extends Pick<Job, 'run' | 'situation' | 'connect' | 'key'> {
  readonly inputs: Pick<Inputs, 'name' | 'comment' | 'annotations'>;
  /** Address under which the files of the reviewed commit are shown. */
  readonly blobBase: string;
  /** True when the pull request changes what decides the review: said even without a finding. */
  readonly editsConfiguration: boolean;
}

/** Room in the 1 MiB of a job summary, so that what could not be published can be added. */
const LONGEST_SUMMARY = 1_000_000;

/** A summary of a check run may have 65,535 characters; what does not fit stands in the job summary. */
const LONGEST_CHECK_SUMMARY = 60_000;

/** Nobody can act on a read-only token of a fork, so that it is only noted; anything else is a warning. */
function warn(what: string, permission: string, situation: Situation, error: unknown): string {
  const sentence = `${what}: ${explain(error, permission, situation)}.`;
  const isExpected = situation.kind === 'pull-request' && situation.readOnlyToken && isDenied(error);
  logAnnotation(isExpected ? 'notice' : 'warning', sentence, { title: 'planwarden' });
  return sentence;
}

/** Publishing never changes the verdict: what cannot be posted is said in `problems`, and the review goes on. */
async function attempt<T>(
  what: string,
  permission: string,
  { situation }: Destination,
  problems: string[],
  act: () => Promise<T>,
) {
  try {
    return await act();
  } catch (error) {
    problems.push(warn(what, permission, situation, error));
    return undefined;
  }
}

const toCheckRun = (review: Review, to: Destination, headSha: string, annotations: readonly Annotation[]) => ({
  name: to.inputs.name,
  key: to.key,
  headSha,
  conclusion: review.conclusion === 'fail' ? ('failure' as const) : ('success' as const),
  title: headline(review),
  summary: renderSummary(review, { maxLength: LONGEST_CHECK_SUMMARY, blobBase: to.blobBase }),
  annotations,
});

/** What an update could not add to the check run stands in the log, and only that. */
function annotateRest({ missing, error }: PublishedCheckRun, { situation }: Destination, problems: string[]): void {
  if (missing.length === 0) return;
  const what = `The annotations that the check run lacks (${missing.length}) stand only in the log`;
  problems.push(warn(what, 'checks: write', situation, error));
  logAnnotations(missing);
}

/** On a pull request a check run shows the annotations at their lines; without one, or without permission, the log does. */
async function annotate(review: Review, to: Destination, problems: string[]): Promise<void> {
  const { situation, inputs, connect, run } = to;
  if (inputs.annotations === 'off' || situation.kind === 'audit') return;
  const annotations = toAnnotations(review);
  if (inputs.annotations === 'check-run' && situation.kind === 'pull-request' && connect !== undefined) {
    const published = await attempt('Annotations stand only in the log', 'checks: write', to, problems, async () => {
      const check = toCheckRun(review, to, situation.headSha, annotations);
      return publishCheckRun(await connect(), run, check);
    });
    if (published !== undefined) return annotateRest(published, to, problems);
  }
  logAnnotations(annotations);
}

/** Something that the author or a reviewer would want to know; what was there before and stays is no news. */
const hasNews = ({ findings, conclusion, mode }: Review): boolean =>
  conclusion === 'fail' ||
  findings.some(({ status, waived }) => waived === null && (mode === 'audit' || status !== 'persisting'));

/** Servers may count the characters of a comment in another way: what one refuses is tried again much shorter. */
const SHORTER_COMMENT = LONGEST_COMMENT / 4;

async function postWhatFits(post: (maxLength: number) => Promise<Posted>): Promise<Posted> {
  try {
    return await post(LONGEST_COMMENT);
  } catch (error) {
    if (!isRefused(error)) throw error;
    return post(SHORTER_COMMENT);
  }
}

async function comment(review: Review, to: Destination, pullRequest: PullRequest, problems: string[]): Promise<string> {
  const { connect, inputs, run, key, blobBase, editsConfiguration } = to;
  if (inputs.comment === 'off' || connect === undefined) return '';
  const create = inputs.comment === 'always' || editsConfiguration || hasNews(review);
  const posted = await attempt(
    'The review comment could not be written',
    'pull-requests: write',
    to,
    problems,
    async () => {
      const client = await connect();
      return postWhatFits((maxLength) =>
        publishComment(client, run, pullRequest, { key, body: renderComment(review, { maxLength, blobBase }), create }),
      );
    },
  );
  if (posted?.kind === 'outdated') logLines('A newer run has written the review comment, so this one leaves it alone.');
  return posted?.url ?? '';
}

const asNote = (problem: string): string => `> ${escapeMarkdownText(problem)}`;

async function summarize(review: Review, { blobBase }: Destination, problems: readonly string[]): Promise<void> {
  const markdown = renderSummary(review, { maxLength: LONGEST_SUMMARY, blobBase });
  const notes = problems.map(asNote).join('\n>\n');
  await publishSummary([markdown, notes].join('\n\n').trimEnd(), escapeMarkdownText(headline(review)));
}

/** Carries a review to where its situation shows it. Returns the address of the review comment, or ''. */
export async function publish(review: Review, to: Destination): Promise<string> {
  const problems: string[] = [];
  await annotate(review, to, problems);
  const url = to.situation.kind === 'pull-request' ? await comment(review, to, to.situation, problems) : '';
  await summarize(review, to, problems);
  return url;
}

const renderFailure = (sentence: string): string =>
  `### ❌ The review could not be made\n\n${escapeMarkdownText(sentence)}`;

/**
 * Says in the job summary that no review could be made, and in the review comment when there is one: what it shows is
 * of an older commit.
 */
export async function publishFailure(
  sentence: string,
  to: Pick<Destination, 'run' | 'situation' | 'connect' | 'key'> | undefined,
): Promise<void> {
  const body = renderFailure(sentence);
  await publishSummary(body, body);
  if (to?.connect === undefined || to.situation.kind !== 'pull-request') return;
  try {
    await publishComment(await to.connect(), to.run, to.situation, { key: to.key, body, create: false });
  } catch (error) {
    warn('The review comment could not be written', 'pull-requests: write', to.situation, error);
  }
}
