import type { Change } from '../plan/change.ts';
import { isUnknown } from '../plan/value.ts';
import { IDENTITY_KEYS } from './identity.ts';
import type { Resource, World } from './world.ts';

/** Reads the identity key of one resource; undefined when a part of it is not known, because then nothing is proven. */
function identityKey(world: World, resource: Resource): string | undefined {
  const parts = (IDENTITY_KEYS[resource.type] ?? []).map((part) => {
    if (typeof part !== 'string') {
      return resource.get(part.attribute) === null ? '' : world.identify(resource, part.attribute, part.of);
    }
    const value = resource.get(...part.split('.'));
    return isUnknown(value) ? undefined : JSON.stringify(value);
  });
  return parts.includes(undefined) ? undefined : parts.join('\u0000');
}

/** Changes of one type that delete, and that create, in the order of the plan. */
interface Candidates {
  readonly deleted: Change[];
  readonly created: Change[];
}

/**
 * Finds the delete + create pairs that are one real thing under two addresses, for one type.
 * @returns address that is deleted → address that is created
 */
export function pairRecreated(candidates: Candidates, before: World, after: World): [string, string][] {
  const created = new Map<string, Change>();
  for (const change of candidates.created) {
    const resource = after.at(change.address);
    const key = resource && identityKey(after, resource);
    if (key !== undefined) created.set(key, change);
  }
  const pairs: [string, string][] = [];
  for (const change of candidates.deleted) {
    const resource = before.at(change.previousAddress ?? change.address) ?? before.at(change.address);
    const key = resource && identityKey(before, resource);
    const match = key === undefined ? undefined : created.get(key);
    if (key === undefined || !match) continue;
    pairs.push([change.address, match.address]);
    created.delete(key);
  }
  return pairs;
}

/** Types that have both a delete and a create in this plan, in pairing order. */
export function recreationCandidates(changes: readonly Change[]): [string, Candidates][] {
  const byType = new Map<string, Candidates>();
  for (const change of changes) {
    if (change.action !== 'delete' && change.action !== 'create') continue;
    if (change.deposed !== undefined || !(change.type in IDENTITY_KEYS)) continue;
    const candidates = byType.get(change.type) ?? { deleted: [], created: [] };
    byType.set(change.type, candidates);
    candidates[change.action === 'delete' ? 'deleted' : 'created'].push(change);
  }
  return Object.keys(IDENTITY_KEYS).flatMap((type): [string, Candidates][] => {
    const candidates = byType.get(type);
    return candidates && candidates.deleted.length > 0 && candidates.created.length > 0 ? [[type, candidates]] : [];
  });
}
