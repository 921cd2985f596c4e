import type { Subject } from '../subject.ts';

export interface Sides {
  readonly before: readonly Subject[];
  readonly after: readonly Subject[];
}

/**
 * Gives both sides of a subject the place where it stands now: a principal is not moved because the statement that
 * tells about it stands in another resource. Moves of that resource itself stay visible.
 */
export function inOnePlace({ before, after }: Sides): Sides {
  const standing = new Map(after.map((subject) => [subject.id, subject]));
  const placed = before.map((subject) => {
    const now = standing.get(subject.id);
    return now ? { ...subject, address: now.previousAddress ?? now.address } : subject;
  });
  return { before: placed, after };
}

/** Subjects that are no longer bad are told at the place where they were: that is what got better. */
export function whereItWas({ before, after }: Sides, isBad: (subject: Subject) => boolean): Sides {
  const bad = new Map(before.filter(isBad).map((subject) => [subject.id, subject]));
  const placed = after.map((subject) => {
    const was = isBad(subject) ? undefined : bad.get(subject.id);
    if (!was) return subject;
    const { address, previousAddress, resourceType, attribute, causes } = was;
    return { ...subject, address, previousAddress, resourceType, attribute, causes };
  });
  return { before, after: placed };
}
