import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { logAnnotation, logFailure, logLines } from '../../src/github/log.ts';
import { commands } from '../support/github/runner.ts';

let written: string;

beforeEach(() => {
  written = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

const fragment = fc.constantFrom(
  '::',
  '##[',
  '\n',
  '\r',
  '\u001b[31m',
  '\u202e',
  'set-output name=a',
  ']',
  '%0A',
  ' ',
  '\t',
  '\u2028',
  'é',
);
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join('')),
);

const commandsOf = (act: () => void): string[] => {
  written = '';
  act();
  return commands(written);
};

test('no text becomes a workflow command', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(commandsOf(() => logLines(text))).toEqual([]);
    }),
  );
});

test('an annotation stays one command, whatever is in its text, title and path', () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (message, title, path) => {
      const place = { title, path, startLine: 1, endLine: 2 };
      expect(commandsOf(() => logAnnotation('warning', message, place))).toEqual(['warning']);
    }),
  );
});

test('the reason of a failure stays one command', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(commandsOf(() => logFailure(text))).toEqual(['error']);
    }),
  );
});

test('nothing hidden reaches the log', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      written = '';
      logLines(text);
      expect(written).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('a long message is cut where GitHub would cut it', () => {
  logAnnotation('notice', Array.from({ length: 500 }, () => 'a line of text').join('\n'));
  expect(decodeURIComponent(written.slice('::notice::'.length)).length).toBeLessThanOrEqual(4_097);
});
