import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import { isEveryResource } from './admin.ts';
import { allowsOf, deniesOf } from './statements.ts';
import { statementCovers } from './cover.ts';
import { actionsCover } from './pattern.ts';
import type { Document, Pattern, Statement } from './statement.ts';

/** Whole services, and verbs that change something: `Put*` and its like. `Get*`, `List*`, `Describe*` are fine. */
const WILDCARD = /^[a-z0-9*?-]+:(\*|(put|create|delete|update|attach|modify)\*)$/;

/** The wildcards among the actions that the document allows, e.g. `s3:*`, in lower case. */
export function wildcardActions(document: Document): readonly string[] {
  const actions = allowsOf(document).flatMap(({ actions: set }) => (set.kind === 'only' ? set.patterns : []));
  return [
    ...new Set(actions.filter((action) => typeof action === 'string' && action !== '*' && WILDCARD.test(action))),
  ].filter((action) => typeof action === 'string');
}

/** How a document grants a wildcard action. */
export interface WildcardGrant {
  readonly statements: readonly Statement[];
  /** True when the resources are not narrowed to named ones. */
  readonly everywhere: boolean | Unknown;
}

/** The statements that allow all of a wildcard action; undefined when none does or a Deny takes it back. */
export function grantOf(document: Document, action: string): WildcardGrant | undefined {
  const wanted = { kind: 'only', patterns: [action] } as const;
  const statements = allowsOf(document)
    .filter((statement) => actionsCover(statement.actions, wanted) === 'yes')
    .filter((statement) => !isDenied(document, { ...statement, actions: wanted }));
  if (statements.length === 0) return undefined;
  const resources = statements.flatMap((statement) => statement.resources);
  const whole = resources.some(
    (set) => isEveryResource(set) === true || set.kind === 'except' || set.patterns.some(isWholeService),
  );
  return { statements, everywhere: whole || (resources.flatMap((set) => set.patterns).find(isUnknown) ?? false) };
}

const isDenied = (document: Document, wanted: Statement): boolean =>
  deniesOf(document).some((deny) => statementCovers(deny, wanted) === 'yes');

/** `arn:aws:s3:::*` or `arn:aws:dynamodb:*:*:table/*` name nothing; in S3 `a/*` does, it is a bucket. */
const isWholeService = (pattern: Pattern): boolean =>
  typeof pattern === 'string' &&
  /^arn:[^:]*:(s3:[^:]*:[^:]*:\*(\/\*)?|(?!s3:)[^:]*:[^:]*:[^:]*:([a-zA-Z-]+[/:])?\*)$/.test(pattern);
