import { describe, expect, test, vi } from 'vitest';
import { planwarden, storyFile } from './command.ts';

const run = vi.hoisted(() => ({ fail: undefined as unknown }));

vi.mock('../../src/run.ts', () => ({
  run: () => {
    throw run.fail;
  },
}));

const TOKEN = `ghp_${'a1B2'.repeat(9)}`;

async function failWith(error: unknown): Promise<string> {
  run.fail = error;
  const { code, stdout, stderr } = await planwarden(['review', storyFile('tags-only')]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return stderr;
}

describe('an unexpected error', () => {
  test('tells its kind and where it happened, and asks for a report', async () => {
    const stderr = await failWith(new TypeError('x is not a function'));
    expect(stderr).toMatch(
      /^planwarden: an unexpected TypeError stopped the review\. This is a mistake in planwarden: please report it/,
    );
    expect(stderr).toMatch(/\n +at .*errors\.test\.ts/);
    expect(stderr).not.toContain('x is not a function');
  });

  test.each([
    ['its message', new Error(TOKEN)],
    ['a message that looks like a frame', new Error(`bad\n    at ${TOKEN} (plan.json:1:1)`)],
    [
      'what JSON.parse quotes',
      (() => {
        try {
          return JSON.parse(`{"a": \n    at ${TOKEN}`) as unknown;
        } catch (error) {
          return error;
        }
      })(),
    ],
    ['a message that was changed later', Object.assign(new Error(`bad\n    at ${TOKEN}`), { message: 'other' })],
    ['its name', Object.assign(new Error('bad'), { name: TOKEN })],
    ['a text that was thrown', `bad\n    at ${TOKEN}`],
    ['its cause', new Error('bad', { cause: new Error(TOKEN) })],
  ])('shows nothing of a plan: %s', async (_, error) => {
    const stderr = await failWith(error);
    expect(stderr).not.toContain(TOKEN);
    expect(
      stderr.split('\n').filter((line) => line !== '' && !line.startsWith('planwarden: ') && !/^ +at [^\s]/.test(line)),
    ).toEqual([]);
  });

  test.each([
    [
      'an error of Node, which tells its code',
      Object.assign(new TypeError('bad'), { stack: 'TypeError [ERR_BAD]: bad\n    at read (plan.ts:1:1)' }),
    ],
    [
      'a file that cannot be loaded',
      Object.assign(new SyntaxError('bad'), {
        stack: 'file.ts:1\nsecret\n^\nSyntaxError: bad\n    at read (plan.ts:1:1)',
      }),
    ],
    ['an error without a message', Object.assign(new Error(''), { stack: 'Error\n    at read (plan.ts:1:1)' })],
  ])('tells where it happened: %s', async (_, error) => {
    expect((await failWith(error)).split('\n').slice(1)).toEqual(['    at read (plan.ts:1:1)', '']);
  });

  test('cannot write to the terminal or give commands to a runner', async () => {
    const stderr = await failWith(
      Object.assign(new Error('bad'), { stack: 'Error: bad\n    at \u001B[31mred ##[error]x' }),
    );
    expect(stderr).not.toContain('\u001B');
    expect(stderr).not.toContain('##[');
  });
});

describe('a mistake of the user', () => {
  test('is shown without what looks like a credential', async () => {
    const { UserError } = await import('../../src/text/user-error.ts');
    const stderr = await failWith(new UserError(`The plan holds an address that cannot be read: aws_x.y["${TOKEN}"].`));
    expect(stderr).toBe('planwarden: The plan holds an address that cannot be read: aws_x.y["(secret)"].\n');
  });

  test('stays on one line', async () => {
    const { UserError } = await import('../../src/text/user-error.ts');
    expect(await failWith(new UserError('one\n::error::two\u202E'))).toBe('planwarden: one ::error::two\\u202e\n');
  });
});
