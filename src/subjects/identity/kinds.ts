import { accessKey } from './access-key.ts';
import { access, guardrail } from './access.ts';
import { attachedPolicy } from './attached-policy.ts';
import { keyPolicy } from './key-policy.ts';
import { passwordPolicy } from './password-policy.ts';
import { capability } from './capability.ts';
import { identityPolicy, principal } from './principal.ts';
import { resourceGrant } from './resource-grant.ts';
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
  capability,
  accessKey,
  passwordPolicy,
  resourceGrant,
  keyPolicy,
];
