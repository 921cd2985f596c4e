import { managedPolicyRisk } from '../../aws/managed-policies.ts';
import { adminOf } from '../../aws/policy-document/admin.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Holder } from './holder.ts';
import { sumOf } from './policy-source.ts';

/** True when a holder controls the account, by a statement or by a policy of AWS: nothing else that it may do adds to that. */
export function isAdministrator({ sources, unread, attachments }: Holder): boolean {
  if (attachments.some(({ isManaged, policy }) => isManaged && managedPolicyRisk(policy) === 'admin')) return true;
  const admin = adminOf(sumOf(sources, unread).document);
  return admin !== undefined && !isUnknown(admin);
}
