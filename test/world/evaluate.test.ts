import { describe, expect, test } from 'vitest';
import type { Conditional, Expression, For, Operator, Step, Place } from '../../src/plan/expression.ts';
import type { ModuleConfiguration } from '../../src/plan/configuration.ts';
import { type Json, type Reference, Unknown, type Value } from '../../src/plan/value.ts';
import { evaluate, type EvaluationContext } from '../../src/world/evaluate.ts';

import type { Scope } from '../../src/world/scope.ts';

const literal = (value: null | boolean | number | string): Expression => ({ kind: 'literal', value });
const steps = (names: readonly (string | number | Expression)[]): Step[] =>
  names.map((name) =>
    typeof name === 'string'
      ? { kind: 'attribute', name }
      : { kind: 'index', key: typeof name === 'number' ? literal(name) : name },
  );
const ref = (root: string, ...names: (string | number | Expression)[]): Expression => ({
  kind: 'reference',
  root,
  steps: steps(names),
});
const template = (...parts: (string | Expression)[]): Expression => ({
  kind: 'template',
  parts: parts.map((part) => (typeof part === 'string' ? literal(part) : part)),
});
const tuple = (...items: Expression[]): Expression => ({ kind: 'tuple', items });
const object = (entries: Readonly<Record<string, Expression>>): Expression => ({
  kind: 'object',
  entries: Object.entries(entries).map(([key, value]) => ({ key: literal(key), value })),
});
const call = (name: string, ...arguments_: Expression[]): Expression => ({
  kind: 'call',
  name,
  arguments: arguments_,
  expandsLast: false,
});
const operation = (operator: Operator, ...operands: Expression[]): Expression => ({
  kind: 'operation',
  operator,
  operands,
});
const choose = (condition: Expression, whenTrue: Expression, whenFalse: Expression): Conditional => ({
  kind: 'conditional',
  condition,
  whenTrue,
  whenFalse,
});
const loop = (change: Partial<For> & Pick<For, 'collection' | 'value'>): For => ({
  kind: 'for',
  keyVariable: null,
  valueVariable: 'v',
  key: null,
  condition: null,
  grouped: false,
  ...change,
});
const splat = (source: Expression, ...names: string[]): Expression => ({ kind: 'splat', source, steps: steps(names) });

const strings = (...values: string[]): Expression => tuple(...values.map(literal));

/** A bucket whose ARN comes later, a table that is known, two subnets by count, two by key. */
const INSTANCES: Readonly<Record<string, readonly (number | string | undefined)[]>> = {
  'aws_s3_bucket.b': [undefined],
  'aws_dynamodb_table.t': [undefined],
  'aws_subnet.n': [0, 1],
  'aws_subnet.k': ['a', 'b.c'],
};
const KNOWN: Readonly<Record<string, Json>> = {
  'aws_dynamodb_table.t name': 'orders',
  'aws_subnet.n[0] id': 'subnet-0',
  'aws_subnet.n[1] id': 'subnet-1',
};

const addressOf = (block: string, key: number | string | undefined): string =>
  key === undefined ? block : `${block}[${JSON.stringify(key)}]`;

interface Setting {
  readonly root?: ModuleConfiguration;
  readonly variables?: Readonly<Record<string, Json>>;
  /** Expressions of the source: `module path|kind name`. */
  readonly source?: Readonly<Record<string, Expression>>;
  readonly scope?: Partial<Scope>;
}

const placeName = (place: Place): string => {
  if (place.kind === 'module-argument') return `argument ${place.call}.${place.name}`;
  return place.kind === 'resource' || place.kind === 'data'
    ? `${place.kind} ${place.type}.${place.name} ${place.path.join('.')}`
    : `${place.kind} ${place.name}`;
};

function contextOf({ root, variables = {}, source = {} }: Setting): EvaluationContext {
  let serial = 0;
  return {
    root,
    expressions: (module, place) => source[`${module.join('/')}|${placeName(place)}`],
    instances: (block) => {
      const name = block.split(' ').at(-1) ?? '';
      return block.startsWith(' managed')
        ? (INSTANCES[name] ?? []).map((key) => ({ address: addressOf(name, key), key }))
        : [];
    },
    valueOf: (reference: Reference) =>
      KNOWN[`${reference.address} ${reference.attribute}`] ?? new Unknown(undefined, [reference]),
    rootVariable: (name) => variables[name],
    nextSerial: () => ++serial,
  };
}

