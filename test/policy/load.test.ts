import { describe, expect, test } from 'vitest';

import { loadPolicy } from '../../src/policy/load.ts';
import { UserError } from '../../src/text/user-error.ts';
import { doorKind } from './facts.ts';

const GOOD = `title: Door is open
severity: high
subject: door
bad: object.direction == "ingress" && object.source.isWorld()
message: "{object.ports} is open to {object.source}"
why: Anyone can walk in.
fix: Close it.
examples:
  bad: [{ world: true }]
  good: [{ world: false }]
`;

const vocabulary = { kinds: new Map([['door', doorKind]]), constants: { ports: { admin: [22] } } };

function complaint(from: string, to: string): string {
  if (!GOOD.includes(from)) return `the file has no ${from}`;
  try {
    loadPolicy(GOOD.replace(from, to), 'door/open', 'policies/door/open.yaml', vocabulary);
  } catch (error) {
    return error instanceof UserError ? error.message : 'not a sentence for the user';
  }
  return 'accepted';
}

test('a policy file with its defaults', () => {
  const loaded = loadPolicy(GOOD, 'door/open', 'policies/door/open.yaml', vocabulary);
  expect(loaded).toMatchObject({
    id: 'door/open',
    subject: ['door'],
    on: 'present',
    severities: [],
    evidence: {},
    concern: null,
    rank: 0,
    references: [],
    seeds: [],
  });
  expect(loaded.examples).toEqual({ bad: [{ world: true }], good: [{ world: false }], undetermined: [] });
});

test('any resource type of any provider is a subject', () => {
  expect(
    complaint(
      'subject: door\nbad: object.direction == "ingress" && object.source.isWorld()',
      'subject: [github_repository, aws_db_instance]\nbad: object.visibility == "public"',
    ),
  ).toBe('accepted');
});

