import { DECISIONS, type Decision, type MatchedStatement, type SimulatorAnswer } from '../simulator.ts';
import { statementEndingIn } from './document.ts';
import type { Question } from './query.ts';

/** The parts of IAM's answer that are read. Enumerations are open: IAM has answered with values outside of its own. */
interface Statement {
  readonly SourcePolicyId?: string | undefined;
  readonly EndPosition?: { readonly Line?: number | undefined } | undefined;
}

interface Details {
  readonly MatchedStatements?: readonly Statement[] | undefined;
  readonly MissingContextValues?: readonly string[] | undefined;
  readonly PermissionsBoundaryDecisionDetail?:
    | { readonly AllowedByPermissionsBoundary?: boolean | undefined }
    | undefined;
}

interface ResourceResult extends Details {
  readonly EvalResourceName: string | undefined;
  readonly EvalResourceDecision: string | undefined;
}

export interface EvaluationResult extends Details {
  readonly EvalActionName: string | undefined;
  readonly EvalDecision: string | undefined;
  readonly ResourceSpecificResults?: readonly ResourceResult[] | undefined;
  readonly OrganizationsDecisionDetail?: { readonly AllowedByOrganizations?: boolean | undefined } | undefined;
}

/** One page of an answer. */
export interface Page {
  readonly EvaluationResults?: readonly EvaluationResult[] | undefined;
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

const isDecision = (text: string | undefined): text is Decision => DECISIONS.some((decision) => decision === text);

const hasName = (name: string | undefined, action: string): boolean => name?.toLowerCase() === action.toLowerCase();

/**
 * The result for the one resource of a call. Since July 2026 the decisions stand in `ResourceSpecificResults`, and what
 * stands above them is the union over all resources; before, and for `*`, the upper one may be all there is. The name
 * above is never looked at: it was an ARN once and is a template now.
 */
function resourceResult({ ResourceSpecificResults: specific = [] }: EvaluationResult, resource: string) {
  return specific.find(({ EvalResourceName: name }) => name === resource) ?? specific[0];
}

/** `PolicyInputList.2`, counted from 1 (API reference of SimulateCustomPolicy). */
const inputIndex = (id: string | undefined): number => Number(/^PolicyInputList\.(\d+)$/.exec(id ?? '')?.[1] ?? 0) - 1;

function locate({ SourcePolicyId: id, EndPosition: end }: Statement, { query, places }: Question): MatchedStatement {
  const index = inputIndex(id);
  const document = query.policies[index];
  const policy = places[index] ?? null;
  if (document === undefined || policy === null) return { policy: null, statement: null };
  return { policy, statement: statementEndingIn(document, end?.Line) };
}

const MASKED = 'what looked like a secret was masked before anything was sent to AWS';

function notesOf(result: EvaluationResult, details: Details, { isMasked }: Question): string[] {
  const boundary = details.PermissionsBoundaryDecisionDetail ?? result.PermissionsBoundaryDecisionDetail;
  return [
    ...(result.OrganizationsDecisionDetail?.AllowedByOrganizations === false
      ? ['a policy of the organization does not allow it']
      : []),
    ...(boundary?.AllowedByPermissionsBoundary === false ? ['the permissions boundary does not allow it'] : []),
    ...(isMasked ? [MASKED] : []),
  ];
}

const missing = (...all: readonly Details[]): string[] => [
  ...new Set(all.flatMap(({ MissingContextValues: keys }) => keys ?? [])),
];

const firstFilled = (...all: readonly Details[]): readonly Statement[] =>
  all.map(({ MatchedStatements: statements }) => statements ?? []).find(({ length }) => length > 0) ?? [];

/** What IAM's results say to one action of a question. */
export function readAnswer(results: readonly EvaluationResult[], action: string, question: Question): SimulatorAnswer {
  const result = results.find(({ EvalActionName: name }) => hasName(name, action));
  if (result === undefined) return { kind: 'unanswered', reason: 'IAM left the action out of its answer' };
  const specific = resourceResult(result, question.query.resource);
  const decision = specific?.EvalResourceDecision ?? result.EvalDecision;
  if (!isDecision(decision))
    return { kind: 'unanswered', reason: 'IAM answered with a decision that planwarden does not know' };
  const details = specific ?? result;
  const notes = notesOf(result, details, question);
  return {
    kind: 'decided',
    decision,
    decidedBy: firstFilled(details, result).map((statement) => locate(statement, question)),
    missingContext: missing(details, result),
    ...(notes.length > 0 && { notes }),
  };
}
