import { exampleFacts } from '../subjects/example.ts';
import type { Subject, SubjectKind } from '../subjects/subject.ts';
import type { Resource, World } from '../world/world.ts';
import { ownerOf } from './owners.ts';
import type { Relations } from './policy.ts';
import { relatedTypes, resourceFacts, touchedNeighbours } from './related.ts';

/** A team's own policy may be about tags; a data source that is read on apply is new, or depends on what is. */
const isChanged = ({ touched, action }: Resource): boolean => touched || action === 'update' || action === 'read';

/**
 * One resource with its neighbours. Whether the plan touches a neighbour is looked up only when the resource itself is
 * left alone, and only among those that the plan may touch at all (`watched`).
 */
function toSubject(world: World, resource: Resource, relations: Relations, watched: Relations): Subject {
  let found: readonly Resource[] | undefined;
  const touchedOnes = (): readonly Resource[] => (found ??= touchedNeighbours(world, resource, watched));
  const isTouched = isChanged(resource);
  const { address, previousAddress, fate } = resource;
  const self = { address, path: [] };
  return {
    id: resource.identity,
    object: resourceFacts(world, resource, relations),
    address,
    previousAddress,
    resourceType: resource.type,
    fate,
    get causes() {
      const others = touchedOnes().map((one) => ({ address: one.address, path: [] }));
      return isTouched ? [self, ...others] : [...others, self];
    },
    get touched() {
      return isTouched || touchedOnes().length > 0;
    },
    get owner() {
      return ownerOf(world, resource)?.identity;
    },
    sensitive: (path) => resource.isSensitive(...path),
  };
}

/** The relations that lead to something the plan touches on this side: the others need no looking up. */
const watchedIn = (world: World, relations: Relations): Relations =>
  Object.fromEntries(
    Object.entries(relations).filter(([, relation]) =>
      world.resources(...relatedTypes({ relation })).some(({ touched }) => touched),
    ),
  );

/**
 * The kind of subject that is one plain resource of a type, of AWS or of any other provider, with its neighbours.
 * @param readsTags whether any policy on it looks at tags; asked only when tags are all that changes
 */
export function resourceKind(
  type: string,
  relations: Relations = {},
  readsTags: () => boolean = () => true,
): SubjectKind {
  const build = (world: World): Subject[] => {
    const resources = world.resources(type);
    const watched = resources.length === 0 ? {} : watchedIn(world, relations);
    return resources.map((resource) => toSubject(world, resource, relations, watched));
  };
  return {
    name: type,
    description: `One \`${type}\` as it stands in the plan; its attributes are those of the provider.`,
    attributes: {},
    types: [...new Set([type, ...relatedTypes(relations)])],
    get readsTags() {
      return readsTags();
    },
    build: ({ before, after }) => ({ before: build(before), after: build(after) }),
    fromExample: (example) => exampleFacts({}, example),
  };
}
