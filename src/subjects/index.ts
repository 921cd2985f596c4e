import { access, guardrail } from './access.ts';
import { attachedPolicy } from './attached-policy.ts';
import { accountAccessBlock } from './bucket-account.ts';
import { accessControlList } from './bucket-acl.ts';
import { logBucket } from './bucket-log.ts';
import { bucket } from './bucket.ts';
import { dataStore, dataStoreInGroup } from './data-store.ts';
import { databaseStorage } from './database-storage.ts';
import { detector } from './detector.ts';
import { ebsDefaultEncryption } from './ebs-default-encryption.ts';
import { flowLog } from './flow-log.ts';
import { keyPolicy } from './key-policy.ts';
import { key } from './key.ts';
import { metadataService } from './metadata-service.ts';
import { networkRule } from './network-rule.ts';
import { passwordPolicy } from './password-policy.ts';
import { identityPolicy, principal } from './principal.ts';
import { resourceGrant } from './resource-grant.ts';
import { secret } from './secret.ts';
import { securityGroup } from './security-group.ts';
import { serviceWildcard } from './service-wildcard.ts';
import type { SubjectKind } from './subject.ts';
import { subnet } from './subnet.ts';
import { eventDataStore, trail } from './trail.ts';
import { trust } from './trust.ts';

/** Every kind of subject, in the order in which a review tells about them. */
export const KINDS: readonly SubjectKind[] = [
  networkRule,
  securityGroup,
  subnet,
  flowLog,
  dataStore,
  dataStoreInGroup,
  databaseStorage,
  metadataService,
  ebsDefaultEncryption,
  principal,
  identityPolicy,
  attachedPolicy,
  access,
  guardrail,
  trust,
  serviceWildcard,
  passwordPolicy,
  resourceGrant,
  keyPolicy,
  trail,
  eventDataStore,
  logBucket,
  bucket,
  accountAccessBlock,
  accessControlList,
  key,
  detector,
  secret,
];
