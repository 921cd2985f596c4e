import { describe, expect, test } from 'vitest';

import { Unknown } from '../../src/plan/value.ts';
import { judgeAll } from '../../src/policy/engine.ts';
import type { JudgeOptions, Judgement } from '../../src/policy/engine.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { Subject } from '../../src/subjects/subject.ts';
import { door, doorKind, policy, subject } from './facts.ts';

const options: JudgeOptions = {
  audit: false,
  constants: { ports: { admin: [22], database: [5432] } },
  isGone: () => false,
};

const judge = (
  policies: readonly Policy[],
  before: readonly Subject[],
  after: readonly Subject[],
  some: Partial<JudgeOptions> = {},
): Judgement[] => judgeAll(policies, [{ kind: doorKind, before, after }], { ...options, ...some });

const told = (judgements: readonly Judgement[]): string[] =>
  judgements.map((one) => `${one.policy.id} ${one.status} ${one.severity}`);

const open = door();
const closed = door({ world: false });
const unclear = door({ world: new Unknown() });

describe('one policy on both sides', () => {
  test.each([
    ['absent, bad', undefined, open, ['door/open introduced high']],
    ['good, bad', closed, open, ['door/open introduced high']],
    ['bad, bad', open, open, ['door/open persisting high']],
    ['bad, good', open, closed, ['door/open resolved high']],
    ['bad, absent', open, undefined, ['door/open resolved high']],
    ['good, good', closed, closed, []],
    ['absent, good', undefined, closed, []],
    ['good, absent', closed, undefined, []],
    ['absent, undetermined', undefined, unclear, ['door/open undetermined high']],
    ['good, undetermined', closed, unclear, ['door/open undetermined high']],
    ['bad, undetermined', open, unclear, ['door/open undetermined high']],
    ['undetermined, bad', unclear, open, ['door/open introduced high']],
    ['undetermined, good', unclear, closed, []],
  ])('%s', (_, before, after, expected) => {
    expect(told(judge([policy()], before ? [subject('a', before)] : [], after ? [subject('a', after)] : []))).toEqual(
      expected,
    );
  });

  test('the same thing under another address stays itself', () => {
    const [found] = judge(
      [policy()],
      [subject('a', open, { address: 'door.old' })],
      [subject('a', open, { address: 'door.new' })],
    );
    expect(found).toMatchObject({
      status: 'persisting',
      previousAddress: 'door.old',
      subject: { address: 'door.new' },
    });
  });

  test('what the plan does not touch is judged in an audit only', () => {
    const [before, after] = [subject('a', open, { touched: false }), subject('a', open, { touched: false })];
    expect(judge([policy()], [before], [after])).toEqual([]);
    expect(told(judge([policy()], [before], [after], { audit: true }))).toEqual(['door/open persisting high']);
  });
});

describe('severity', () => {
  const graded = policy({
    bad: 'object.source.isWorld()',
    severity: 'medium',
    severities: [
      { when: 'object.label == "vault"', severity: 'critical' },
      { when: 'change == "updated"', severity: 'high' },
    ],
  });

  test.each([
    ['created', undefined, open, ['door/open introduced medium']],
    ['updated', closed, open, ['door/open introduced high']],
    ['there before', open, open, ['door/open persisting medium']],
    ['got worse', open, door({ label: 'vault' }), ['door/open introduced critical']],
    ['got milder', door({ label: 'vault' }), open, ['door/open persisting medium']],
  ])('%s', (_, before, after, expected) => {
    expect(told(judge([graded], before ? [subject('a', before)] : [], [subject('a', after)]))).toEqual(expected);
  });

  test('a rule that cannot be decided decides nothing', () => {
    expect(told(judge([graded], [], [subject('a', door({ label: new Unknown() }))]))).toEqual([
      'door/open introduced medium',
    ]);
  });
});

