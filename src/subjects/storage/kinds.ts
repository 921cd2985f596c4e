import { accountAccessBlock } from './bucket-account.ts';
import { accessControlList } from './bucket-acl.ts';
import { logBucket } from './bucket-log.ts';
import { bucket } from './bucket.ts';
import { detector } from './detector.ts';
import { key } from './key.ts';
import { eventDataStore, trail } from './trail.ts';
import { trailBucket } from './trail-bucket.ts';
import type { SubjectKind } from '../subject.ts';

/** What keeps and watches data: buckets, keys, trails, detectors. */
export const KINDS: readonly SubjectKind[] = [
  trail,
  eventDataStore,
  logBucket,
  trailBucket,
  bucket,
  accountAccessBlock,
  accessControlList,
  key,
  detector,
];
