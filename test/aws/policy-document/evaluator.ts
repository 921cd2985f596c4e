import { globMatches } from '../../../src/aws/policy-document/glob.ts';
import type {
  Condition,
  Document,
  Pattern,
  Patterns,
  Principals,
  Statement,
} from '../../../src/aws/policy-document/statement.ts';
import { isUnknown } from '../../../src/plan/value.ts';

/** A request with single-valued context keys. */
export interface Request {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

/** The plain textbook evaluation of one document: the oracle that the comparison must not contradict. */
export function isAllowed(document: Document, request: Request): boolean {
  const matching = document.statements.filter((statement) => matches(statement, request));
  return matching.some(({ effect }) => effect === 'Allow') && !matching.some(({ effect }) => effect === 'Deny');
}

const matches = (statement: Statement, request: Request): boolean =>
  matchesPatterns(statement.actions, request.action) &&
  matchesPatterns(statement.resources, request.resource) &&
  matchesPrincipals(statement.principals, request.principal) &&
  !isUnknown(statement.conditions) &&
  statement.conditions.every((condition) => holds(condition, request.context[condition.key]));

const matchesPatterns = ({ kind, patterns }: Patterns, text: string): boolean =>
  patterns.some((pattern) => globMatches(textOf(pattern), text)) === (kind === 'only');

const textOf = (pattern: Pattern): string => {
  if (isUnknown(pattern)) throw new Error('only known documents are evaluated');
  return pattern;
};

function matchesPrincipals(principals: Principals, principal: string): boolean {
  if (principals.kind === 'holder') return true;
  const listed = principals.entries.some(
    (entry) =>
      entry.kind === 'everyone' ||
      (entry.kind === 'account' && principal.includes(`:${entry.account}:`)) ||
      (entry.kind === 'aws' && entry.arn === principal),
  );
  return listed === (principals.kind === 'only');
}

export function holds(condition: Condition, value: string | undefined): boolean {
  if (condition.operator === 'null') return (value === undefined) === (textOf(condition.values[0] ?? '') === 'true');
  const negative = condition.operator.includes('not');
  if (value === undefined) {
    if (condition.ifExists || condition.quantifier === 'ForAllValues') return true;
    return negative && condition.quantifier !== 'ForAnyValue';
  }
  return (
    condition.values.some((wanted) => test(condition.operator.replace('not', ''), textOf(wanted), value)) !== negative
  );
}

function test(operator: string, wanted: string, value: string): boolean {
  switch (operator) {
    case 'stringequals':
      return wanted === value;
    case 'stringequalsignorecase':
    case 'bool':
      return wanted.toLowerCase() === value.toLowerCase();
    case 'stringlike':
      return globMatches(wanted, value);
    case 'numericlessthan':
      return Number(value) < Number(wanted);
    default:
      throw new Error(`the oracle does not know ${operator}`);
  }
}
