import type { context } from '@actions/github';

/** What @actions/github knows of the event; only the parts that are read here. */
export type EventContext = Pick<
  typeof context,
  'eventName' | 'payload' | 'sha' | 'ref' | 'actor' | 'repo' | 'runId' | 'runAttempt'
>;

/** The repository and the workflow run in which the action stands. */
export interface WorkflowRun {
  readonly owner: string;
  readonly repo: string;
  readonly id: number;
  readonly attempt: number;
}

export interface PullRequest {
  readonly kind: 'pull-request';
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseRef: string;
  /** Only a hint for wording (fork, Dependabot): the answer to the first write is the truth. */
  readonly readOnlyToken: boolean;
  /** `pull_request_target`: the token can write while the code comes from a stranger. */
  readonly privileged: boolean;
}

export interface MergeGroup {
  readonly kind: 'merge-group';
  readonly headSha: string;
  readonly baseSha: string;
}

/** The second stage of the recipe for forks: the pull request must be found by what the first stage ran on. */
export interface FinishedRun {
  readonly kind: 'finished-run';
  readonly headSha: string;
  readonly headOwner: string;
  readonly headBranch: string;
  /** The newest commit of the default branch, in which the workflow of the second stage stands. */
  readonly baseSha: string;
}

/**
 * A push that is not to the default branch has not been reviewed yet, and its run stands at the same commit under the same
 * name as that of the pull request, so it must not pass by rules of its own.
 */
export interface Push {
  readonly kind: 'push';
  readonly headSha: string;
  /** The default branch, when the push is to another; else empty. */
  readonly baseRef: string;
  /** The newest commit of `baseRef`, as soon as it was looked up. */
  readonly baseSha: string;
}

export interface Audit {
  readonly kind: 'audit';
  readonly headSha: string;
  /** False when somebody asked for the audit of another branch: what it finds is not how things stand. */
  readonly isOfDefault: boolean;
}

/** An event with nowhere to publish to: the review is still made, and the exit code is still its verdict. */
export interface OtherEvent {
  readonly kind: 'other';
  readonly eventName: string;
  readonly headSha: string;
  /** The default branch, when the event is of another branch or of a tag; else empty. */
  readonly baseRef: string;
  /**
   * The base of its pull request, else the newest commit of `baseRef` as soon as it was looked up, else the commit in which the
   * workflow stands; empty in a trial on one's own machine.
   */
  readonly baseSha: string;
}

/** Why the action runs, as one of the situations that are published differently. */
export type Situation = PullRequest | MergeGroup | FinishedRun | Push | Audit | OtherEvent;

/**
 * The situations in which the checkout may hold what nobody has reviewed: the head of a pull request or of a branch, an
 * artifact of a fork, or whatever a workflow that answers a comment checked out. What decides the review is read from
 * `baseSha` then.
 */
export type Distrusted = PullRequest | MergeGroup | FinishedRun | Push | OtherEvent;

export function isDistrusted(situation: Situation): situation is Distrusted {
  switch (situation.kind) {
    case 'audit':
      return false;
    case 'push':
      return situation.baseRef !== '';
    case 'other':
      return situation.baseRef !== '' || situation.baseSha !== '';
    default:
      return true;
  }
}

export const DEPENDABOT = 'dependabot[bot]';

/** One member of nested JSON, or undefined. The payload is GitHub's, but its shape differs by event. */
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** A fork's head repository has another name, or none when the fork was deleted. */
function hasReadOnlyToken({ payload, actor }: EventContext): boolean {
  const head = text(at(payload, 'pull_request', 'head', 'repo', 'full_name'));
  return head === '' || head !== text(at(payload, 'repository', 'full_name')) || actor === DEPENDABOT;
}

const pullRequest = (event: EventContext, privileged: boolean): PullRequest => ({
  kind: 'pull-request',
  number: number(at(event.payload, 'pull_request', 'number')),
  headSha: text(at(event.payload, 'pull_request', 'head', 'sha')),
  baseSha: text(at(event.payload, 'pull_request', 'base', 'sha')),
  baseRef: text(at(event.payload, 'pull_request', 'base', 'ref')),
  readOnlyToken: !privileged && hasReadOnlyToken(event),
  privileged,
});

const mergeGroup = ({ payload, sha }: EventContext): MergeGroup => ({
  kind: 'merge-group',
  headSha: text(at(payload, 'merge_group', 'head_sha')) || sha,
  baseSha: text(at(payload, 'merge_group', 'base_sha')),
});

const finishedRun = ({ payload, sha }: EventContext): FinishedRun => ({
  kind: 'finished-run',
  headSha: text(at(payload, 'workflow_run', 'head_sha')),
  headOwner: text(at(payload, 'workflow_run', 'head_repository', 'owner', 'login')),
  headBranch: text(at(payload, 'workflow_run', 'head_branch')),
  baseSha: text(sha),
});

/** The default branch, when the event is of another branch or of a tag; empty when it is of that, or nobody says. */
function otherThanDefault({ payload, ref }: EventContext): string {
  const name = text(at(payload, 'repository', 'default_branch'));
  return name === '' || ref === `refs/heads/${name}` ? '' : name;
}

const isOfReview = (eventName: string): boolean => eventName.startsWith('pull_request_');

/**
 * `GITHUB_SHA` of `pull_request_review` and `pull_request_review_comment` is the test merge, which has the files of the pull
 * request in it (GitHub Docs, "Events that trigger workflows").
 */
function otherEvent(event: EventContext): OtherEvent {
  const { eventName, payload, sha } = event;
  if (isOfReview(eventName)) {
    const baseSha = text(at(payload, 'pull_request', 'base', 'sha'));
    return { kind: 'other', eventName, headSha: sha, baseRef: '', baseSha };
  }
  const baseRef = otherThanDefault(event);
  return { kind: 'other', eventName, headSha: sha, baseRef, baseSha: baseRef === '' ? text(sha) : '' };
}

/** A second stage that follows a push or a schedule has no pull request to look for. */
const followsPullRequest = ({ payload }: EventContext): boolean =>
  text(at(payload, 'workflow_run', 'event')).startsWith('pull_request');

/** The situation of an event. `GITHUB_SHA` of a pull request is the test merge, so the head comes from the payload. */
export function describeSituation(event: EventContext): Situation {
  switch (event.eventName) {
    case 'pull_request':
      return pullRequest(event, false);
    case 'pull_request_target':
      return pullRequest(event, true);
    case 'merge_group':
      return mergeGroup(event);
    case 'push':
      return { kind: 'push', headSha: event.sha, baseRef: otherThanDefault(event), baseSha: '' };
    case 'workflow_dispatch':
    case 'schedule':
      return { kind: 'audit', headSha: event.sha, isOfDefault: otherThanDefault(event) === '' };
    case 'workflow_run':
      if (followsPullRequest(event)) return finishedRun(event);
  }
  return otherEvent(event);
}

/** False when the payload of the event lacks what the review is compared with or published to. */
export function isWhole(situation: Situation): boolean {
  switch (situation.kind) {
    case 'pull-request':
      return situation.number > 0 && situation.headSha !== '' && situation.baseSha !== '';
    case 'merge-group':
      return situation.baseSha !== '';
    case 'other':
      return !isOfReview(situation.eventName) || situation.baseSha !== '';
    default:
      return true;
  }
}

/** The run that the situation belongs to; a local trial without a run has id 0. */
export const describeRun = ({ repo, runId, runAttempt }: EventContext): WorkflowRun => ({
  ...repo,
  id: Number.isFinite(runId) ? runId : 0,
  attempt: Number.isFinite(runAttempt) ? runAttempt : 1,
});
