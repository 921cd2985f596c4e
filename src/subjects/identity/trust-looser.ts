import { REACHES } from '../../aws/policy-document/federation-reach.ts';
import { LIMITS } from '../../aws/policy-document/limit.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Fact, Facts } from '../subject.ts';

/** Facts that hold for a party only when all statements for it say so, and those for which one is enough. */
const ALL: readonly string[] = ['hasExternalId', 'hasOrganization', 'hasMfa', 'limitedByDeny', 'hasSource'];
const ONE: readonly string[] = ['isWholeAccount', 'isForeign'];

/** Of several statements for one party the loosest decides, fact by fact. */
export function looser(a: Facts, b: Facts): Facts {
  const both: { [name: string]: Fact } = { ...a, ...b };
  for (const name of ALL) if (name in both) both[name] = loosest(a[name] ?? false, b[name] ?? false, [false, true]);
  for (const name of ONE) if (name in both) both[name] = loosest(a[name] ?? false, b[name] ?? false, [true, false]);
  if ('limit' in both) both['limit'] = loosest(a['limit'] ?? 'none', b['limit'] ?? 'none', LIMITS);
  if ('reach' in both) Object.assign(both, wider(a, b));
  return both;
}

/** The reach of the wider statement, with whom that lets in. */
function wider(a: Facts, b: Facts): Facts {
  const reach = loosest(a['reach'] ?? 'exact', b['reach'] ?? 'exact', REACHES.toReversed());
  const from = reach === a['reach'] ? a : b;
  return { reach, lets: from['lets'] ?? 'one workload' };
}

/** The first of the two in an order that begins with the loosest; what is not known may be that, unless the other one is. */
function loosest(a: Fact, b: Fact, order: readonly Fact[]): Fact {
  if (a === order[0] || b === order[0]) return order[0] ?? a;
  if (isUnknown(a)) return a;
  if (isUnknown(b)) return b;
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}
