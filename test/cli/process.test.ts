import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { storyFile } from './command.ts';

const CLI = join(import.meta.dirname, '..', '..', 'src', 'cli.ts');
const OPENS_SSH = storyFile('opens-ssh-to-world');

interface Start {
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** A file descriptor in place of a pipe. */
  readonly stdout?: number;
}

function start({ arguments: given, environment = {}, stdout }: Start): ChildProcess {
  const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
  return spawn(process.execPath, [CLI, ...given], {
    env: { ...rest, ...environment },
    stdio: ['pipe', stdout ?? 'pipe', 'pipe'],
  });
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

async function finish(child: ChildProcess) {
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ]);
  return { code, stdout, stderr };
}

describe('the command as a process', () => {
  test('reads standard input', async () => {
    const child = start({ arguments: ['review', '-'] });
    child.stdin?.end(readFileSync(OPENS_SSH));
    const { code, stdout, stderr } = await finish(child);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^planwarden review · standard input · 5 changes\n/);
  });

  test('complains about standard input that is closed at once', async () => {
    const child = start({ arguments: ['review', '-'] });
    child.stdin?.end();
    expect(await finish(child)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^planwarden: standard input is empty: [^\n]+\n$/),
    });
  });

  test('survives a reader that has seen enough, and keeps its verdict', async () => {
    const child = start({ arguments: ['review', OPENS_SSH, '--format', 'json'] });
    child.stdout?.destroy();
    const [stderr, [code]] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });

  test.runIf(process.platform === 'linux')(
    'says when nobody can read the review, because the disk is full',
    async () => {
      const child = start({ arguments: ['review', storyFile('no-changes')], stdout: openSync('/dev/full', 'w') });
      const [stderr, [code]] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: 'planwarden: the review could not be written to standard output (ENOSPC).\n',
      });
    },
  );

  test.each([
    [{}, false],
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '' }, true],
  ])('with %j, colours in a pipe: %s', async (environment, coloured) => {
    const { stdout } = await finish(start({ arguments: ['review', OPENS_SSH], environment }));
    expect(stdout.includes('\u001B[')).toBe(coloured);
  });
});
