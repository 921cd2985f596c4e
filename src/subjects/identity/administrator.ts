import { managedPolicyRisk } from '../../aws/managed-policies.ts';
import { adminOf } from '../../aws/policy-document/admin.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Attachment, Holder } from './holder.ts';
import { sumOf } from './policy-source.ts';

/** Whether somebody controls the account, and what makes it so. */
export interface Administration {
  readonly admin: boolean | Unknown;
  /** The policy of AWS or the statement; neither when he does not. */
  readonly attachment?: Attachment | undefined;
  readonly statement?: Statement | undefined;
  readonly conditional: boolean;
}

/** A statement without condition tells more than a policy of AWS, and that more than a statement under some condition. */
export function administrationOf(holder: Holder): Administration {
  const found = adminOf(sumOf(holder.sources, holder.unread).document);
  const known = isUnknown(found) ? undefined : found;
  const attachment = holder.attachments.find(({ policy }) => managedPolicyRisk(policy) === 'admin');
  if (known && (!known.conditional || !attachment))
    return { admin: true, statement: known.statement, conditional: known.conditional };
  if (attachment) return { admin: true, attachment, conditional: false };
  return { admin: isUnknown(found) ? found : false, conditional: false };
}

/** True when a holder controls the account: nothing else that he may do adds to that. */
export const isAdministrator = (holder: Holder): boolean => administrationOf(holder).admin === true;
