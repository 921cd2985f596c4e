import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentTest } from '../../src/iam/evaluate/document.ts';
import { evaluateAlone } from '../../src/iam/evaluate/evaluate.ts';
import { applies, isAllowed, READINGS } from './oracle.ts';
import type { Call, Policy } from './oracle.ts';
import { parsed } from './policies.ts';
import { calls, policies } from './universe.ts';

const KINDS = [
  ['plain policies', { hasVariables: false, hasPrincipals: false }],
  ['policies with principals', { hasVariables: false, hasPrincipals: true }],
  ['policies with variables', { hasVariables: true, hasPrincipals: false }],
] as const;

/** False where AWS leaves open what a statement says of a call. */
const isSettled = (policy: Policy, call: Call): boolean =>
  policy.Statement.every(
    (statement) => new Set(READINGS.map((reading) => applies(statement, policy, call, reading))).size === 1,
  );

describe.each(KINDS)('about %s', (_, options) => {
  const cases = policies(options, 4).chain((policy) =>
    fc.tuple(fc.constant(policy), fc.array(calls([policy]), { minLength: 20, maxLength: 20 })),
  );

  it('the evaluator and the textbook say the same', () => {
    fc.assert(
      fc.property(cases, ([policy, requests]) => {
        const document = documentTest(parsed(policy));
        for (const call of requests) {
          const requester = call.caller ?? { kind: 'holder' as const };
          const { decision } = evaluateAlone([document], { ...call, requester });
          const answers = READINGS.map((reading) => isAllowed([[policy]], call, reading));
          // What AWS leaves open counts against the request.
          const expected = isSettled(policy, call) ? [answers.includes(true)] : [false, !answers.includes(false)];
          expect([call, expected]).toEqual([call, expect.arrayContaining([decision === 'allowed'])]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
