import { assert, constantFrom, array, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { flowchart, mermaidLabel } from '../../src/report/mermaid.ts';
import { visible } from '../../src/text/escape.ts';

test('a way is a small flowchart', () => {
  expect(flowchart(['internet', 'security group db: 5432/tcp', 'aws_db_instance.orders'])).toBe(
    [
      'flowchart LR',
      '  n0["internet"]',
      '  n1["security group db#58; 5432#47;tcp"]',
      '  n2["aws#95;db#95;instance#46;orders"]',
      '  n0 --> n1',
      '  n1 --> n2',
    ].join('\n'),
  );
});

test('two steps are a sentence, and many are no picture', () => {
  expect(flowchart(['internet', 'a'])).toBeNull();
  expect(flowchart(Array.from({ length: 7 }, String))).toBeNull();
});

const hostile = oneof(
  string({ unit: 'binary' }),
  constantFrom(
    '"]\n click n0 "https://evil.example"',
    '`**bold**`',
    '```\n# out',
    '<img src=x onerror=alert(1)>',
    '%%{init: {"securityLevel": "loose"}}%%',
    'style n0 fill:#f00;',
    ':::class',
    '#quot;]; click n0 call alert()',
    'end',
    '\u202e',
  ),
);

const decoded = (label: string): string =>
  label.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

test('no name says anything but itself', () => {
  assert(
    property(array(hostile, { minLength: 3, maxLength: 6 }), (steps) => {
      const lines = flowchart(steps)?.split('\n') ?? [];
      expect(lines).toHaveLength(2 * steps.length);
      const labels = lines
        .slice(1, steps.length + 1)
        .map((line) => /^ {2}n\d\["((?:[A-Za-z0-9 ]|#\d+;)*)"\]$/.exec(line)?.[1]);
      expect(labels).toEqual(steps.map(mermaidLabel));
      expect(labels.map((label) => decoded(label ?? ''))).toEqual(steps.map((step) => visible(step, 60)));
      expect(lines.slice(steps.length + 1).every((line) => /^ {2}n\d --> n\d$/.test(line))).toBe(true);
    }),
  );
});
