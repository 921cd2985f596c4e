import type { NotEvaluated } from '../finding/review.ts';
import type { Change } from '../plan/change.ts';
import type { SubjectKind } from '../subjects/subject.ts';

const reasonFor = (change: Change, understood: ReadonlySet<string>): string | undefined => {
  if (change.action === 'unsupported') return 'this version of planwarden does not know what the plan does to it';
  if (
    change.action === 'no-op' ||
    change.action === 'read' ||
    change.deposed !== undefined ||
    change.mode !== 'managed'
  )
    return undefined;
  return understood.has(change.type) ? undefined : 'no policy looks at this resource type';
};

/** Changed resources that no policy understands: they are named, never passed over. */
export function notEvaluated(changes: readonly Change[], kinds: readonly SubjectKind[]): NotEvaluated[] {
  const understood = new Set(kinds.flatMap((kind) => kind.types));
  const found: NotEvaluated[] = [];
  for (const change of changes) {
    const reason = reasonFor(change, understood);
    if (reason !== undefined) found.push({ address: change.address, resourceType: change.type, reason });
  }
  return found;
}
