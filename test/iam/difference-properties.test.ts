import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../src/aws/policy-document/statement.ts';
import { gainsOf } from '../../src/iam/difference/difference.ts';
import type { Gains, Region } from '../../src/iam/difference/difference.ts';
import { deniedBy, sideOf } from '../../src/iam/difference/side.ts';
import { boxesOf } from '../../src/iam/difference/space.ts';
import { applies, isAllowed, READINGS } from './oracle.ts';
import type { Call, Policy, PolicyStatement, Reading } from './oracle.ts';
import { parsed, proofOf } from './policies.ts';
import { hidden, tokened } from './unknowns.ts';
import { calls, pairs, policies, statements } from './universe.ts';

const PLAIN = { hasVariables: false, hasPrincipals: false };
const KINDS = [
  ['plain policies', PLAIN],
  ['policies with principals', { ...PLAIN, hasPrincipals: true }],
  ['policies with variables', { ...PLAIN, hasVariables: true }],
] as const;

const gains = (before: Policy, after: Policy): Gains => gainsOf(sideOf(parsed(before)), sideOf(parsed(after)));

/** The request that proves a region, as the oracle is asked about it. */
function callOf({ witness: { action, resource, requester, context, symbols } }: Region): Call {
  return {
    action,
    resource: symbols.decode(resource),
    caller: requester.kind === 'holder' ? null : requester,
    context: Object.fromEntries(
      [...context].map(([key, values]) => [key, values.map((value) => symbols.decode(value))]),
    ),
  };
}

/** How the oracle answers a request on both sides: in every reading, or differently from reading to reading. */
function isGained(before: readonly Policy[], after: readonly Policy[], call: Call): 'always' | 'sometimes' | 'never' {
  const answers = READINGS.map(
    (reading) =>
      isAllowed(
        after.map((policy) => [policy]),
        call,
        reading,
      ) &&
      !isAllowed(
        before.map((policy) => [policy]),
        call,
        reading,
      ),
  );
  return answers.every(Boolean) ? 'always' : answers.some(Boolean) ? 'sometimes' : 'never';
}

const isDenied = (policy: Policy, call: Call, reading: Reading): boolean =>
  policy.Statement.some((statement) => statement.Effect === 'Deny' && applies(statement, policy, call, reading));

const summary = ({ regions, doubts }: Gains) => ({ regions: regions.map(proofOf), doubts: doubts.length });
const NOTHING = { regions: [], doubts: 0 };

/** The statements that gain something. */
const indexes = ({ regions }: Gains): number[] =>
  [...new Set(regions.map(({ statement }) => statement.index))].toSorted((a, b) => a - b);

/** Regions whose request is not denied before or not allowed after. */
const unproven = (
  regions: readonly Region[],
  before: readonly Policy[],
  after: readonly Policy[],
  put = (call: Call): Call => call,
): readonly string[] =>
  regions.filter((region) => isGained(before, after, put(callOf(region))) !== 'always').map(proofOf);

/** Requests that are gained though nothing is told: neither a region nor a doubt. */
const untold = (
  { regions, doubts }: Gains,
  before: readonly Policy[],
  after: readonly Policy[],
  requests: readonly Call[],
): readonly Call[] =>
  regions.length + doubts.length > 0 ? [] : requests.filter((call) => isGained(before, after, call) !== 'never');

const requestsFor = (involved: readonly Policy[], count = 60): fc.Arbitrary<readonly Call[]> =>
  fc.array(calls(involved), { minLength: count, maxLength: count });

