const DELAY_MS = 1_000;
const CLEAR_LINE = '\r\u001B[K';

/** Says what is going on, on a terminal's standard error, once it takes longer than a second. */
export interface Progress {
  readonly say: (text: string) => void;
  readonly stop: () => void;
}

/**
 * @param standardError where to write; nothing is written unless it is a terminal
 * @param now milliseconds, passed in so that nothing here reads a clock of its own
 */
export function startProgress(
  standardError: () => { readonly isTTY?: boolean; write(text: string): unknown },
  now: () => number,
): Progress {
  const start = now();
  let current = '';
  let shown = false;
  const show = (): void => {
    // Looked at only now, because merely touching standard error costs a small review a tenth of its time.
    const stream = standardError();
    if (!stream.isTTY) return;
    shown = true;
    stream.write(`${CLEAR_LINE}planwarden: ${current} …`);
  };
  // Whoever waits for standard input sees it too: nothing else would say anything until it ends.
  const timer = setTimeout(() => current !== '' && show(), DELAY_MS).unref();
  return {
    say: (text) => {
      current = text;
      if (now() - start >= DELAY_MS) show();
    },
    stop: () => {
      clearTimeout(timer);
      if (shown) standardError().write(CLEAR_LINE);
      shown = false;
    },
  };
}
