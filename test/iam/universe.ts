import * as fc from 'fast-check';
import type { Call, Caller, Policy, PolicyStatement } from './oracle.ts';

/** A universe so small that random requests hit what random policies speak about. */

const ACTIONS = ['s3:GetObject', 's3:GetTag', 's3:PutA', 's3:PutAB', 'ec2:Run', 'iam:Any'];
const ACTION_PATTERNS = ['*', 's3:*', 's3:Get*', 's3:GetObject', 'S3:PUT?', 'ec2:*', 's?:*a*', 'ec2:run'];

const WORDS = ['', 'a', 'b', 'c', 'aa', 'ab', 'ba', 'bb', 'aba', 'abb', 'bab', 'ca'];
const RESOURCES = [
  '*',
  'arn:aws:s3:::a',
  ...WORDS.slice(1),
  ...WORDS.map((word) => `arn:aws:s3:::b/${word}`),
  ...WORDS.map((word) => `arn:aws:s3:::b/${word}/x`),
  'arn:aws:sqs:a:1:q',
  'arn:aws:sqs:a:1:q:q',
  'arn:aws:sqs:b:2:r',
];

/** Patterns of up to three places over two letters. */
const glob = fc
  .array(fc.constantFrom('a', 'b', '*', '?'), { minLength: 1, maxLength: 3 })
  .map((places) => places.join(''));

const VARIABLES = ['${aws:u}', '${AWS:U}', "${aws:u, 'a'}", '${aws:v}'];
const SPECIALS = ['${*}', '${?}', '${$}'];

const variable = fc.constantFrom(...VARIABLES, ...VARIABLES, ...VARIABLES, ...SPECIALS);

const place = (hasVariables: boolean): fc.Arbitrary<string> =>
  fc.oneof({ weight: 3, arbitrary: glob }, { weight: hasVariables ? 2 : 0, arbitrary: variable });

const resourcePattern = (hasVariables: boolean): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant('*') },
    { weight: 3, arbitrary: glob },
    { weight: 4, arbitrary: place(hasVariables).map((item) => `arn:aws:s3:::b/${item}`) },
    { weight: 3, arbitrary: place(hasVariables).map((item) => `arn:aws:s3:::b/${item}/*`) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        'arn:aws:s3:::*',
        'arn:*',
        'arn:aws:sqs:*',
        'arn:aws:sqs:*:q',
        'arn:aws:sqs:?:*:?',
        'arn:*:a:*',
      ),
    },
  );

/** Keys of one family each, with what policies may list and requests may carry. */
interface Key {
  readonly name: string;
  readonly operators: readonly string[];
  readonly listed: readonly string[];
  readonly given: readonly (readonly string[] | undefined)[];
}

const single = (...values: readonly string[]): readonly (readonly string[] | undefined)[] =>
  values.map((value) => [value]);

const TEXT = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
];
const withIfExists = (operators: readonly string[]): readonly string[] =>
  operators.flatMap((operator) => [operator, operator, `${operator}IfExists`]);
const relations = (family: string): readonly string[] =>
  ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (relation) => `${family}${relation}`,
  );

const LETTERS = single('a', 'A', 'b', 'ab', 'aB', 'ba', '~', 'x', '');

const TEXT_KEYS: readonly Key[] = ['aws:k', 'aws:l'].map((name) => ({
  name,
  operators: withIfExists(TEXT),
  listed: ['a', 'A', 'b', 'ab', 'a*', '*a', '?', '~', '*', '?*'],
  given: [undefined, ...LETTERS],
}));

const SETS: readonly (readonly string[] | undefined)[] = [
  undefined,
  [],
  ...LETTERS,
  ['a', 'b'],
  ['a', 'A'],
  ['a', 'x'],
  ['b', 'x'],
  ['ab', 'a', 'x'],
  ['a', 'b', 'x'],
];

const QUANTIFIED = TEXT.flatMap((operator) => [
  `ForAllValues:${operator}`,
  `ForAnyValue:${operator}`,
  `ForAnyValue:${operator}`,
]);

const SET_KEY: Key = {
  name: 'aws:TagKeys',
  operators: [
    ...QUANTIFIED,
    ...QUANTIFIED,
    'ForAllValues:StringLikeIfExists',
    'ForAnyValue:StringEqualsIfExists',
    'StringEquals',
    'StringNotLike',
  ],
  listed: ['a', 'A', 'b', 'ab', 'a*', '?', '*'],
  given: SETS,
};

