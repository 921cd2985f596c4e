import { dataStore, dataStoreInGroup } from './data-store.ts';
import { databaseStorage } from './database-storage.ts';
import { ebsDefaultEncryption } from './ebs-default-encryption.ts';
import { flowLog } from './flow-log.ts';
import { host } from './host.ts';
import { metadataService } from './metadata-service.ts';
import { networkRule } from './network-rule.ts';
import { securityGroup } from './security-group.ts';
import { subnet } from './subnet.ts';
import type { SubjectKind } from '../subject.ts';

/** What is reachable: groups, routes, databases and the machines behind them. */
export const KINDS: readonly SubjectKind[] = [
  networkRule,
  securityGroup,
  subnet,
  flowLog,
  dataStore,
  dataStoreInGroup,
  databaseStorage,
  host,
  metadataService,
  ebsDefaultEncryption,
];