const ROOT_SCOPE: Scope = { modules: [], key: undefined, forEach: undefined, owner: undefined };
const valueOf = (expression: Expression, setting: Setting = {}): Value =>
  evaluate(expression, { ...ROOT_SCOPE, ...setting.scope }, contextOf(setting));

const unknown = (...references: string[]): unknown =>
  expect.objectContaining({
    references: references.map((text) => ({ address: text.split(' ')[0], attribute: text.split(' ')[1] ?? '' })),
  });

const ARN = ref('aws_s3_bucket', 'b', 'arn');
const ARN_TOKEN = '⟨ref:aws_s3_bucket.b.arn⟩';
/** What no version of this knows. */
const MYSTERY: Expression = { kind: 'other' };

describe('text', () => {
  test.each<[string, Expression, Value]>([
    ['a literal', literal('x'), 'x'],
    [
      'a template of known parts',
      template('table/', ref('aws_dynamodb_table', 't', 'name'), '/', literal(7)),
      'table/orders/7',
    ],
    ['an unknown part becomes a token', template(ARN, '/*'), `${ARN_TOKEN}/*`],
    ['what nothing identifies becomes a token of its own', template(MYSTERY, '-', MYSTERY), '⟨unknown:1⟩-⟨unknown:2⟩'],
    ['format', call('format', literal('%s/%d%%'), ARN, literal(3)), `${ARN_TOKEN}/3%`],
    ['join', call('join', literal(','), strings('a', 'b')), 'a,b'],
    ['lower', call('lower', literal('ABC')), 'abc'],
  ])('%s', (_, expression, value) => {
    expect(valueOf(expression)).toEqual(value);
  });

  test('a template of one part is that part', () => {
    expect(valueOf(template(strings('a')))).toEqual(['a']);
    expect(valueOf(template(ARN))).toEqual(unknown('aws_s3_bucket.b arn'));
  });

  test.each<[string, Expression]>([
    ['a list in a template', template('x', strings('a'))],
    ['null in a template', template('x', literal(null))],
    ['a format that is not understood', call('format', literal('%05d'), literal(1))],
    ['a token in other letters', call('upper', template(ARN, '/*'))],
    ['a token in pieces', call('split', literal('.'), template(ARN, '/*'))],
    ['JSON that is none', call('jsondecode', literal('{'))],
    ['a function that is not known', call('cidrsubnet', literal('10.0.0.0/8'), literal(8), literal(1))],
    ['a function named like a method of objects', call('constructor', literal('x'))],
  ])('%s is unknown, never wrong', (_, expression) => {
    expect(valueOf(expression)).toBeInstanceOf(Unknown);
  });
});

describe('only a reference by itself is the object it refers to', () => {
  test.each<[string, Expression]>([
    ['a choice that is not known', choose(MYSTERY, literal('*'), ARN)],
    [
      'a choice by a function that is not known',
      choose(call('startswith', ref('var', 'env'), literal('prod')), literal('*'), ARN),
    ],
    ['a function that is not known', call('trimsuffix', ARN, literal('x'))],
    ['the first that is not empty', call('coalesce', ARN, literal('*'))],
    ['a comparison', operation('==', ARN, literal('x'))],
    ['a part of something', { kind: 'access', source: call('split', literal(':'), ARN), steps: steps([5]) }],
  ])('%s is not', (_, expression) => {
    expect(valueOf(expression, { variables: { env: 'prod' } })).toEqual(unknown());
  });

  test.each<[string, Expression]>([
    ['a reference', ARN],
    ['try, when it exists', call('try', ARN, literal(''))],
    ['nonsensitive', call('nonsensitive', ARN)],
    ['the only one of a list', call('one', splat(ref('aws_s3_bucket', 'b'), 'arn'))],
    ['a choice that is known', choose(literal(false), literal('*'), ARN)],
  ])('%s is', (_, expression) => {
    expect(valueOf(expression)).toEqual(unknown('aws_s3_bucket.b arn'));
  });

  test('what is made of several keeps them', () => {
    expect(valueOf(choose(MYSTERY, ARN, ref('aws_subnet', 'n', 0, 'arn')))).toEqual(
      unknown('aws_s3_bucket.b arn', 'aws_subnet.n[0] arn'),
    );
  });
});

