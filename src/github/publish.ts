import { progressOf, snapshotOf } from '../finding/progress.ts';
import type { Review } from '../finding/review.ts';
import { toAnnotations, type Annotation } from '../report/annotations.ts';
import { toLineComments } from '../report/line-comments.ts';
import { renderComment, renderIssue, renderSummary } from '../report/markdown.ts';
import { count, headline, toAct } from '../report/model.ts';
import { escapeMarkdownText } from '../text/escape.ts';
import { logAnnotations, publishCheckRun, type PublishedCheckRun } from './annotations.ts';
import { type History, LONGEST_COMMENT, publishComment, type Posted } from './comment.ts';
import type { PullRequest, Situation } from './context.ts';
import { explain, isDenied, isRefused } from './failure.ts';
import type { Inputs } from './inputs.ts';
import type { Job } from './job.ts';
import { publishLineComments, type PublishedLines } from './line-comments.ts';
import { logAnnotation, logLines } from './log.ts';
import { publishSummary } from './summary.ts';
import { publishIssue } from './tracking-issue.ts';

/** Where a review goes and what is allowed to happen there. */
export interface Destination extends Pick<Job, 'run' | 'situation' | 'connect' | 'key'> {
  readonly inputs: Pick<Inputs, 'name' | 'comment' | 'annotations' | 'issue'>;
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

/** What GitHub did not do of what it was asked for at lines. */
function lineProblems({ refused, unfolded }: PublishedLines): string[] {
  return [
    ...(refused.length === 0 ? [] : [`GitHub took no comment at ${refused.join(', ')}.`]),
    ...(unfolded === 0
      ? []
      : [`${count(unfolded, 'comment')} on lines could not be folded away as outdated: run the job again.`]),
  ];
}

/** Comments at lines of the diff. What stands elsewhere is left to the log, like all of it without permission. */
async function commentLines(review: Review, to: Destination, pullRequest: PullRequest, problems: string[]) {
  const { connect, run, key } = to;
  if (connect === undefined) return undefined;
  const comments = toLineComments(review);
  const posted = await attempt(
    'Comments on lines could not be written',
    'pull-requests: write',
    to,
    problems,
    async () => publishLineComments(await connect(), run, pullRequest, { key, comments }),
  );
  if (posted === undefined) return undefined;
  if (posted.missing > 0) {
    const what = `${count(posted.missing, 'comment')} on lines could not be written and stand${posted.missing === 1 ? 's' : ''} in the log`;
    problems.push(warn(what, 'pull-requests: write', pullRequest, posted.error));
  }
  for (const problem of lineProblems(posted)) {
    logAnnotation('warning', problem, { title: 'planwarden' });
    problems.push(problem);
  }
  return comments.filter((comment) => !posted.shown.includes(comment)).flatMap(({ annotations }) => annotations);
}

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
  if (inputs.annotations === 'review' && situation.kind === 'pull-request') {
    logAnnotations((await commentLines(review, to, situation, problems)) ?? toAnnotations(review));
    return;
  }
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

/** The comment says what is new and what is fixed since the review that it replaces. */
const historyOf = (review: Review, sha: string, links: string, longest: number): History => ({
  snapshot: snapshotOf(review, sha),
  compare: (earlier, room) =>
    renderComment(review, {
      maxLength: Math.min(room, longest),
      blobBase: links,
      progress: earlier && progressOf(review, earlier),
    }),
});

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
      return postWhatFits((maxLength) => {
        const body = renderComment(review, { maxLength, blobBase });
        const history = historyOf(review, pullRequest.headSha, blobBase, maxLength);
        return publishComment(client, run, pullRequest, { key, body, history, create });
      });
    },
  );
  if (posted?.kind === 'outdated') logLines('A newer run has written the review comment, so this one leaves it alone.');
  return posted?.url ?? '';
}

/** Only what an audit must be looked at for keeps the issue open; questions and what is resolved are in its text. */
const isOpen = (review: Review): boolean => review.conclusion === 'fail' || toAct(review).length > 0;

const CLEAN =
  'The last audit found nothing any more, so this issue is closed. It is opened again with the next finding.';

async function track(review: Review, to: Destination, problems: string[]): Promise<string> {
  const { connect, inputs, run, key, blobBase, situation } = to;
  if (!inputs.issue || situation.kind !== 'audit' || connect === undefined) return '';
  if (!situation.isOfDefault) {
    problems.push('This audit is of another branch than the default one, so the tracking issue was left alone.');
    return '';
  }
  const open = isOpen(review);
  const text = renderIssue(review, { maxLength: LONGEST_COMMENT - CLEAN.length, blobBase });
  const issue = { key, title: `Security audit: ${inputs.name}`, body: open ? text : `${CLEAN}\n\n${text}`, open };
  const tracked = await attempt('The tracking issue could not be written', 'issues: write', to, problems, async () =>
    publishIssue(await connect(), run, situation.headSha, issue),
  );
  if (tracked?.kind === 'outdated')
    logLines('A newer run has written the tracking issue, so this one leaves it alone.');
  return tracked?.url ?? '';
}

const asNote = (problem: string): string => `> ${escapeMarkdownText(problem)}`;

async function summarize(review: Review, { blobBase }: Destination, problems: readonly string[]): Promise<void> {
  const markdown = renderSummary(review, { maxLength: LONGEST_SUMMARY, blobBase });
  const notes = problems.map(asNote).join('\n>\n');
  await publishSummary([markdown, notes].join('\n\n').trimEnd(), escapeMarkdownText(headline(review)));
}

/** Addresses of what was written; '' for what was not. */
export interface Published {
  readonly commentUrl: string;
  readonly issueUrl: string;
}

/** Carries a review to where its situation shows it. */
export async function publish(review: Review, to: Destination): Promise<Published> {
  const problems: string[] = [];
  await annotate(review, to, problems);
  const commentUrl = to.situation.kind === 'pull-request' ? await comment(review, to, to.situation, problems) : '';
  const issueUrl = await track(review, to, problems);
  await summarize(review, to, problems);
  return { commentUrl, issueUrl };
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
