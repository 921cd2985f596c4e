import type { BuildOptions, Subject, SubjectKind } from '../subjects/subject.ts';
import type { Worlds } from '../world/world.ts';
import type { KindSubjects } from './engine.ts';
import { DESTROY } from './judgement.ts';
import type { Policy, Relations } from './policy.ts';
import { resourceKind } from './resource-subject.ts';

/** The kinds that the policies speak about; what is no kind of ours is a resource type. */
export function kindsOf(policies: readonly Policy[], known: readonly SubjectKind[]): SubjectKind[] {
  const names = [...new Set(policies.flatMap((policy) => policy.subject))];
  return names.map((name) => known.find((kind) => kind.name === name) ?? plainKind(name, policies));
}

/** A plain resource, with the neighbours that any policy reads of it. */
function plainKind(type: string, policies: readonly Policy[]): SubjectKind {
  const own = policies.filter(({ subject }) => subject.includes(type));
  const relations: Relations = Object.assign({}, ...own.map(({ related }) => related));
  return resourceKind(type, relations, own.some(readsTags));
}

/** Tags decide nothing of a policy that does not name them. */
const readsTags = ({ bad, message, evidence }: Policy): boolean =>
  JSON.stringify([bad, message, evidence]).includes('tags');

/** One finding for the whole plan instead of one per resource: that is how a destroy plan is read. */
const together = (subjects: readonly Subject[]): Subject[] =>
  subjects.map((subject) => ({ ...subject, merge: DESTROY }));

/**
 * Builds the subjects of every kind that the plan touches; an audit builds all.
 * @param touchedTypes resource types with at least one change that is more than new tags
 * @param retaggedTypes AWS resource types of which some instance gets new tags and nothing else
 */
export function subjectsOf(
  kinds: readonly SubjectKind[],
  worlds: Worlds,
  touchedTypes: ReadonlySet<string>,
  options: BuildOptions,
  retaggedTypes: ReadonlySet<string> = new Set(),
): KindSubjects[] {
  const isNeeded = ({ types, readsTags = false }: SubjectKind): boolean =>
    types.some((type) => type === '*' || touchedTypes.has(type) || (readsTags && retaggedTypes.has(type)));
  return kinds
    .filter((kind) => options.audit || isNeeded(kind))
    .map((kind) => {
      const { before, after } = kind.build(worlds, options);
      return worlds.destroysEverything
        ? { kind, before: together(before), after: together(after) }
        : { kind, before, after };
    });
}