describe('collections', () => {
  test.each<[string, Expression, Value]>([
    ['a list', strings('a', 'b'), ['a', 'b']],
    [
      'an object, whose keys are text',
      { kind: 'object', entries: [{ key: literal(1), value: literal('x') }] },
      { 1: 'x' },
    ],
    ['an element', { kind: 'access', source: strings('a', 'b'), steps: steps([1]) }, 'b'],
    ['an attribute', { kind: 'access', source: object({ a: literal(1) }), steps: steps(['a']) }, 1],
    ['a missing attribute', { kind: 'access', source: object({ a: literal(1) }), steps: steps(['constructor']) }, null],
    ['concat', call('concat', strings('a'), strings('b')), ['a', 'b']],
    [
      'concat with expansion',
      { ...call('concat', tuple(strings('a'), strings('b'))), expandsLast: true } as Expression,
      ['a', 'b'],
    ],
    ['flatten', call('flatten', tuple(strings('a'), tuple(strings('b')))), ['a', 'b']],
    [
      'merge, the later wins',
      call('merge', object({ a: literal(1), b: literal(1) }), object({ b: literal(2) })),
      { a: 1, b: 2 },
    ],
    ['lookup', call('lookup', object({ a: literal(1) }), literal('b'), literal(7)), 7],
    ['lookup of a name that every object has', call('lookup', object({}), literal('toString'), literal(7)), 7],
    ['keys in order', call('keys', object({ b: literal(1), a: literal(2) })), ['a', 'b']],
    ['values in order of keys', call('values', object({ b: literal(1), a: literal(2) })), [2, 1]],
    ['distinct', call('distinct', strings('a', 'a')), ['a']],
    ['compact', call('compact', strings('a', '')), ['a']],
    ['element goes round', call('element', strings('a', 'b'), literal(3)), 'b'],
    ['length', call('length', strings('a', 'b')), 2],
    ['jsonencode', call('jsonencode', object({ a: literal(1) })), '{"a":1}'],
    ['jsondecode', call('jsondecode', literal('{"a":[1]}')), { a: [1] }],
    ['a splat of a list', splat(tuple(object({ id: literal(1) }), object({ id: literal(2) })), 'id'), [1, 2]],
    ['a splat of instances', splat(ref('aws_subnet', 'n'), 'id'), ['subnet-0', 'subnet-1']],
  ])('%s', (_, expression, value) => {
    expect(valueOf(expression)).toEqual(value);
  });

  test('a splat in an instance of the same count still means all of them', () => {
    expect(valueOf(splat(ref('aws_subnet', 'n'), 'id'), { scope: { key: 1 } })).toEqual(['subnet-0', 'subnet-1']);
    expect(valueOf(ref('aws_subnet', 'n', ref('count', 'index'), 'id'), { scope: { key: 1 } })).toBe('subnet-1');
  });

  test('jsonencode keeps a document whose parts are not all known as a tree', () => {
    expect(valueOf(call('jsonencode', object({ Resource: ARN })))).toEqual({
      Resource: unknown('aws_s3_bucket.b arn'),
    });
  });

  test('try cannot tell a missing attribute from null, so it does not choose', () => {
    const missing: Expression = { kind: 'access', source: object({}), steps: steps(['actions']) };
    expect(valueOf(call('try', missing, literal('*')))).toBeInstanceOf(Unknown);
    expect(valueOf(call('try', literal('a'), literal('*')))).toBe('a');
  });
});

