import { isList, isObject, isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource } from '../../world/world.ts';
import type { Attachment, Boundary, Holder } from './holder.ts';
import type { Place, PolicySource } from './policy-source.ts';

/**
 * True when a holder has the same policies, boundary, groups and trust on both sides, as far as their texts tell. Large
 * plans change a description of thousands, which says nothing about what they may do.
 */
export const isUnchanged = (before: Holder, after: Holder): boolean =>
  before.name === after.name &&
  isSameResource(before.resource, after.resource) &&
  isSameValue(before.resource?.get('assume_role_policy'), after.resource?.get('assume_role_policy')) &&
  before.unread.length + after.unread.length === 0 &&
  isSameBoundary(before.boundary, after.boundary) &&
  areSame(before.groups, after.groups, (old, now) => old === now) &&
  areSame(before.attachments, after.attachments, isSameAttachment) &&
  areSame(before.sources, after.sources, isSameSource);

const areSame = <T>(before: readonly T[], after: readonly T[], isSame: (old: T, now: T) => boolean): boolean =>
  before.length === after.length && before.every((old, index) => isSame(old, after[index] as T));

/** What is replaced is not the same, though it may look so. */
const isSameResource = (before: Resource | undefined, after: Resource | undefined): boolean =>
  before?.identity === after?.identity && (before?.fate ?? 'kept') === 'kept' && after?.imported !== true;

const isSamePlace = (before: Place | undefined, after: Place | undefined): boolean =>
  isSameResource(before?.resource, after?.resource) && before?.path.join('.') === after?.path.join('.');

const isSameAttachment = (before: Attachment, after: Attachment): boolean =>
  before.policy === after.policy && isSamePlace(before, after);

const isSameSource = (before: PolicySource, after: PolicySource): boolean =>
  before.managed === after.managed &&
  isSamePlace(before, after) &&
  isSamePlace(before.attachment, after.attachment) &&
  isSameValue(before.resource.get(...before.path), after.resource.get(...after.path));

function isSameBoundary(before: Boundary, after: Boundary): boolean {
  if (before.kind === 'text' && after.kind === 'text') return isSameSource(before.source, after.source);
  if (before.kind === 'unseen' && after.kind === 'unseen') return before.policy === after.policy;
  return before.kind === after.kind;
}

/** Only what is known can be the same. */
const isSameValue = (before: Value = null, after: Value = null): boolean =>
  !isUnknown(before) && !isList(before) && !isObject(before) && before === after;
