import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Condition, Pattern, Patterns, PrincipalEntry, Principals, Statement } from './statement.ts';

const SHOWN = 4;

/** `Allow s3:GetObject on arn:aws:s3:::logs/* to everyone if Bool aws:SecureTransport true` */
export function describeStatement(statement: Statement): string {
  return `${statement.effect} ${describeScope(statement)}`;
}

/** What a statement speaks about, without its effect: `s3:* on * to everyone if …`. */
export function describeScope(
  statement: Pick<Statement, 'actions' | 'resources' | 'principals' | 'conditions'>,
): string {
  const parts = [
    `${describePatterns(statement.actions)}${onResources(describePatterns(statement.resources))}`,
    describePrincipals(statement.principals),
    describeConditions(statement.conditions),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** Trust policies have no Resource. */
const onResources = (resources: string): string => (resources === '' ? '' : ` on ${resources}`);

export const describePatterns = ({ kind, patterns, written = patterns }: Patterns): string =>
  `${kind === 'except' ? 'everything except ' : ''}${listed(written.map(describePattern))}`;

/** A pattern with what is not known written as the reference it is: `${aws_s3_bucket.logs.arn}/*`. */
export const describePattern = (pattern: Pattern): string =>
  isUnknown(pattern)
    ? referenceText(pattern)
    : pattern.replace(/⟨ref:([^⟩]*)⟩/g, '${$1}').replace(/⟨unknown:[^⟩]*⟩/g, LATER);

const LATER = '(known after apply)';

function referenceText({ references }: Unknown): string {
  const [reference, another] = references;
  return reference && !another && reference.attribute !== ''
    ? `\${${reference.address}.${reference.attribute}}`
    : LATER;
}

/** The first few, and how many more. */
const listed = (items: readonly string[]): string =>
  items.length <= SHOWN
    ? items.join(', ')
    : `${items.slice(0, SHOWN - 1).join(', ')} and ${items.length - SHOWN + 1} more`;

function describePrincipals(principals: Principals): string {
  if (principals.kind === 'holder') return '';
  const names = listed(principals.entries.map(describePrincipal));
  return principals.kind === 'except' ? `to everyone except ${names}` : `to ${names}`;
}

/** How people call a principal. */
export function describePrincipal(entry: PrincipalEntry): string {
  switch (entry.kind) {
    case 'everyone':
      return 'everyone';
    case 'account':
      return `account ${entry.account}`;
    case 'aws':
      return describePattern(entry.arn);
    case 'service':
      return entry.name === '*' ? 'every AWS service' : entry.name;
    case 'federated':
      return entry.provider === '*' ? 'every identity provider' : describePattern(entry.provider);
    case 'canonical':
      return `canonical user ${describePattern(entry.id)}`;
    case 'unknown':
    default:
      return referenceText(entry.unknown);
  }
}

/** `StringEquals aws:PrincipalOrgID o-1, o-2` */
export const describeCondition = ({ label, values }: Condition): string =>
  `${label} ${listed(values.map(describePattern))}`.trim();

const describeConditions = (conditions: Statement['conditions']): string =>
  isUnknown(conditions)
    ? `if ${LATER}`
    : conditions.length === 0
      ? ''
      : `if ${conditions.map(describeCondition).join(' and ')}`;
