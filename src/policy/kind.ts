import type { SubjectKind } from '../subjects/subject.ts';
import { resourceKind } from './resource-subject.ts';

/** The kind of a name in `subject`: a subject kind, else the plain resource of that type. */
export const kindFor = (name: string, kinds: ReadonlyMap<string, SubjectKind>): SubjectKind =>
  kinds.get(name) ?? resourceKind(name);
