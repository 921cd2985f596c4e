import { describe, expect, test } from 'vitest';

import { Unknown, isUnknown } from '../../src/plan/value.ts';
import { activate, evaluate, HIDDEN } from '../../src/policy/activation.ts';
import { check, compile, language, vocabulary } from '../../src/policy/cel.ts';
import { display } from '../../src/policy/display.ts';
import { schemaOf } from '../../src/policy/prepare.ts';
import type { Fact } from '../../src/subjects/subject.ts';
import { addressSet, door, doorKind } from './facts.ts';

// The contract with the CEL library: every behaviour of it that judging relies on is named here, because error
// identity, lazy maps and the look at first elements are behaviour of cel-js and not its documented interface.
const doors = language(schemaOf(doorKind), 'present', vocabulary({ ports: { admin: [22, 3389], web: [443] } }));
const plain = language({ name: 'aws_thing', attributes: undefined }, 'present', vocabulary({}));
const unknown = new Unknown();

/** What an expression says of a plain resource with these attributes; 'undetermined' when it depends on an unknown. */
function ask(expression: string, attributes: { readonly [key: string]: Fact }): unknown {
  const result = evaluate(compile(plain, expression), activate(plain, { object: attributes }));
  return isUnknown(result) ? 'undetermined' : result;
}

const askDoor = (expression: string, facts: { readonly [key: string]: Fact } = {}): unknown => {
  const result = evaluate(compile(doors, expression), activate(doors, { object: door(facts) }));
  return isUnknown(result) ? 'undetermined' : result;
};

