import { accessKey } from './access-key.ts';
import { access, guardrail } from './access.ts';
import { accountAssignment } from './account-assignment.ts';
import { attachedPolicy } from './attached-policy.ts';
import { controlPolicyAttachment } from './control-policy-attachment.ts';
import { keyPolicy } from './key-policy.ts';
import { openEndedGrant } from './open-ended-grant.ts';
import { passwordPolicy } from './password-policy.ts';
import { permissionSet } from './permission-set.ts';
import { permissionsBoundary } from './permissions-boundary.ts';
import { identityPolicy, principal } from './principal.ts';
import { policyChange } from './policy-change.ts';
import { resourceGrant } from './resource-grant.ts';
import { resourceParty } from './resource-party.ts';
import { resourcePolicy } from './resource-policy.ts';
import { serviceWildcard } from './service-wildcard.ts';
import { trust } from './trust.ts';
import type { SubjectKind } from '../subject.ts';

/** Who may do what: principals, trust, and policies of resources. */
export const KINDS: readonly SubjectKind[] = [
  principal,
  identityPolicy,
  attachedPolicy,
  access,
  guardrail,
  trust,
  serviceWildcard,
  openEndedGrant,
  permissionsBoundary,
  permissionSet,
  accountAssignment,
  accessKey,
  passwordPolicy,
  policyChange,
  resourceGrant,
  resourceParty,
  resourcePolicy,
  keyPolicy,
  controlPolicyAttachment,
];