describe('for', () => {
  const list = strings('a', 'b');
  test.each<[string, Expression, Value]>([
    ['over a list', loop({ collection: list, value: template(ref('v'), '!') }), ['a!', 'b!']],
    ['with an index', loop({ collection: list, keyVariable: 'i', value: template(ref('i'), ref('v')) }), ['0a', '1b']],
    [
      'with a condition',
      loop({ collection: list, value: ref('v'), condition: operation('!=', ref('v'), literal('a')) }),
      ['b'],
    ],
    [
      'over an object, in order of its keys',
      loop({ collection: object({ b: literal(1), a: literal(2) }), keyVariable: 'k', value: ref('k') }),
      ['a', 'b'],
    ],
    ['to an object', loop({ collection: list, key: ref('v'), value: literal(1) }), { a: 1, b: 1 }],
    [
      'to an object with numbers as keys',
      loop({ collection: list, keyVariable: 'i', key: ref('i'), value: ref('v') }),
      { 0: 'a', 1: 'b' },
    ],
    [
      'within another',
      loop({
        collection: list,
        value: loop({ collection: strings('x'), valueVariable: 'w', value: template(ref('v'), ref('w')) }),
      }),
      [['ax'], ['bx']],
    ],
    ['with unknown parts', loop({ collection: strings('/*'), value: template(ARN, ref('v')) }), [`${ARN_TOKEN}/*`]],
  ])('%s', (_, expression, value) => {
    expect(valueOf(expression)).toEqual(value);
  });

  test.each<[string, Expression]>([
    ['over what is not known', loop({ collection: MYSTERY, value: literal('*') })],
    ['with a condition that is not known', loop({ collection: list, value: ref('v'), condition: MYSTERY })],
    ['to keys that are not known', loop({ collection: list, key: MYSTERY, value: ref('v') })],
    ['that groups', loop({ collection: list, key: literal('k'), value: ref('v'), grouped: true })],
  ])('%s is unknown', (_, expression) => {
    expect(valueOf(expression)).toBeInstanceOf(Unknown);
  });

  test('its variables hide what is outside, and only there', () => {
    const inside = loop({ collection: strings('inner'), valueVariable: 'aws_s3_bucket', value: ref('aws_s3_bucket') });
    expect(valueOf(tuple(inside, ARN))).toEqual([['inner'], unknown('aws_s3_bucket.b arn')]);
  });
});

describe('operators', () => {
  const [yes, no] = [literal(true), literal(false)];
  test.each<[Operator, Expression[], Value]>([
    ['&&', [yes, yes], true],
    ['&&', [MYSTERY, no], false],
    ['||', [MYSTERY, yes], true],
    ['||', [no, no], false],
    ['!', [no], true],
    ['-', [literal(2)], -2],
    ['+', [literal(2), literal(3)], 5],
    ['%', [literal(7), literal(4)], 3],
    ['<=', [literal(2), literal(2)], true],
    ['==', [strings('a'), strings('a')], true],
    ['==', [literal(1), literal('1')], false],
    ['!=', [literal(null), literal('a')], true],
  ])('%s %j', (operator, operands, value) => {
    expect(valueOf(operation(operator, ...operands))).toBe(value);
  });

  test.each<[Operator, Expression[]]>([
    ['&&', [MYSTERY, yes]],
    ['||', [MYSTERY, no]],
    // Terraform makes truth of such text; a wrong "false" would hide what stands in the other branch.
    ['&&', [literal('true'), yes]],
    ['||', [literal('true'), no]],
    ['!', [MYSTERY]],
    ['<', [literal('1'), literal(2)]],
    ['/', [literal(1), literal(0)]],
    ['==', [MYSTERY, MYSTERY]],
  ])('%s %j is unknown', (operator, operands) => {
    expect(valueOf(operation(operator, ...operands))).toBeInstanceOf(Unknown);
  });
});

