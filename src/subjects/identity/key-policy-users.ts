import { allowsOf } from '../../aws/policy-document/statements.ts';
import { pieces, statementCovers } from '../../aws/policy-document/cover.ts';
import { describeScope } from '../../aws/policy-document/describe.ts';
import type { ParsedDocument, PrincipalEntry, Statement } from '../../aws/policy-document/statement.ts';
import type { Granted } from './access-difference.ts';
import { sumOf } from './policy-source.ts';
import { summary } from './subject-facts.ts';

/**
 * What a key policy newly allows to principals of an account that it lets decide through IAM anyway: named themselves they
 * need no policy of their own any more.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function newUsersOf(before: Granted, after: Granted): string {
  const then = allowsOf(sumOf(before.sources).document);
  const named = allowsOf(sumOf(after.sources).document).flatMap(pieces).filter(isForPrincipal);
  const isNew = (piece: Statement): boolean =>
    then.some((statement) => statementCovers(statement, piece) === 'yes') &&
    !then.map(withoutAccounts).some((statement) => statementCovers(statement, piece) === 'yes');
  return summary([...new Set(named.filter(isNew).map(describeScope))]);
}

/** A key policy without what it leaves to IAM: what it allows to those whom it names, whatever policies they have. */
export const namedUsersOf = (granted: Granted): Granted => ({
  ...granted,
  sources: granted.sources.map((source) => ({ ...source, document: () => withoutDelegation(source.document()) })),
});

const withoutDelegation = (parsed: ParsedDocument): ParsedDocument =>
  parsed.kind === 'document' ? { ...parsed, statements: parsed.statements.map(allowsNoAccount) } : parsed;

const allowsNoAccount = (statement: Statement): Statement =>
  statement.effect === 'Allow' ? withoutAccounts(statement) : statement;

const isForPrincipal = ({ principals }: Statement): boolean =>
  principals.kind === 'only' && principals.entries.some(({ kind }) => kind === 'aws');

const isNoAccount = ({ kind }: PrincipalEntry): boolean => kind !== 'account';

const withoutAccounts = (statement: Statement): Statement =>
  statement.principals.kind === 'only'
    ? { ...statement, principals: { kind: 'only', entries: statement.principals.entries.filter(isNoAccount) } }
    : statement;
