import type { SubjectKind } from '../subject.ts';
import { dependency } from './dependency.ts';
import { driftedResource } from './drifted-resource.ts';
import { forgottenResource } from './forgotten-resource.ts';
import { guardedResource } from './guarded-resource.ts';
import { program } from './program.ts';
import { taggedResource } from './tagged-resource.ts';
import { unreadResource } from './unread-resource.ts';

/** Kinds about the plan and the code themselves, whatever the resources are. */
export const KINDS: readonly SubjectKind[] = [
  forgottenResource,
  driftedResource,
  dependency,
  program,
  taggedResource,
  guardedResource,
  unreadResource,
];