const mistake = (expression: string): string => {
  try {
    check(doors, expression);
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('what is not known before apply', () => {
  test.each<[string, { readonly [key: string]: Fact }, unknown]>([
    ['object.a', { a: unknown }, 'undetermined'],
    ['object.a == "x"', { a: unknown }, 'undetermined'],
    ['object.a == "x" && object.b == "y"', { a: unknown, b: 'n' }, false],
    ['object.b == "y" && object.a == "x"', { a: unknown, b: 'n' }, false],
    ['object.a == "x" || object.b == "y"', { a: unknown, b: 'y' }, true],
    ['object.a == "x" || object.b == "y"', { a: unknown, b: 'n' }, 'undetermined'],
    ['!(object.a == "x")', { a: unknown }, 'undetermined'],
    ['has(object.a)', { a: unknown }, 'undetermined'],
    ['object.a == []', { a: unknown }, 'undetermined'],
    ['"x" in object.a', { a: unknown }, 'undetermined'],
    ['object.a.exists(i, i == "x")', { a: unknown }, 'undetermined'],
    ['object.a.exists(i, i == "x")', { a: ['x', unknown] }, true],
    ['object.a.exists(i, i == "x")', { a: [unknown, 'x'] }, true],
    ['object.a.exists(i, i == "x")', { a: [unknown, 'y'] }, 'undetermined'],
    ['object.a.all(i, i == "x")', { a: [unknown, 'y'] }, false],
    ['object.a.all(i, i == "x")', { a: [unknown, 'x'] }, 'undetermined'],
    ['"x" in object.a', { a: [unknown, 'x'] }, true],
    ['"x" in object.a', { a: ['y', unknown] }, 'undetermined'],
    ['size(object.a)', { a: ['y', unknown] }, 2n],
    ['object.a == ["x"]', { a: [unknown] }, 'undetermined'],
    ['object.a == []', { a: [unknown] }, 'undetermined'],
    ['object.a.exists(i, i.b == "x")', { a: [{ b: unknown }, { b: 'x' }] }, true],
    ['object.a.exists(i, i.b == "x")', { a: [{ b: unknown }, { b: 'y' }] }, 'undetermined'],
    ['object.a[1]', { a: [unknown, 'y'] }, 'y'],
    ['object.a[0]', { a: [unknown, 'y'] }, 'undetermined'],
    ['object.a.b == 1', { a: { b: unknown, c: 1 } }, 'undetermined'],
    ['object.a.c == 1', { a: { b: unknown, c: 1 } }, true],
    ['object.a.filter(i, i == "x").size() > 0', { a: ['x', unknown] }, 'undetermined'],
  ])('%s with %o is %s', (expression, attributes, expected) => {
    expect(ask(expression, attributes)).toBe(expected);
  });

  test('names the attribute and the reason', () => {
    const result = evaluate(
      compile(plain, 'object.a.b == 1'),
      activate(plain, { object: { a: { b: new Unknown('AWS chooses it') } } }),
    );
    expect(isUnknown(result) && result.because).toBe('`a.b`: AWS chooses it');
  });

  test('a method of a typed fact may not know', () => {
    expect(askDoor('object.source.isWorld()', { world: unknown })).toBe('undetermined');
    expect(askDoor('object.direction == "egress" && object.source.isWorld()', { world: unknown })).toBe(false);
    expect(askDoor('object.source.isWorld() && object.direction == "egress"', { world: unknown })).toBe(false);
  });
});

describe('null is absent', () => {
  test.each<[string, unknown]>([
    ['has(object.a)', false],
    ['has(object.missing)', false],
    ['!has(object.a) && has(object.list)', true],
    ['object.a == "x"', false],
    ['object.a != true', true],
    ['object.a == null', true],
    ['object.a.exists(i, i == "x")', false],
    ['object.a.all(i, i == "x")', true],
    ['"x" in object.a', false],
    ['size(object.a)', 0n],
    ['object.list.exists(i, i.inner.exists(j, j == 3))', true],
    ['object.a < 3', 'undetermined'],
    ['!object.a', 'undetermined'],
    ['object.list[7].inner == "x"', 'undetermined'],
  ])('%s is %s', (expression, expected) => {
    expect(ask(expression, { a: null, list: [{ inner: null }, { inner: [3] }] })).toBe(expected);
  });
});

describe('values', () => {
  test.each<[string, { readonly [key: string]: Fact }, unknown]>([
    ['object.n == 22', { n: 22 }, true],
    ['object.n <= 22 && 22 <= object.n', { n: 22 }, true],
    ['object.n + 1', { n: 22 }, 23n],
    ['object.n < 1.5', { n: 1 }, true],
    ['object.n == 0.5', { n: 0.5 }, true],
    ['3 in object.l', { l: [1, 3] }, true],
    ['object.m["k"] == "v"', { m: { k: 'v' } }, true],
    ['"k" in object.m', { m: { k: 'v' } }, true],
    ['object.m.exists(k, object.m[k] == "v")', { m: { k: 'v' } }, true],
    ['object.m == {"k": "v"}', { m: { k: 'v' } }, true],
    ['size(object.m)', { m: { k: 'v', l: null } }, 2n],
    ['object.s.startsWith("ab")', { s: 'abc' }, true],
  ])('%s with %o is %s', (expression, attributes, expected) => {
    expect(ask(expression, attributes)).toBe(expected);
  });

  test.each(['constructor', '__proto__', 'hasOwnProperty', 'toString'])(
    'object.m.%s is no door into JavaScript',
    (key) => {
      expect(ask(`object.m["${key}"]`, { m: { k: 'v' } })).toBe(null);
      expect(ask(`object["${key}"]`, { m: { k: 'v' } })).toBe(null);
    },
  );

  test('plan data that looks like a typed fact is plain data', () => {
    const forged = JSON.parse('{"fact":"PortSet","coversAny":true,"toString":"x"}');
    expect(askDoor('object.names.fact == "PortSet"', { names: forged })).toBe(true);
  });
});

describe('typed facts', () => {
  test('methods take constants and give answers', () => {
    expect(askDoor('object.ports.coversAny(ports.admin)')).toBe(true);
    expect(askDoor('object.ports.coversAny(ports.web)')).toBe(false);
    expect(askDoor('object.ports.coversAny([22])')).toBe(true);
    expect(askDoor('object.ports.count() == 1')).toBe(true);
    expect(askDoor('has(object.source)')).toBe(true);
    expect(askDoor('object.names.exists(n, n.isWorld())', { names: [addressSet(false), addressSet(true)] })).toBe(true);
  });

  test.each([
    ['object.sourc.isWorld()', 'No such key: sourc'],
    ['object.source.isWord()', "found no matching overload for 'AddressSet.isWord()'"],
    ['object.ports.isWorld()', "found no matching overload for 'PortSet.isWorld()'"],
    ['object.source.text == "x"', 'No such key: text'],
    ['object.direction == 1', 'no such overload: string == int'],
    ['object.direction', 'it gives string; expected true or false'],
    ['ports.amin == []', 'No such key: amin'],
    ['objct.direction == "x"', 'Unknown variable: objct'],
    ['oldObject.direction == "x"', 'Unknown variable: oldObject'],
    ['object.direction == "x', 'Unterminated string'],
    ['object.source.isWorld(', 'Unexpected token: EOF'],
    [
      'object.label.matches("^(a+)+$")',
      '`matches` is not allowed; compare with ==, in, startsWith, endsWith or contains',
    ],
  ])('%s fails when it is compiled', (expression, expected) => {
    expect(mistake(expression)).toBe(expected);
  });
});

describe('display', () => {
  const shown = (
    expression: string,
    object: { readonly [key: string]: Fact },
    hides?: (path: readonly (string | number)[]) => boolean,
  ): string => display(evaluate(compile(plain, expression), activate(plain, { object }, hides)));

  test.each<[{ readonly [key: string]: Fact }, string]>([
    [{ a: 'text' }, 'text'],
    [{ a: 30 }, '30'],
    [{ a: true }, 'true'],
    [{ a: null }, '(not set)'],
    [{ a: unknown }, '(known after apply)'],
    [{ a: ['x', unknown] }, 'x, (known after apply)'],
    [{ a: [] }, '(none)'],
    [{ a: { k: 'v', l: unknown } }, '{k: v, l: (known after apply)}'],
  ])('%o reads %s', (object, expected) => {
    expect(shown('object.a', object)).toBe(expected);
  });

  test('a sensitive value is never shown, in whatever expression', () => {
    const hides = (path: readonly (string | number)[]): boolean => path[0] === 'password' || path[1] === 'token';
    const object = { password: 'hunter2', user: 'admin', all: { token: 'abc', name: 'n' }, list: ['p', 'q'] };
    expect(shown('object.password', object, hides)).toBe('(sensitive)');
    expect(shown('object.user + ":" + object.password', object, hides)).toBe('(sensitive)');
    expect(shown('size(object.password)', object, hides)).toBe('(sensitive)');
    expect(shown('[object.user, object.password]', object, hides)).toBe('(sensitive)');
    expect(shown('object.all', object, hides)).toBe('{token: (sensitive), name: n}');
    expect(shown('object.list', object, (path) => path[1] === 1)).toBe('p, (sensitive)');
    expect(shown('object.user', object, hides)).toBe('admin');
  });

  test('it is judged nevertheless', () => {
    const compiled = compile(plain, 'object.password == "hunter2"');
    expect(evaluate(compiled, activate(plain, { object: { password: 'hunter2' } }))).toBe(true);
    expect(
      evaluate(
        compiled,
        activate(plain, { object: { password: 'hunter2' } }, () => true),
      ),
    ).toBe(HIDDEN);
  });
});
