import { isPolicyFault } from './failure.ts';

/** Waits, or rejects as soon as the signal says so. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<unknown>;

/**
 * IAM throttles the simulate calls even after four repeats (cloud-custodian#7641, #6867); everything else that passes does
 * so soon, or not within a review.
 */
export const MOST_ATTEMPTS = { throttled: 8, other: 3 };
const FIRST_PAUSE_MS = { throttled: 1000, other: 100 };
const LONGEST_PAUSE_MS = 10_000;

interface Token {
  getRetryCount(): number;
  getRetryDelay(): number;
}

interface Problem {
  readonly error?: unknown;
  readonly errorType: string;
}

/** What the SDK asks of its `retryStrategy` (`RetryStrategyV2` of Smithy). */
export interface RetryStrategy {
  acquireInitialRetryToken(): Promise<Token>;
  refreshRetryTokenForRetry(token: Token, problem: Problem): Promise<Token>;
  recordSuccess(): void;
}

/** The pause has been waited for when the token is there. */
const tokenAfter = (repeats: number): Token => ({ getRetryCount: () => repeats, getRetryDelay: () => 0 });

const isRepeatable = ({ error, errorType }: Problem): boolean =>
  !isPolicyFault(error) && (errorType === 'THROTTLING' || errorType === 'TRANSIENT');

/**
 * Repeats with pauses of random length whose limit doubles ("full jitter", as the SDK's own strategies do). Two things
 * are other than in the SDK's `adaptive` mode: PolicyEvaluation is not repeated, since IAM answers it with HTTP 500
 * although the policy is at fault; and the pauses end with the signal. What `adaptive` is for stays: when one call is
 * throttled, new ones wait as long as it does.
 */
export function createRetryStrategy(
  signal: AbortSignal,
  sleep: Sleep,
  random: () => number = Math.random,
): RetryStrategy {
  let throttle: Promise<unknown> = Promise.resolve();
  return {
    async acquireInitialRetryToken() {
      await throttle;
      return tokenAfter(0);
    },
    async refreshRetryTokenForRetry(token, problem) {
      const kind = problem.errorType === 'THROTTLING' ? 'throttled' : 'other';
      const repeats = token.getRetryCount() + 1;
      if (!isRepeatable(problem) || repeats >= MOST_ATTEMPTS[kind]) throw new Error('not worth another attempt');
      const limit = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS[kind] * 2 ** (repeats - 1));
      const pause = sleep(random() * limit, signal);
      // A pause that the signal ends is an error of the call that waits in it, not of those that come after.
      if (kind === 'throttled') throttle = pause.catch(() => {});
      await pause;
      return tokenAfter(repeats);
    },
    recordSuccess() {},
  };
}
