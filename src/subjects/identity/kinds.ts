import type { SubjectKind } from '../subject.ts';
import { accessKey } from './access-key.ts';
import { accessProofs } from './access-proof.ts';
import { access, guardrail } from './access.ts';
import { accountAssignment } from './account-assignment.ts';
import { attachedPolicy } from './attached-policy.ts';
import { capability } from './capability.ts';
import { controlPolicyAttachment } from './control-policy-attachment.ts';
import { escalation } from './escalation.ts';
import { keyPolicy } from './key-policy.ts';
import { openEndedGrant } from './open-ended-grant.ts';
import { passwordPolicy } from './password-policy.ts';
import { permissionSet } from './permission-set.ts';
import { permissionsBoundary } from './permissions-boundary.ts';
import { policyChange } from './policy-change.ts';
import { identityPolicy, principal } from './principal.ts';
import { resourceGrant } from './resource-grant.ts';
import { resourceParty } from './resource-party.ts';
import { resourcePolicy } from './resource-policy.ts';
import { sensitiveAction } from './sensitive-action.ts';
import { serviceWildcard } from './service-wildcard.ts';
import { trust } from './trust.ts';
import { workloadRole } from './workload-role.ts';

/** Who may do what: principals, trust, and policies of resources. */
export const KINDS: readonly SubjectKind[] = withAccess([
  principal,
  identityPolicy,
  attachedPolicy,
  access,
  guardrail,
  trust,
  workloadRole,
  serviceWildcard,
  openEndedGrant,
  permissionsBoundary,
  permissionSet,
  accountAssignment,
  capability,
  escalation,
  sensitiveAction,
  accessKey,
  passwordPolicy,
  policyChange,
  resourceGrant,
  resourceParty,
  resourcePolicy,
  keyPolicy,
  controlPolicyAttachment,
]);

/** Whatever a finding says of somebody, the access that he gains and loses stands beside it. */
function withAccess(kinds: readonly SubjectKind[]): readonly SubjectKind[] {
  return kinds.map((kind) => ({ ...kind, access: accessProofs }));
}
