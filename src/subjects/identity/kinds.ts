import { accessKey } from './access-key.ts';
import { accessProofs } from './access-proof.ts';
import { access, guardrail } from './access.ts';
import { attachedPolicy } from './attached-policy.ts';
import { escalation } from './escalation.ts';
import { keyPolicy } from './key-policy.ts';
import { passwordPolicy } from './password-policy.ts';
import { identityPolicy, principal } from './principal.ts';
import { resourceGrant } from './resource-grant.ts';
import { sensitiveAction } from './sensitive-action.ts';
import { serviceWildcard } from './service-wildcard.ts';
import { trust } from './trust.ts';
import type { SubjectKind } from '../subject.ts';
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
  escalation,
  sensitiveAction,
  accessKey,
  passwordPolicy,
  resourceGrant,
  keyPolicy,
]);

/** Whatever a finding says of somebody, the access that he gains and loses stands beside it. */
function withAccess(kinds: readonly SubjectKind[]): readonly SubjectKind[] {
  return kinds.map((kind) => ({ ...kind, access: accessProofs }));
}
