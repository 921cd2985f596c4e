import { parseDocument } from '../aws/policy-document/parse.ts';
import type { Json } from '../plan/value.ts';
import { documentTest } from './evaluate/document.ts';
import type { DocumentTest } from './evaluate/document.ts';
import { evaluate, evaluateAlone } from './evaluate/evaluate.ts';
import { requesterOf } from './evaluate/request.ts';
import type { PolicyKind, PolicySet, PolicySimulator, SimulatedRequest, SimulatorAnswer } from './simulator.ts';

/** The policy simulator that is always there: no credentials, no network. It reads the same texts that AWS's would. */
export const embeddedSimulator: PolicySimulator = {
  name: 'embedded',
  simulate: ({ kind, request, before, after }) =>
    Promise.resolve({ before: answer(kind, request, before), after: answer(kind, request, after) }),
};

function answer(kind: PolicyKind, request: SimulatedRequest, { policies, boundary }: PolicySet): SimulatorAnswer {
  const tests = policies.map(testOf);
  const limit = boundary === null ? undefined : testOf(boundary);
  if (tests.includes(undefined) || (boundary !== null && limit === undefined))
    return { kind: 'unanswered', reason: 'a policy is not valid' };
  const known = tests.filter((test) => test !== undefined);
  const { decision, decidedBy, missingContext } =
    kind === 'identity'
      ? evaluate({ identity: known, boundary: limit && [limit] }, { ...request, requester: { kind: 'holder' } })
      : evaluateAlone(known, { ...request, requester: requesterOf(request.principal, request.action) });
  return {
    kind: 'decided',
    decision,
    decidedBy: decidedBy.map(({ policy, statement }) => ({ policy, statement: statement.index })),
    missingContext,
  };
}

function testOf(text: string): DocumentTest | undefined {
  const parsed = parseDocument(JSON.parse(text) as Json);
  return parsed.kind === 'document' ? documentTest(parsed) : undefined;
}
