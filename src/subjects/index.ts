import { KINDS as ACCOUNT_KINDS } from './account/kinds.ts';
import { KINDS as IDENTITY_KINDS } from './identity/kinds.ts';
import { KINDS as MONITORING_KINDS } from './monitoring/kinds.ts';
import { KINDS as NETWORK_KINDS } from './network/kinds.ts';
import { secret } from './secret.ts';
import { KINDS as STORAGE_KINDS } from './storage/kinds.ts';
import { KINDS as TERRAFORM_KINDS } from './terraform/kinds.ts';
import type { SubjectKind } from './subject.ts';

/** Every kind of subject, in the order of the documentation. A review loads only those it needs: see domains.ts. */
export const KINDS: readonly SubjectKind[] = [
  ...NETWORK_KINDS,
  ...IDENTITY_KINDS,
  ...STORAGE_KINDS,
  ...MONITORING_KINDS,
  ...ACCOUNT_KINDS,
  ...TERRAFORM_KINDS,
  secret,
];
