/**
 * Loaded before the action by tests of a GitHub that is slow or silent: every wait and every time-out is over ten times as
 * fast, so that they test what happens afterwards and not patience.
 */
const FACTOR = 10;

const { setTimeout: wait } = globalThis;
const timeout = AbortSignal.timeout.bind(AbortSignal);

Object.assign(globalThis, {
  setTimeout: (act: () => void, ms = 0, ...rest: []) => wait(act, ms / FACTOR, ...rest),
});
Object.assign(AbortSignal, { timeout: (ms: number) => timeout(ms / FACTOR) });