describe('names', () => {
  test('root variables, and what is in them', () => {
    const variables = { tags: { team: ['web'] } };
    expect(valueOf(ref('var', 'tags', 'team', 0), { variables })).toBe('web');
    expect(valueOf(ref('var', 'other'), { variables })).toBeInstanceOf(Unknown);
  });

  test('locals, which name each other', () => {
    const source = { '|local a': template(ref('local', 'b'), '!'), '|local b': literal('x') };
    expect(valueOf(ref('local', 'a'), { source })).toBe('x!');
  });

  test('locals in a circle are unknown', () => {
    const source = { '|local a': ref('local', 'b'), '|local b': ref('local', 'a') };
    expect(valueOf(ref('local', 'a'), { source })).toBeInstanceOf(Unknown);
  });

  test('locals that double at every step are given up', () => {
    const source = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `|local x${index}`,
        template(ref('local', `x${index + 1}`, 'a'), ref('local', `x${index + 1}`, 'b')),
      ]),
    );
    expect(valueOf(ref('local', 'x0'), { source })).not.toBeUndefined();
  });

  test('each.key and count.index', () => {
    expect(valueOf(ref('each', 'key'), { scope: { key: 'a.b' } })).toBe('a.b');
    expect(valueOf(ref('count', 'index'), { scope: { key: 0 } })).toBe(0);
  });

  const owner = { kind: 'resource', type: 'aws_iam_policy', name: 'p' } as const;

  test.each<[string, Expression, Expression, Value]>([
    ['of an object', object({ a: object({ action: literal('s3:*') }) }), ref('each', 'value', 'action'), 's3:*'],
    ['of a set', call('toset', strings('a')), ref('each', 'value'), 'a'],
  ])('each.value %s', (_, forEach, expression, value) => {
    expect(
      valueOf(expression, { source: { '|resource aws_iam_policy.p for_each': forEach }, scope: { key: 'a', owner } }),
    ).toBe(value);
  });

  test('each.value without its collection is unknown', () => {
    expect(valueOf(ref('each', 'value'), { scope: { key: 'a', owner } })).toBeInstanceOf(Unknown);
    expect(
      valueOf(ref('each', 'value'), {
        source: { '|resource aws_iam_policy.p for_each': object({}) },
        scope: { key: 'toString', owner },
      }),
    ).toBeInstanceOf(Unknown);
  });

  test('an instance by its key', () => {
    expect(valueOf(ref('aws_subnet', 'k', ref('each', 'key'), 'id'), { scope: { key: 'b.c' } })).toEqual(
      unknown('aws_subnet.k["b.c"] id'),
    );
  });
});

describe('modules', () => {
  const root: ModuleConfiguration = {
    module_calls: {
      app: {
        expressions: {
          constant: { constant_value: 'c' },
          arn: { references: ['aws_s3_bucket.b.arn', 'aws_s3_bucket.b'] },
        },
        module: {
          variables: {
            name: {},
            constant: {},
            arn: {},
            fallback: { default: ['d'] },
            password: { sensitive: true, default: 'hunter2' },
          },
          outputs: { id: {}, secret: { sensitive: true } },
        },
      },
    },
  };
  const inside = { root, scope: { modules: [{ name: 'app', key: undefined }] } };

  test('a variable is the argument of the call, in the words of the caller', () => {
    const source = { '|argument app.name': template(ref('var', 'stage'), '-app') };
    expect(valueOf(ref('var', 'name'), { ...inside, source, variables: { stage: 'prod' } })).toBe('prod-app');
  });

  test.each([
    ['constant', 'c'],
    ['fallback', ['d']],
  ])('without source %s is known from the plan', (name, value) => {
    expect(valueOf(ref('var', name), inside)).toEqual(value);
  });

  test('without source a reference is followed', () => {
    expect(valueOf(ref('var', 'arn'), inside)).toEqual(unknown('aws_s3_bucket.b arn'));
  });

  test('an output is evaluated where it stands', () => {
    const source = {
      'app|output id': ref('local', 'id'),
      'app|local id': literal('inner'),
      '|local id': literal('outer'),
    };
    expect(valueOf(ref('module', 'app', 'id'), { root, source })).toBe('inner');
    expect(valueOf(ref('module', 'app', literal('k'), 'id'), { root, source })).toBe('inner');
  });

  test.each<[string, Expression, Setting]>([
    [
      'a sensitive variable of a module',
      ref('var', 'password'),
      { ...inside, source: { '|argument app.password': literal('hunter2') } },
    ],
    ['its default', ref('var', 'password'), inside],
    [
      'a sensitive output',
      ref('module', 'app', 'secret'),
      { root, source: { 'app|output secret': literal('hunter2') } },
    ],
    [
      'a sensitive variable of the root',
      ref('var', 'password'),
      { root: { variables: { password: { sensitive: true } } }, variables: { password: 'hunter2' } },
    ],
    ['what is made sensitive', call('sensitive', literal('hunter2')), {}],
  ])('%s is not looked at', (_, expression, setting) => {
    expect(JSON.stringify(valueOf(template('password=', expression), setting))).not.toContain('hunter2');
    expect(valueOf(expression, setting)).toBeInstanceOf(Unknown);
  });
});
