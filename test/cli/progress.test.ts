import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startProgress } from '../../src/cli/progress.ts';
import { planwarden, storyFile } from './command.ts';

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function start(isTTY: boolean) {
    const written: string[] = [];
    const begin = Date.now();
    const progress = startProgress(
      () => ({ isTTY, write: (text) => written.push(text) }),
      () => Date.now() - begin,
    );
    return { progress, written };
  }

  test('says nothing within the first second, nor after the end', () => {
    const { progress, written } = start(true);
    progress.say('reading plan.json');
    vi.advanceTimersByTime(999);
    progress.stop();
    vi.advanceTimersByTime(10_000);
    expect(written).toEqual([]);
  });

  test('says after a second what has been going on, and wipes it at the end', () => {
    const { progress, written } = start(true);
    progress.say('reading plan.json');
    vi.advanceTimersByTime(1_000);
    progress.say('judging');
    progress.stop();
    progress.stop();
    expect(written).toEqual([
      '\r\u001B[Kplanwarden: reading plan.json …',
      '\r\u001B[Kplanwarden: judging …',
      '\r\u001B[K',
    ]);
  });

  test('says nothing where standard error is no terminal', () => {
    const { progress, written } = start(false);
    progress.say('reading plan.json');
    vi.advanceTimersByTime(5_000);
    progress.say('judging');
    progress.stop();
    expect(written).toEqual([]);
  });
});

describe('a slow review', () => {
  const slow = (): (() => number) => {
    let now = 0;
    return () => (now += 2_000);
  };

  test('keeps standard output clean, and leaves nothing on the screen', async () => {
    const quick = await planwarden(['review', storyFile('tags-only')]);
    const { stdout, stderr } = await planwarden(['review', storyFile('tags-only')], { isTTY: true, now: slow() });
    expect(stdout).toBe(quick.stdout);
    expect(stderr).toMatch(/planwarden: reading .*plan\.json …/);
    expect(stderr.endsWith('\r\u001B[K')).toBe(true);
  });

  test('is silent when it is not watched', async () => {
    expect((await planwarden(['review', storyFile('tags-only')], { now: slow() })).stderr).toBe('');
  });

  test('wipes it before an error is told', async () => {
    const { stderr } = await planwarden(['review', 'no-such-plan.json'], { isTTY: true, now: slow() });
    expect(stderr).toContain('…\r\u001B[Kplanwarden: no-such-plan.json does not exist');
  });
});