describe.each(KINDS)('between %s', (_, options) => {
  const edits = pairs(options);

  it('every region has a request that is denied before and allowed after', () => {
    fc.assert(
      fc.property(edits, ([before, after]) => {
        expect(unproven(gains(before, after).regions, [before], [after])).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  it('no request is gained but by a statement that is told, or with a doubt', () => {
    const cases = edits.chain((sides) => fc.tuple(fc.constant(sides), requestsFor(sides)));
    fc.assert(
      fc.property(cases, ([[before, after], requests]) => {
        const found = gains(before, after);
        const told = new Set(indexes(found));
        const isTold = (call: Call): boolean =>
          READINGS.some((reading) =>
            after.Statement.some((statement, index) => told.has(index) && applies(statement, after, call, reading)),
          );
        const gained = requests.filter((call) => isGained([before], [after], call) !== 'never');
        expect(found.doubts.length > 0 ? [] : gained.filter((call) => !isTold(call))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('a policy gains nothing on itself', () => {
    fc.assert(
      fc.property(policies(options), (policy) => {
        expect(summary(gains(policy, policy))).toEqual(NOTHING);
      }),
      { numRuns: 120 },
    );
  });

  it('writing a policy otherwise gains nothing, either way', () => {
    const rewritten = policies(options).chain((policy) => fc.tuple(fc.constant(policy), rewrites(policy)));
    fc.assert(
      fc.property(rewritten, ([policy, other]) => {
        expect([gains(policy, other), gains(other, policy)].map(summary)).toEqual([NOTHING, NOTHING]);
      }),
      { numRuns: 120 },
    );
  });

  it('one Allow more loses nothing, one Deny more gains nothing', () => {
    const more = fc.tuple(policies(options), statements({ ...options, effects: ['Allow'] }));
    fc.assert(
      fc.property(more, ([policy, allow]) => {
        const wider = { ...policy, Statement: [...policy.Statement, allow] };
        const narrower = { ...policy, Statement: [...policy.Statement, { ...allow, Effect: 'Deny' as const }] };
        expect([gains(wider, policy), gains(policy, narrower)].map(summary)).toEqual([NOTHING, NOTHING]);
      }),
      { numRuns: 120 },
    );
  });

  it('taking out what both sides say changes no answer', () => {
    fc.assert(
      fc.property(edits, ([before, after]) => {
        const cancelled = gains(before, after);
        const whole = gainsOf(sideOf(parsed(before)), sideOf(inOtherWords(parsed(after))));
        // Where words can be read in two ways, one of them may prove what is a doubt for the other.
        const isSure = cancelled.doubts.length + whole.doubts.length === 0;
        expect(isSure ? indexes(cancelled) : []).toEqual(isSure ? indexes(whole) : []);
        const isSilent = cancelled.regions.length + cancelled.doubts.length === 0;
        expect(isSilent ? whole.regions.map(proofOf) : []).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('two policies that gain nothing on each other allow the same', () => {
    const cases = edits.chain((sides) => fc.tuple(fc.constant(sides), requestsFor(sides)));
    fc.assert(
      fc.property(cases, ([[one, other], requests]) => {
        const [forth, back] = [gains(one, other), gains(other, one)];
        const isSilent = (found: Gains): boolean => found.regions.length + found.doubts.length === 0;
        const differ = (call: Call): boolean =>
          READINGS.some((reading) => isAllowed([[one]], call, reading) !== isAllowed([[other]], call, reading));
        expect(isSilent(forth) && isSilent(back) ? requests.filter(differ) : []).toEqual([]);
        const proven = new Set(forth.regions.map(proofOf));
        expect(back.regions.map(proofOf).filter((proof) => proven.has(proof))).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  it('a Deny that is told to be lost denied its request, and no other does', () => {
    const cases = edits.chain((sides) => fc.tuple(fc.constant(sides), requestsFor(sides, 30)));
    fc.assert(
      fc.property(cases, ([[before, after], requests]) => {
        const [old, current] = [deniedBy(sideOf(parsed(before))), deniedBy(sideOf(parsed(after)))];
        const { regions, doubts } = gainsOf(current, old);
        const isLost = (call: Call): readonly boolean[] =>
          READINGS.map((reading) => isDenied(before, call, reading) && !isDenied(after, call, reading));
        expect(regions.map(callOf).filter((call) => isLost(call).includes(false))).toEqual([]);
        const isSilent = regions.length + doubts.length === 0;
        expect(isSilent ? requests.filter((call) => isLost(call).includes(true)) : []).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  it('what a side must allow, it may allow', () => {
    fc.assert(
      fc.property(edits, ([before, after]) => {
        for (const { box, space } of gains(before, after).regions) {
          expect(box).toHaveLength(3 + space.keys.length);
          for (const { surely, possibly } of [...boxesOf(space, 'answers'), ...boxesOf(space, 'open')])
            expect(surely.every((side, axis) => (side & ~(possibly[axis] ?? 0n)) === 0n)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** The same document in words that are nobody else's: a list says a thing twice. */
const inOtherWords = (document: ReturnType<typeof parsed>): ReturnType<typeof parsed> => ({
  ...document,
  statements: document.statements.map((statement): Statement => {
    const { patterns } = statement.resources;
    return {
      ...statement,
      conditions: Array.isArray(statement.conditions)
        ? statement.conditions.map((condition) => ({ ...condition, label: `${condition.label} again` }))
        : statement.conditions,
      resources: { ...statement.resources, patterns: [...patterns, ...patterns] },
    };
  }),
});

/** The same policy split by action or resource, reordered, in another case, with scalars and Sids. */
function rewrites({ Version, Statement }: Policy): fc.Arbitrary<Policy> {
  const listOf = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : value);
  const split = (statement: PolicyStatement): fc.Arbitrary<readonly PolicyStatement[]> =>
    fc.constantFrom('actions', 'resources', 'case', 'scalar', 'twice', 'none').map((how) => {
      const { Action, Resource } = statement;
      if (how === 'actions' && Action !== undefined)
        return listOf(Action).map((each) => ({ ...statement, Action: each, Sid: 'Split' }));
      if (how === 'resources' && Resource !== undefined)
        return listOf(Resource).map((each) => ({ ...statement, Resource: each }));
      if (how === 'case' && Action !== undefined)
        return [
          {
            ...statement,
            Action: listOf(Action)
              .map((each) => each.toUpperCase())
              .toReversed(),
          },
        ];
      if (how === 'scalar' && Resource !== undefined && listOf(Resource).length === 1)
        return [{ ...statement, Resource: listOf(Resource)[0] ?? '*' }];
      return how === 'twice' ? [statement, { ...statement, Sid: 'Again' }] : [statement];
    });
  return fc
    .tuple(...Statement.map(split))
    .chain((parts) => fc.shuffledSubarray(parts.flat(), { minLength: parts.flat().length }))
    .map((shuffled) => ({ ...(Version === undefined ? {} : { Version }), Statement: shuffled }));
}

describe('with a boundary on either side', () => {
  const side = fc.tuple(policies(PLAIN, 2), fc.option(policies(PLAIN, 2), { freq: 2 }));
  const cases = fc
    .tuple(side, side)
    .chain((sides) => fc.tuple(fc.constant(sides), requestsFor(sides.flat().filter((item) => item !== null))));

  it('a region is proven, and silence means that nothing is gained', () => {
    fc.assert(
      fc.property(cases, ([[before, after], requests]) => {
        const sideWith = ([own, boundary]: typeof before) =>
          sideOf(parsed(own), boundary ? parsed(boundary) : undefined);
        const [then, now] = [before.filter((item) => item !== null), after.filter((item) => item !== null)];
        const found = gainsOf(sideWith(before), sideWith(after));
        expect(unproven(found.regions, then, now)).toEqual([]);
        expect(untold(found, then, now, requests)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a region holds whatever comes of it, and silence does too,', () => {
  it('with values that are known after apply', () => {
    const cases = tokened(pairs(PLAIN)).chain((sides) =>
      fc.tuple(fc.constant(sides), requestsFor(sides.worlds[0] ?? [])),
    );
    fc.assert(
      fc.property(cases, ([{ before, after, worlds, put }, requests]) => {
        const found = gains(before, after);
        for (const [index, [then, now]] of worlds.entries()) {
          expect(unproven(found.regions, [then], [now], (call) => put(call, index))).toEqual([]);
          expect(untold(found, [then], [now], requests)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('with parts that nothing is known of', () => {
    const cases = hidden(pairs(PLAIN)).chain((sides) =>
      fc.tuple(fc.constant(sides), requestsFor(sides.worlds[0] ?? [])),
    );
    fc.assert(
      fc.property(cases, ([{ before, after, worlds }, requests]) => {
        const found = gainsOf(sideOf(before), sideOf(after));
        // What stands beside a statement that cannot be read is told with a doubt.
        const isRead = before.unread.length + after.unread.length === 0;
        const allows = after.statements.some(({ effect }) => effect === 'Allow');
        expect(isRead || !allows || found.doubts.length > 0).toBe(true);
        for (const [then, now] of worlds) {
          expect(isRead ? unproven(found.regions, [then], [now]) : []).toEqual([]);
          expect(untold(found, [then], [now], requests)).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