describe('policies of one concern', () => {
  const admin = policy({
    id: 'door/admin',
    severity: 'critical',
    concern: 'entry',
    rank: 1,
    bad: 'object.source.isWorld() && object.ports.coversAny(ports.admin)',
  });
  const database = policy({
    id: 'door/database',
    severity: 'high',
    concern: 'entry',
    rank: 2,
    bad: 'object.source.isWorld() && object.ports.coversAny(ports.database)',
  });
  const other = policy({ id: 'door/other', severity: 'low', concern: 'entry', rank: 9 });
  const all = [other, database, admin];
  const at = (port: number): Subject => subject('a', door({ ports: port }));

  test('only the lowest rank speaks', () => {
    expect(told(judge(all, [], [at(22)]))).toEqual(['door/admin introduced critical']);
    expect(told(judge(all, [], [at(80)]))).toEqual(['door/other introduced low']);
  });

  test('what was as bad under another of them is not new', () => {
    expect(told(judge(all, [at(22)], [at(5432)]))).toEqual(['door/database persisting high']);
  });

  test('what got worse is new', () => {
    expect(told(judge(all, [at(80)], [at(22)]))).toEqual(['door/admin introduced critical']);
  });

  test('it is resolved only when none holds any more', () => {
    expect(told(judge(all, [at(22)], [at(80)]))).toEqual(['door/other persisting low']);
    expect(told(judge(all, [at(22)], [subject('a', closed)]))).toEqual(['door/admin resolved critical']);
  });

  test('pieces of one thing become one finding, the worst one, and the others are told in it', () => {
    const pieces = [22, 80].map((port) => subject(`p${port}`, door({ ports: port }), { merge: 'group' }));
    const found = judge(all, [], pieces);
    expect(told(found)).toEqual(['door/admin introduced critical']);
    expect(found[0]?.also.map(({ id }) => id)).toEqual(['door/other']);
    expect(found[0]?.evidence).toContainEqual({
      label: 'also',
      before: 'tcp/80 is open to 0.0.0.0/0',
      after: 'tcp/80 is open to 0.0.0.0/0',
    });
  });

  test('what cannot be known is said once', () => {
    expect(told(judge(all, [], [subject('a', unclear)]))).toEqual(['door/admin undetermined critical']);
  });

  test('what several pieces and moments cannot know is said once, by the gravest policy', () => {
    const changed = policy({ id: 'door/changed', severity: 'medium', concern: 'entry', rank: 5, on: 'changed' });
    const pieces = ['p', 'q'].map((id) => subject(id, unclear, { merge: 'group' }));
    const before = ['p', 'q'].map((id) => subject(id, closed, { merge: 'group' }));
    expect(told(judge([changed, ...all], before, pieces))).toEqual(['door/admin undetermined critical']);
    expect(told(judge([changed], before, pieces))).toEqual(['door/changed undetermined medium']);
  });

  test('equal ranks do not silence each other', () => {
    const twin = policy({ id: 'door/twin', severity: 'high', concern: 'entry', rank: 1 });
    expect(told(judge([admin, twin], [], [at(22)]))).toEqual([
      'door/admin introduced critical',
      'door/twin introduced high',
    ]);
  });

  test('policies without a concern speak for themselves', () => {
    const alone = all.map((one) => ({ ...one, concern: null }));
    expect(judge(alone, [], [at(22)])).toHaveLength(2);
  });
});

describe('one finding for pieces of one thing', () => {
  test('names every piece once', () => {
    const pieces = [22, 23, 22].map((port, index) =>
      subject(`p${index}`, door({ ports: port }), { merge: 'group', address: `door.p${index}` }),
    );
    const [found, ...more] = judge([policy({ evidence: { ports: 'object.ports' } })], [], pieces);
    expect(more).toEqual([]);
    expect(found?.message).toBe('tcp/22 is open to 0.0.0.0/0; tcp/23 is open to 0.0.0.0/0');
    expect(found?.evidence).toEqual([
      { label: 'ports', before: null, after: 'tcp/22' },
      { label: 'ports', before: null, after: 'tcp/23' },
    ]);
    expect(found?.subjects).toHaveLength(3);
  });

  test('says how many more there are', () => {
    const pieces = [1, 2, 3, 4, 5, 6, 7].map((port) => subject(`p${port}`, door({ ports: port }), { merge: 'group' }));
    expect(judge([policy({ message: '{object.ports}' })], [], pieces)[0]?.message).toBe(
      'tcp/1; tcp/2; tcp/3; tcp/4; tcp/5; and 2 more',
    );
  });

  test('equal ids on one side are not lost', () => {
    expect(judge([policy({ evidence: {} })], [], [subject('a', open), subject('a', open)])[0]?.subjects).toHaveLength(
      2,
    );
  });
});