const OTHER_KEYS: readonly Key[] = [
  {
    name: 'aws:n',
    operators: withIfExists(relations('Numeric')),
    listed: ['0', '1', '1.5', '2', '10', 'none'],
    given: [undefined, ...single('0', '0.5', '1', '1.2', '1.5', '2', '3', '10', '11')],
  },
  {
    name: 'aws:CurrentTime',
    operators: relations('Date'),
    listed: ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '1767225600', '2030-06-01T12:00:00Z'],
    given: single(
      '2025-12-31T00:00:00Z',
      '2026-01-01T00:00:00Z',
      '1767225600',
      '2026-01-01T12:00:00Z',
      '2026-01-02T00:00:00Z',
      '2028-01-01T00:00:00Z',
      '2031-01-01T00:00:00Z',
    ),
  },
  {
    name: 'aws:b',
    operators: withIfExists(['Bool']),
    listed: ['true', 'false', 'True', 'FALSE'],
    given: [undefined, ...single('true', 'false', 'False')],
  },
  {
    name: 'aws:ip',
    operators: withIfExists(['IpAddress', 'NotIpAddress']),
    listed: ['10.0.0.0/8', '10.0.0.0/31', '10.0.0.1', '0.0.0.0/0', '::/0', '2001:db8::/32', '2001:db8::1'],
    given: [
      undefined,
      ...single('10.0.0.0', '10.0.0.1', '10.9.0.1', '11.0.0.0', '203.0.113.7', '2001:db8::1', '2001:db8::2', '3000::1'),
    ],
  },
  {
    name: 'aws:bin',
    operators: withIfExists(['BinaryEquals']),
    listed: ['AAAA', 'QQ==', 'Qg=='],
    given: [undefined, ...single('AAAA', 'QQ==', 'Qg==', 'Qw==')],
  },
  {
    name: 'aws:arn',
    operators: withIfExists(['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'StringLike']),
    listed: [
      'arn:aws:iam::1:role/a',
      'arn:aws:iam::1:role/*',
      'arn:aws:iam::*:role/a',
      'arn:*:a',
      '*',
      'arn:aws:iam:?:1:*',
      'a',
    ],
    given: [
      undefined,
      ...single(
        'arn:aws:iam::1:role/a',
        'arn:aws:iam::1:role/b',
        'arn:aws:iam::2:role/a',
        'arn:aws:iam:x:1:role:a',
        'arn:aws:x:y:z:a',
        'a',
        'b',
      ),
    ],
  },
];

/** A key that is compared as text, as an address and as a number. */
const MIXED_KEY: Key = {
  name: 'aws:mix',
  operators: [
    'StringEquals',
    'StringLike',
    'StringNotLike',
    'IpAddress',
    'NotIpAddress',
    'NumericLessThan',
    'NumericNotEquals',
  ],
  listed: ['10.0.0.1', '10.0.0.0/31', '10.0.*', '5', '1*', '*'],
  given: [undefined, ...single('10.0.0.0', '10.0.0.1', '10.0.9.9', '11.0.0.1', '5', '1', '15', 'x')],
};

/** A key of a service that has several values. */
const SERVICE_KEY: Key = { ...SET_KEY, name: 's3:Set', operators: QUANTIFIED };

const KEYS = [...TEXT_KEYS, SET_KEY, SERVICE_KEY, MIXED_KEY, ...OTHER_KEYS];

/** What requests carry for the keys that policy variables read. */
const VARIABLE_KEYS: readonly Key[] = [
  {
    name: 'aws:u',
    operators: ['StringEquals', 'StringLike', 'StringNotEquals'],
    listed: ['a', 'b', 'ab', 'a*'],
    given: [undefined, ...single('a', 'b', 'ab', 'A', 'c', '*'), ['a', 'b']],
  },
  {
    name: 'aws:v',
    operators: ['StringEquals', 'StringLike'],
    listed: ['a', 'b'],
    given: [undefined, ...single('a', 'b', 'x', '?')],
  },
];

interface Options {
  readonly hasVariables: boolean;
  readonly hasPrincipals: boolean;
  readonly effects?: readonly ('Allow' | 'Deny')[];
}

type Condition = NonNullable<PolicyStatement['Condition']>;

const conditionOn = ({ name, operators, listed }: Key, hasVariables: boolean): fc.Arbitrary<Condition> =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...operators),
          fc.array(
            fc.oneof(
              { weight: 4, arbitrary: fc.constantFrom(...listed) },
              { weight: hasVariables && /^String|:String/.test(operators[0] ?? '') ? 1 : 0, arbitrary: variable },
              {
                weight: hasVariables && /^String|:String/.test(operators[0] ?? '') ? 1 : 0,
                arbitrary: variable.map((text) => `${text}*`),
              },
            ),
            { minLength: 1, maxLength: 3 },
          ),
        )
        .map(([operator, values]): Condition => ({ [operator]: { [name]: values } })),
    },
    { weight: 1, arbitrary: fc.constantFrom('true', 'false').map((value): Condition => ({ Null: { [name]: value } })) },
  );

