import { allowsOf } from '../../aws/policy-document/statements.ts';
import { parseDocument } from '../../aws/policy-document/parse.ts';
import { actionsMeet } from '../../aws/policy-document/pattern.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Unknown, Value } from '../../plan/value.ts';

/** Whether a bucket policy lets CloudTrail write, and whether it says for which trail or account. */
export interface Delivery {
  readonly allowed: boolean | Unknown;
  readonly limited: boolean | Unknown;
}

/** Actions ignore case; documents are read in lower case. */
const PUT_OBJECT = { kind: 'only', patterns: ['s3:putobject'] } as const;

/** The keys AWS asks for in the policy of a trail's bucket. */
const SOURCE_KEYS: readonly string[] = ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid'];

/** Reads the policy of a bucket as CloudTrail's delivery needs it. */
export function deliversTrails(policy: Value): Delivery {
  if (policy === null) return { allowed: false, limited: false };
  const document = parseDocument(policy);
  if (document.kind === 'unknown') return { allowed: document.unknown, limited: document.unknown };
  if (document.kind === 'invalid') return { allowed: false, limited: false };
  const writing = allowsOf(document).filter(
    (statement) => speaksToCloudTrail(statement) && actionsMeet(statement.actions, PUT_OBJECT) !== 'no',
  );
  if (writing.length === 0) return { allowed: document.unread[0] ?? false, limited: false };
  return { allowed: true, limited: writing.every(namesItsSource) };
}

const speaksToCloudTrail = ({ principals }: Statement): boolean =>
  principals.kind === 'only' &&
  principals.entries.some((entry) => entry.kind === 'service' && entry.name === 'cloudtrail.amazonaws.com');

const namesItsSource = ({ conditions }: Statement): boolean =>
  !isUnknown(conditions) && conditions.some(({ key }) => SOURCE_KEYS.includes(key));
