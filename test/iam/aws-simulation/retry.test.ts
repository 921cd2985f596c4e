import { expect, test } from 'vitest';
import { createRetryStrategy, type RetryStrategy } from '../../../src/iam/aws-simulation/retry.ts';

/** The strategy with the longest pauses it may make, and the pauses it made. */
function patient() {
  const pauses: number[] = [];
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds);
  return { strategy: createRetryStrategy(new AbortController().signal, sleep, () => 1), pauses };
}

/** Repeats until the strategy has enough of it; returns the attempts. */
async function attempts(strategy: RetryStrategy, errorType: string, error?: Error): Promise<number> {
  let token = await strategy.acquireInitialRetryToken();
  for (let count = 1; ; count += 1) {
    try {
      token = await strategy.refreshRetryTokenForRetry(token, { errorType, error });
    } catch {
      return count;
    }
  }
}

test('throttling is waited for, longer each time', async () => {
  const { strategy, pauses } = patient();
  expect(await attempts(strategy, 'THROTTLING')).toBe(8);
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
});

test('what passes soon is repeated soon', async () => {
  const { strategy, pauses } = patient();
  expect(await attempts(strategy, 'TRANSIENT')).toBe(3);
  expect(pauses).toEqual([100, 200]);
});

test.each([
  ['an error of the request', 'CLIENT_ERROR', undefined],
  ['a policy at fault', 'TRANSIENT', Object.assign(new Error('500'), { name: 'PolicyEvaluationException' })],
])('%s is not repeated', async (_, errorType, error) => {
  const { strategy, pauses } = patient();
  expect(await attempts(strategy, errorType, error)).toBe(1);
  expect(pauses).toEqual([]);
});

test('a new call waits as long as one that is throttled, and goes on when that one is aborted', async () => {
  const wakes: (() => void)[] = [];
  const sleep = () => new Promise((_resolve, reject) => wakes.push(() => reject(new Error('aborted'))));
  const strategy = createRetryStrategy(new AbortController().signal, sleep);
  const throttled = strategy.refreshRetryTokenForRetry(await strategy.acquireInitialRetryToken(), {
    errorType: 'THROTTLING',
  });
  let isStarted = false;
  const other = strategy.acquireInitialRetryToken().then(() => (isStarted = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isStarted).toBe(false);
  for (const wake of wakes) wake();
  await expect(throttled).rejects.toThrow('aborted');
  expect(await other).toBe(true);
});