const condition = (hasVariables: boolean): fc.Arbitrary<Condition> =>
  fc
    .oneof(
      { weight: 6, arbitrary: fc.constantFrom(...TEXT_KEYS) },
      { weight: 3, arbitrary: fc.constantFrom(SET_KEY, SET_KEY, SERVICE_KEY) },
      { weight: 1, arbitrary: fc.constant(MIXED_KEY) },
      { weight: 5, arbitrary: fc.constantFrom(...OTHER_KEYS) },
      { weight: hasVariables ? 2 : 0, arbitrary: fc.constantFrom(...VARIABLE_KEYS) },
    )
    .chain((key) => conditionOn(key, hasVariables));

/** Both hold: operators that occur on both sides are kept once, with the keys of both. */
const both = (a: Condition, b: Condition): Condition =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((operator) => [
      operator,
      { ...a[operator], ...b[operator] },
    ]),
  );

const conditions = (hasVariables: boolean): fc.Arbitrary<Condition | undefined> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: condition(hasVariables) },
    { weight: 1, arbitrary: fc.tuple(condition(hasVariables), condition(hasVariables)).map(([a, b]) => both(a, b)) },
  );

const ACCOUNTS = ['111111111111', '222222222222', '999999999999'];
const NAMES = {
  AWS: [
    '*',
    ...ACCOUNTS,
    'arn:aws:iam::111111111111:root',
    'arn:aws:iam::111111111111:role/a',
    'arn:aws:iam::111111111111:role/path/b',
    'arn:aws:iam::111111111111:role/example',
    'arn:aws:iam::111111111111:user/a',
    'arn:aws:sts::111111111111:assumed-role/a/s',
    'arn:aws:sts::111111111111:assumed-role/a/example',
    'arn:aws:iam::222222222222:role/a',
  ],
  Service: ['*', 'ec2.amazonaws.com', 'example.amazonaws.com'],
  Federated: ['*', 'accounts.google.com', 'arn:aws:iam::999999999999:oidc-provider/example.com'],
  CanonicalUser: ['example', 'other'],
};
const CALLERS: readonly Caller[] = [
  { kind: 'anonymous' },
  ...NAMES.AWS.filter((name) => name.startsWith('arn:')).map((arn): Caller => ({ kind: 'aws', arn })),
  ...[
    'arn:aws:iam::111111111111:role/z',
    'arn:aws:sts::111111111111:assumed-role/z/s',
    'arn:aws:sts::111111111111:assumed-role/a/t',
    'arn:aws:sts::111111111111:assumed-role/b/s',
    'arn:aws:iam::222222222222:user/z',
    'arn:aws:iam::333333333333:role/z',
    'arn:aws:iam::999999999999:role/z',
  ].map((arn): Caller => ({ kind: 'aws', arn })),
  ...['ec2.amazonaws.com', 'example.amazonaws.com', 's3.amazonaws.com'].map((name): Caller => ({
    kind: 'service',
    name,
  })),
  ...['accounts.google.com', 'arn:aws:iam::999999999999:oidc-provider/example.com', 'www.amazon.com'].map(
    (provider): Caller => ({ kind: 'federated', provider }),
  ),
  ...['example', 'other', 'z'].map((id): Caller => ({ kind: 'canonical', id })),
];

type Principal = NonNullable<PolicyStatement['Principal']>;

const principal: fc.Arbitrary<Principal> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Principal>('*') },
  {
    weight: 4,
    arbitrary: fc
      .array(fc.constantFrom(...NAMES.AWS), { minLength: 1, maxLength: 3 })
      .map((AWS): Principal => ({ AWS })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('Service', 'Federated', 'CanonicalUser')
      .chain((type) =>
        fc.subarray(NAMES[type as 'Service'], { minLength: 1 }).map((names): Principal => ({ [type]: names })),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.subarray(NAMES.AWS.slice(1), { minLength: 1, maxLength: 3 }), fc.subarray(NAMES.Service))
      .map(([AWS, Service]): Principal => ({ AWS, Service })),
  },
);

