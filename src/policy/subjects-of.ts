import { groupBy } from '../aws/group-by.ts';
import type { BuildOptions, Subject, SubjectKind } from '../subjects/subject.ts';
import type { Worlds } from '../world/world.ts';
import type { KindSubjects } from './engine.ts';
import { DESTROY } from './judgement.ts';
import type { Policy, Relations } from './policy.ts';
import { resourceKind } from './resource-subject.ts';

/** The kinds that the policies speak about; what is no kind of ours is a resource type. */
export function kindsOf(policies: readonly Policy[], known: readonly SubjectKind[]): SubjectKind[] {
  const named = policies.flatMap((policy) => policy.subject.map((name) => ({ name, policy })));
  const kinds = new Map(known.map((kind) => [kind.name, kind]));
  const groups = groupBy(named, ({ name }) => name);
  return [...groups].map(
    ([name, own]) =>
      kinds.get(name) ??
      plainKind(
        name,
        own.map(({ policy }) => policy),
      ),
  );
}

/** A plain resource, with the neighbours that any of its policies reads. */
function plainKind(type: string, policies: readonly Policy[]): SubjectKind {
  const relations: Relations = Object.assign({}, ...policies.map(({ related }) => related));
  return resourceKind(type, relations, () => policies.some(readsTags));
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
  const isNeeded = (kind: SubjectKind): boolean =>
    kind.types.some((type) => type === '*' || touchedTypes.has(type)) ||
    (kind.types.some((type) => retaggedTypes.has(type)) && kind.readsTags === true);
  return kinds
    .filter((kind) => options.audit || isNeeded(kind))
    .map((kind) => {
      const { before, after } = kind.build(worlds, options);
      return worlds.destroysEverything
        ? { kind, before: together(before), after: together(after) }
        : { kind, before, after };
    });
}