describe('a mistake is one sentence with file, line and what was expected', () => {
  test.each([
    [
      'severity: high',
      'severity: hgih',
      'policies/door/open.yaml:2: `severity` is `hgih`; expected one of critical, high, medium, low, info.',
    ],
    ['severity: high\n', '', 'policies/door/open.yaml:1: `severity` is missing.'],
    [
      'why: Anyone',
      'wy: Anyone',
      'policies/door/open.yaml:6: `wy` is not a key here; expected title, severity, severities, subject, profile, created, related, on, bad, message, evidence, concern, rank, quiet, why, fix, repair, references, seeds, examples.',
    ],
    [
      'fix: Close it.',
      'fix: Close it.\nfixx: x',
      'policies/door/open.yaml:8: `fixx` is not a key here; expected title, severity, severities, subject, profile, created, related, on, bad, message, evidence, concern, rank, quiet, why, fix, repair, references, seeds, examples.',
    ],
    ['title: Door is open', 'title: [a]', 'policies/door/open.yaml:1: `title` is a list; expected text.'],
    ['fix: Close it.', 'fix: ""', 'policies/door/open.yaml:7: `fix` is empty; expected some text.'],
    [
      'title: Door is open',
      `title: ${'x'.repeat(101)}`,
      'policies/door/open.yaml:1: `title` is 101 characters long; expected at most 100 characters.',
    ],
    [
      'subject: door',
      'subject: dor',
      'policies/door/open.yaml:3: `subject` is `dor`; expected a resource type such as aws_db_instance, or one of door.',
    ],
    ['  bad: [{ world: true }]\n', '', 'policies/door/open.yaml:9: `examples.bad` is missing.'],
    [
      '  bad: [{ world: true }]',
      '  bad: []',
      'policies/door/open.yaml:9: `examples.bad` is a list; expected at least one entry.',
    ],
    [
      'object.source.isWorld()',
      'object.sourc.isWorld()',
      'policies/door/open.yaml:4: `bad`: door has no attribute `sourc`; expected one of direction, ports, source, names, label, locks, secret.',
    ],
    [
      'object.source.isWorld()',
      'object.source.isWrld()',
      'policies/door/open.yaml:4: `bad`: AddressSet has no `isWrld()`; expected one of isWorld(): bool.',
    ],
    [
      'object.source.isWorld()',
      'object.ports.coversAny(ports.amin)',
      'policies/door/open.yaml:4: `bad`: `ports` has no `amin`; expected one of admin.',
    ],
    [
      'object.source.isWorld()',
      'objct.label == "x"',
      'policies/door/open.yaml:4: `bad`: `objct` is unknown; expected one of object, ports.',
    ],
    [
      'object.source.isWorld()',
      'object.label.matches("x")',
      'policies/door/open.yaml:4: `bad`: `matches` is not allowed; compare with ==, in, startsWith, endsWith or contains.',
    ],
    ['object.source.isWorld()', 'object.label ==', 'policies/door/open.yaml:4: `bad`: the expression ends too early.'],
    [
      '{object.source}',
      '{object.secret}',
      'policies/door/open.yaml:5: `message`: `secret` may hold a secret and cannot be shown in a message or as evidence.',
    ],
    [
      '{object.source}',
      '{object}',
      'policies/door/open.yaml:5: `message`: a whole subject cannot be shown; name its attributes.',
    ],
    [
      '{object.source}',
      '{object.sorce}',
      'policies/door/open.yaml:5: `message`: door has no attribute `sorce`; expected one of direction, ports, source, names, label, locks, secret.',
    ],
    ['{object.source}', '{object.source', 'policies/door/open.yaml:5: `message`: a `{` in the message is not closed.'],
    [
      'severity: high',
      'severity: high\nseverities:\n  - when: object.label == 1 &&\n    severity: low',
      'policies/door/open.yaml:4: `severities.0.when`: the expression ends too early.',
    ],
    [
      'why: Anyone',
      'evidence:\n  who: object.who\nwhy: Anyone',
      'policies/door/open.yaml:7: `evidence.who`: door has no attribute `who`; expected one of direction, ports, source, names, label, locks, secret.',
    ],
    [
      'fix: Close it.',
      'fix: Close it.\nrepair: { lock: "${var.lock}" }',
      'policies/door/open.yaml:8: `repair.lock` is `${var.lock}`; expected a literal: true, false, a number or a plain word.',
    ],
    ['bad: object', 'bad: "object', 'policies/door/open.yaml:4: this is not YAML: Unexpected scalar at node end.'],
    [
      GOOD,
      '- a\n- b\n',
      'policies/door/open.yaml:1: this is a list; expected a map with title, severity, severities, subject, profile, created, related, on, bad, message, evidence, concern, rank, quiet, why, fix, repair, references, seeds, examples.',
    ],
    [
      GOOD,
      '',
      'policies/door/open.yaml:1: this is empty; expected a map with title, severity, severities, subject, profile, created, related, on, bad, message, evidence, concern, rank, quiet, why, fix, repair, references, seeds, examples.',
    ],
  ])('%s → %s', (from, to, expected) => {
    expect(complaint(from, to)).toBe(expected);
  });

  test('the line inside a block of several lines is that of its start', () => {
    expect(
      complaint(
        'bad: object.direction == "ingress" && object.source.isWorld()',
        'bad: >-\n  object.direction == "ingress" &&\n  object.sourc.isWorld()',
      ),
    ).toMatch(/^policies\/door\/open\.yaml:4: /);
  });
});

test.each(['password', 'master_password', 'user_data', 'secret_string', 'auth_token'])(
  '%s of a plain resource cannot be shown',
  (name) => {
    const text = GOOD.replace('subject: door', 'subject: aws_thing')
      .replace('object.direction == "ingress" && object.source.isWorld()', 'object.a == 1')
      .replace('{object.source}', `{object.${name}}`);
    expect(() => loadPolicy(text, 'a/b', 'a/b.yaml', vocabulary)).toThrow(`\`${name}\` may hold a secret`);
  },
);