describe('changed', () => {
  const fewer = policy({
    id: 'door/fewer-locks',
    on: 'changed',
    bad: 'object.locks < oldObject.locks',
    message: '{oldObject.locks} locks become {object.locks}',
    evidence: { locks: 'object.locks' },
  });
  const locks = (count: number | Unknown): Subject => subject('a', door({ locks: count }));

  test('sees both sides', () => {
    const [found] = judge([fewer], [locks(3)], [locks(1)]);
    expect(found).toMatchObject({
      status: 'introduced',
      message: '3 locks become 1',
      evidence: [{ label: 'locks', before: '3', after: '1' }],
    });
    expect(judge([fewer], [locks(1)], [locks(3)])).toEqual([]);
  });

  test('says nothing of what is new or gone', () => {
    expect(judge([fewer], [], [locks(1)])).toEqual([]);
    expect(judge([fewer], [locks(1)], [])).toEqual([]);
  });

  test('says what it would have to know', () => {
    const [found] = judge([fewer], [locks(3)], [locks(new Unknown())]);
    expect(found).toMatchObject({
      status: 'undetermined',
      message: 'cannot be judged before apply: `locks` is known only after apply',
    });
  });
});

describe('removed', () => {
  const gone = policy({
    id: 'door/gone',
    on: 'removed',
    bad: 'oldObject.direction == "ingress"',
    message: 'the door is {fate}',
    severities: [{ when: 'fate == "forgotten"', severity: 'medium' }],
  });

  test.each([
    ['destroyed', ['door/gone introduced high']],
    ['replaced', ['door/gone introduced high']],
    ['recreated', ['door/gone introduced high']],
    ['forgotten', ['door/gone introduced medium']],
  ] as const)('%s', (fate, expected) => {
    const before = subject('a', open, { fate });
    const after = fate === 'replaced' || fate === 'recreated' ? [subject('a', open)] : [];
    expect(told(judge([gone], [before], after))).toEqual(expected);
  });

  test('what stands after the plan is not gone', () => {
    expect(
      judge([gone], [subject('a', open, { address: 'door.old' })], [subject('a', open, { address: 'door.new' })]),
    ).toEqual([]);
  });

  test('a part that vanishes without a resource of its own is destroyed', () => {
    expect(judge([gone], [subject('a', open)], [])[0]?.message).toBe('the door is destroyed');
  });

  test('what goes with its owner is the owner’s matter', () => {
    const owned = subject('a', open, { fate: 'destroyed', owner: 'house' });
    expect(judge([gone], [owned], [], { isGone: (identity) => identity === 'house' })).toEqual([]);
    expect(judge([gone], [owned], [], { isGone: () => false })).toHaveLength(1);
  });
});

test('values that must not be shown are judged and masked', () => {
  const secret = policy({
    bad: 'object.label == "hunter2"',
    message: 'the label is {object.label}',
    evidence: { label: 'object.label' },
  });
  const [found] = judge(
    [secret],
    [],
    [subject('a', door({ label: 'hunter2' }), { sensitive: (path) => path[0] === 'label' })],
  );
  expect(found).toMatchObject({
    message: 'the label is (sensitive)',
    evidence: [{ label: 'label', before: null, after: '(sensitive)' }],
  });
});

describe('weakened', () => {
  const weaker = policy({
    id: 'door/weaker',
    on: 'weakened',
    bad: 'fate in ["destroyed", "forgotten"] || oldObject.direction == "ingress" && object.direction == "egress"',
    message: 'the door is {fate}',
  });
  const narrow = { ...open, direction: 'egress' };

  test.each([
    ['destroyed', ['door/weaker introduced high']],
    ['forgotten', ['door/weaker introduced high']],
    ['recreated', []],
  ] as const)('%s', (fate, expected) => {
    const after = fate === 'recreated' ? [subject('a', open)] : [];
    expect(told(judge([weaker], [subject('a', open, { fate })], after))).toEqual(expected);
  });

  test('what stands is compared, once, also when it is replaced', () => {
    for (const fate of ['kept', 'replaced'] as const)
      expect(told(judge([weaker], [subject('a', open, { fate })], [subject('a', narrow)]))).toEqual([
        'door/weaker introduced high',
      ]);
  });

  test('what stands stronger, untouched or new is not weaker', () => {
    expect(judge([weaker], [subject('a', narrow)], [subject('a', open)])).toEqual([]);
    expect(
      judge([weaker], [subject('a', open, { touched: false })], [subject('a', narrow, { touched: false })]),
    ).toEqual([]);
    expect(judge([weaker], [], [subject('a', narrow)])).toEqual([]);
  });
});
