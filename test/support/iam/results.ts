import { statementPosition } from './positions.ts';
import type { Asked, Matched, Verdict } from './state.ts';
import type { Xml } from './xml.ts';

/** An action and a resource with what was decided of it. */
export interface Decided {
  readonly asked: Asked;
  readonly verdict: Verdict;
}

const RESTRICTIVE = ['explicitDeny', 'implicitDeny', 'allowed'];

function matched({ source, statement }: Matched, { policies }: Asked): Xml {
  const text = policies[Number(/^PolicyInputList\.(\d+)$/.exec(source)?.[1] ?? 0) - 1];
  const position = text === undefined || statement === undefined ? {} : statementPosition(text, statement);
  // The value that IAM really gives is not in the enumeration of the SDK (iam reference 1.1).
  return { SourcePolicyId: source, SourcePolicyType: 'IAM Policy', ...position };
}

const statements = ({ asked, verdict: { matched: all = [] } }: Decided): Xml[] => all.map((one) => matched(one, asked));

const boundary = ({ boundaryAllows: allows }: Verdict): Xml | undefined =>
  allows === undefined ? undefined : { AllowedByPermissionsBoundary: allows };

const organization = ({ organizationAllows: allows }: Verdict): Xml | undefined =>
  allows === undefined ? undefined : { AllowedByOrganizations: allows };

/** Before July 2026: one result for every action and ARN, and nothing below it. */
const oldResult = (decided: Decided): Xml => {
  const { asked, verdict } = decided;
  return {
    EvalActionName: asked.action,
    EvalResourceName: asked.resource,
    EvalDecision: verdict.decision,
    MatchedStatements: statements(decided),
    MissingContextValues: [...(verdict.missing ?? [])],
    EvalDecisionDetails: asked.resource === '*' ? undefined : '',
    OrganizationsDecisionDetail: organization(verdict),
    PermissionsBoundaryDecisionDetail: boundary(verdict),
  };
};

const ofResource = (decided: Decided): Xml => ({
  EvalResourceName: decided.asked.resource,
  EvalResourceDecision: decided.verdict.decision,
  MatchedStatements: statements(decided),
  MissingContextValues: [...(decided.verdict.missing ?? [])],
  EvalDecisionDetails: '',
  PermissionsBoundaryDecisionDetail: boundary(decided.verdict),
});

/** `arn:aws:s3:::logs/key` as the template that stands above since July 2026. */
const template = (resource: string): string => resource.replace(/[^:]*$/, '${ResourceName}');

/** Since July 2026: one result for an action, the most restrictive decision above, the decisions of resources below. */
function newResult(all: readonly [Decided, ...Decided[]]): Xml {
  const [{ asked, verdict }] = all;
  const decisions = all.map((decided) => decided.verdict.decision);
  return {
    EvalActionName: asked.action,
    EvalResourceName: asked.resource === '*' ? '*' : template(asked.resource),
    EvalDecision: RESTRICTIVE.find((decision) => decisions.includes(decision)) ?? verdict.decision,
    MatchedStatements: all.flatMap(statements),
    MissingContextValues: all.flatMap((decided) => decided.verdict.missing ?? []),
    OrganizationsDecisionDetail: organization(verdict),
    ResourceSpecificResults: asked.resource === '*' ? undefined : all.map(ofResource),
  };
}

/** The results of a call, one list of decisions for each action. */
export const toResults = (shape: 'old' | 'new', actions: readonly (readonly Decided[])[]): Xml[] =>
  actions.flatMap((all) => {
    const [first, ...others] = all;
    if (first === undefined) return [];
    return shape === 'old' ? all.map(oldResult) : [newResult([first, ...others])];
  });