export function statements({
  hasVariables,
  hasPrincipals,
  effects = ['Allow', 'Allow', 'Deny'],
}: Options): fc.Arbitrary<PolicyStatement> {
  return fc
    .record({
      Effect: fc.constantFrom(...effects),
      action: fc.constantFrom('Action', 'Action', 'Action', 'NotAction'),
      actions: fc.array(fc.constantFrom(...ACTION_PATTERNS), { minLength: 1, maxLength: 2 }),
      resource: fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
      resources: fc.array(resourcePattern(hasVariables), { minLength: 1, maxLength: 2 }),
      who: fc.constantFrom('Principal', 'Principal', 'NotPrincipal'),
      names: principal,
      Condition: conditions(hasVariables),
    })
    .map(({ Effect, action, actions, resource, resources, who, names, Condition }): PolicyStatement => ({
      Effect,
      [action]: actions,
      [resource]: resources,
      ...(hasPrincipals ? { [who]: names } : {}),
      ...(Condition ? { Condition } : {}),
    }));
}

const VERSIONS = ['2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17', undefined];

export const policies = (options: Options, maxLength = 3): fc.Arbitrary<Policy> =>
  fc
    .tuple(
      options.hasVariables ? fc.constantFrom(...VERSIONS) : fc.constant('2012-10-17'),
      fc.array(statements(options), { maxLength }),
    )
    .map(([Version, Statement]) => ({ ...(Version === undefined ? {} : { Version }), Statement }));

/** A changed policy: most of its statements stand in the other one, too. */
export const relatives = (policy: Policy, options: Options): fc.Arbitrary<Policy> =>
  fc
    .tuple(
      fc.subarray([...policy.Statement]),
      fc.array(statements(options), { maxLength: 2 }),
      fc.constantFrom(policy.Version, policy.Version, policy.Version, '2012-10-17'),
    )
    .map(([kept, added, Version]) => ({
      ...(Version === undefined ? {} : { Version }),
      Statement: [...kept, ...added],
    }));

const ELEMENTS = [
  ['Effect'],
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
  ['Principal', 'NotPrincipal'],
  ['Condition'],
] as const;

/** The same policy with one element of one statement changed. */
export function mutations(policy: Policy, options: Options): fc.Arbitrary<Policy> {
  if (policy.Statement.length === 0) return relatives(policy, options);
  return fc
    .tuple(fc.nat({ max: policy.Statement.length - 1 }), statements(options), fc.constantFrom(...ELEMENTS))
    .map(([at, other, names]) => {
      const kept = Object.entries(policy.Statement[at] ?? {}).filter(([name]) => names.every((each) => each !== name));
      const taken = Object.entries(other).filter(([name]) => names.some((each) => each === name));
      const mutated = Object.fromEntries([...kept, ...taken]) as unknown as PolicyStatement;
      return { ...policy, Statement: policy.Statement.with(at, mutated) };
    });
}

/** Two policies: mostly one and what an edit makes of it, in either order. */
export const pairs = (options: Options): fc.Arbitrary<readonly [before: Policy, after: Policy]> =>
  policies(options).chain((policy) =>
    fc
      .tuple(
        fc.oneof(
          { weight: 1, arbitrary: policies(options) },
          { weight: 1, arbitrary: relatives(policy, options) },
          { weight: 2, arbitrary: mutations(policy, options) },
        ),
        fc.boolean(),
      )
      .map(([other, swap]) => (swap ? ([other, policy] as const) : ([policy, other] as const))),
  );

/** Keys that policies mention, in lower case. */
function mentioned(text: string): readonly Key[] {
  return [...KEYS, ...VARIABLE_KEYS].filter(({ name }) => text.toLowerCase().includes(name.toLowerCase()));
}

/**
 * What a request may carry for a key. Whether Null takes an empty text for a value is known only beside ForAllValues, so no
 * request has one where Null is asked.
 */
const givenFor = ({ given }: Key, text: string): Key['given'] =>
  text.includes('"Null"') ? given.filter((values) => values?.length !== 1 || values[0] !== '') : given;

/** Requests of the universe, with values for the keys that the policies mention. */
export function calls(involved: readonly Policy[]): fc.Arbitrary<Call> {
  const text = JSON.stringify(involved);
  const keys = mentioned(text);
  const hasPrincipals = text.includes('Principal":');
  return fc
    .tuple(
      fc.constantFrom(...ACTIONS),
      fc.constantFrom(...RESOURCES),
      hasPrincipals ? fc.constantFrom(...CALLERS) : fc.constant(null),
      fc.tuple(...keys.map((key) => fc.constantFrom(...givenFor(key, text)))),
    )
    .map(([action, resource, caller, values]) => ({
      action,
      resource,
      caller,
      context: Object.fromEntries(
        keys.flatMap(({ name }, index) => {
          const value = values[index];
          return value === undefined ? [] : [[name.toLowerCase(), value]];
        }),
      ),
    }));
}
