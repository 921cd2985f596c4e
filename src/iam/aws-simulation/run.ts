export interface RunLimits {
  readonly maxCalls: number;
  readonly deadlineMs: number;
}

/** What one review may ask of AWS. It ends when nothing more will come of asking. */
export interface Run {
  /** Aborted when the run ends, so that calls in flight end with it. */
  readonly signal: AbortSignal;
  /** Rejects when the run ends, also for those who do not look at the signal. */
  readonly ended: Promise<never>;
  /** Calls that were made; a page is a call, the repeat of a failed one is not. */
  calls(): number;
  /** Why the run is over, one clause for people; null when it is not. */
  over(): string | null;
  /** Takes one call out of the budget, or says why there is none. */
  claim(): string | null;
  end(reason: string): void;
}

/** The deadline counts from the first call: what a review does before is not AWS's time. */
export function createRun({ maxCalls, deadlineMs }: RunLimits): Run {
  const controller = new AbortController();
  let calls = 0;
  let over: string | null = null;
  const end = (reason: string): void => {
    over ??= reason;
    controller.abort();
  };
  const ended = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(new Error('the run is over')), { once: true });
  });
  ended.catch(() => {});
  const startClock = (): void => {
    const reason = `AWS did not answer everything within ${deadlineMs / 1000} s`;
    setTimeout(end, deadlineMs, reason).unref();
  };
  return {
    signal: controller.signal,
    ended,
    calls: () => calls,
    over: () => over,
    end,
    claim() {
      if (over !== null) return over;
      if (calls >= maxCalls) return `the limit of ${maxCalls} calls to AWS is reached`;
      if (calls === 0) startClock();
      calls += 1;
      return null;
    },
  };
}
