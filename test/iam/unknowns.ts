import * as fc from 'fast-check';
import type { Document } from '../../src/aws/policy-document/statement.ts';
import { Unknown } from '../../src/plan/value.ts';
import type { Value } from '../../src/plan/value.ts';
import type { Call, Policy, PolicyStatement } from './oracle.ts';
import { documentOf } from './policies.ts';
import { statements } from './universe.ts';

/** Two sides of which not everything is known, and what they may turn out to be. */
export interface Tokened {
  readonly before: Policy;
  readonly after: Policy;
  /** Both sides with everything known, one way after the other. */
  readonly worlds: readonly (readonly [before: Policy, after: Policy])[];
  /** A request with the values of a world. */
  put(call: Call, world: number): Call;
}

const TOKENS = ['⟨ref:aws_x.one.id⟩', '⟨ref:aws_x.two.id⟩'] as const;
const VALUES = ['a', 'b', 'ab', 'c', 'bab'];

/** Puts tokens in the place of some letters; every world gives each of them one text. */
export const tokened = (pairs: fc.Arbitrary<readonly [Policy, Policy]>): fc.Arbitrary<Tokened> =>
  fc
    .tuple(
      pairs,
      fc.constantFrom(...TOKENS),
      fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
      fc.array(fc.tuple(fc.constantFrom(...VALUES), fc.constantFrom(...VALUES)), { minLength: 4, maxLength: 4 }),
    )
    .map(([sides, token, choices, values]) => {
      let count = 0;
      const isChosen = (): boolean => choices[count++ % choices.length] ?? false;
      const [before, after] = sides.map((side) => withTokens(side, token, isChosen)) as [Policy, Policy];
      const fill = <T>(value: T, [one, two]: readonly [string, string]): T =>
        JSON.parse(JSON.stringify(value).replaceAll(TOKENS[0], one).replaceAll(TOKENS[1], two)) as T;
      return {
        before,
        after,
        worlds: values.map((world) => [fill(before, world), fill(after, world)] as const),
        put: (call, world) => fill(call, values[world] ?? ['a', 'b']),
      };
    });

/** Some letters of resources and of condition values become a token. */
function withTokens(policy: Policy, token: string, isChosen: () => boolean): Policy {
  const put = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.replace(/(?<=^|\/|\*|\?)[ab](?=$|\/|\*|\?)/g, (letter) =>
        isChosen() ? (letter === 'a' ? token : TOKENS[1]) : letter,
      );
    if (Array.isArray(value)) return value.map(put);
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, put(item)]))
      : value;
  };
  return {
    ...policy,
    Statement: policy.Statement.map(
      (statement) =>
        Object.fromEntries(
          Object.entries(statement).map(([name, value]) => [
            name,
            /Resource|Condition/.test(name) ? put(value) : value,
          ]),
        ) as unknown as PolicyStatement,
    ),
  };
}

export interface Hidden {
  readonly before: Document;
  readonly after: Document;
  readonly worlds: readonly (readonly [before: Policy, after: Policy])[];
}

/** Hides a part of some statements; every world has something else in its place. */
export const hidden = (pairs: fc.Arbitrary<readonly [Policy, Policy]>): fc.Arbitrary<Hidden> =>
  pairs.chain(([before, after]) =>
    fc.tuple(hide(before), hide(after)).map(([then, now]) => ({
      before: documentOf(then.value),
      after: documentOf(now.value),
      worlds: [0, 1, 2].flatMap((a) =>
        [0, 1, 2].map((b) => [then.worlds[a] ?? before, now.worlds[b] ?? after] as const),
      ),
    })),
  );

interface Partly {
  readonly value: Value;
  readonly worlds: readonly Policy[];
}

const PARTS = [
  'Effect',
  'Action',
  'Resource',
  'Condition',
  'one action',
  'one resource',
  'one value',
  'statement',
] as const;

function hide(policy: Policy): fc.Arbitrary<Partly> {
  if (policy.Statement.length === 0)
    return fc.constant({ value: JSON.parse(JSON.stringify(policy)), worlds: [policy] });
  return fc
    .tuple(
      fc.nat({ max: policy.Statement.length - 1 }),
      fc.constantFrom(...PARTS),
      statements({ hasVariables: false, hasPrincipals: false }),
      statements({ hasVariables: false, hasPrincipals: false }),
    )
    .map(([at, part, ...others]) => {
      const statement = policy.Statement[at];
      if (!statement) throw new Error('no statement');
      const json = JSON.parse(JSON.stringify(policy)) as { Statement: Value[] };
      const replaced = (item: Value): Value => ({ ...json, Statement: json.Statement.with(at, item) });
      return {
        value: replaced(without(statement, part)),
        worlds: [
          part === 'one value' ? { ...statement, Condition: { StringEquals: { 'aws:k': ['a'] } } } : statement,
          ...others.map((other) => filled(statement, other, part)),
        ].map((each) => ({
          ...policy,
          Statement: policy.Statement.with(at, each),
        })),
      };
    });
}

type Part = (typeof PARTS)[number];

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** The statement with an unknown value in the place of a part. */
function without(statement: PolicyStatement, part: Part): Value {
  const tree = JSON.parse(JSON.stringify(statement)) as { [name: string]: Value };
  const unknown = new Unknown('a part is hidden');
  const action = statement.Action === undefined ? 'NotAction' : 'Action';
  const resource = statement.Resource === undefined ? 'NotResource' : 'Resource';
  switch (part) {
    case 'statement':
      return unknown;
    case 'Effect':
    case 'Condition':
      return { ...tree, [part]: unknown };
    case 'Action':
      return { ...tree, [action]: unknown };
    case 'Resource':
      return { ...tree, [resource]: unknown };
    case 'one action':
      return { ...tree, [action]: [...listOf(statement[action]), unknown] };
    case 'one resource':
      return { ...tree, [resource]: [...listOf(statement[resource]), unknown] };
    case 'one value':
    default:
      return { ...tree, Condition: { StringEquals: { 'aws:k': ['a', unknown] } } };
  }
}

/** What the statement may turn out to be: the part is that of another statement. */
function filled(statement: PolicyStatement, other: PolicyStatement, part: Part): PolicyStatement {
  const action = statement.Action === undefined ? 'NotAction' : 'Action';
  const resource = statement.Resource === undefined ? 'NotResource' : 'Resource';
  const [actions, resources] = [listOf(other.Action ?? other.NotAction), listOf(other.Resource ?? other.NotResource)];
  switch (part) {
    case 'statement':
      return other;
    case 'Effect':
      return { ...statement, Effect: other.Effect };
    case 'Condition': {
      const { Condition: _, ...rest } = statement;
      return other.Condition ? { ...rest, Condition: other.Condition } : rest;
    }
    case 'Action':
      return { ...statement, [action]: actions };
    case 'Resource':
      return { ...statement, [resource]: resources };
    case 'one action':
      return { ...statement, [action]: [...listOf(statement[action]), ...actions] };
    case 'one resource':
      return { ...statement, [resource]: [...listOf(statement[resource]), ...resources] };
    case 'one value':
    default:
      return { ...statement, Condition: { StringEquals: { 'aws:k': ['a', resources.length > 1 ? 'b' : 'x'] } } };
  }
}
