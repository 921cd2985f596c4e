import type { Statement } from '../../aws/policy-document/statement.ts';
import type { Subject } from '../subject.ts';
import type { Holder } from './holder.ts';
import { causesOf, placeOf, unreadSource } from './policy-source.ts';
import { standingOf } from './standing.ts';

/**
 * Where to report what a holder may do: at the first of the statements that stands in a policy of his, else at what cannot
 * be read, else at himself.
 * @param isNews what is new comes from what the plan touches: of policies that stay as they are, from the holder's own
 * resource, which lost its boundary
 */
export function placeIn(
  holder: Holder,
  statements: readonly Statement[],
  isNews: boolean,
): Pick<Subject, 'address' | 'previousAddress' | 'resourceType' | 'attribute' | 'causes'> {
  const { sourceOf } = standingOf(holder);
  const statement = statements.find((one) => sourceOf.has(one));
  const source = statement ? sourceOf.get(statement) : unreadSource(holder.sources);
  const written = source && placeOf(source);
  const isOfHolder = isNews && written?.resource.touched === false && holder.resource?.touched === true;
  const at = isOfHolder ? undefined : written;
  const resource = at?.resource ?? holder.resource ?? holder.sources[0]?.resource ?? holder.attachments[0]?.resource;
  const own = resource ? [{ address: resource.address, path: at?.path ?? [] }] : [];
  return {
    address: resource?.address ?? holder.name,
    previousAddress: resource?.previousAddress,
    resourceType: resource?.type ?? '',
    attribute: at && String(at.path[0]),
    causes: [...(isOfHolder ? own : []), ...(statement && source ? causesOf(statement, source) : own)],
  };
}
