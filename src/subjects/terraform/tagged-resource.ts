import { isObject, isUnknown } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Fact, Facts, Subject, SubjectKind } from '../subject.ts';

/** AWS resources that can have tags. */
export const taggedResource: SubjectKind = {
  name: 'tagged-resource',
  description: 'An AWS resource that can have tags.',
  attributes: { type: 'its resource type', tags: 'names of its tags, with the default tags of the provider' },
  attributeTypes: { type: 'string' },
  types: ['*'],
  readsTags: true,
  build: ({ before, after }) => ({ before: subjectsIn(before), after: subjectsIn(after) }),
  fromExample: (example): Facts => exampleFacts({ type: 'aws_s3_bucket', tags: [] }, example),
};

const subjectsIn = (world: World): Subject[] =>
  [...world.types]
    .filter((type) => type.startsWith('aws_'))
    .flatMap((type) => world.resources(type))
    .flatMap((resource) => {
      const tags = tagNames(resource);
      return tags === undefined ? [] : [toSubject(resource, tags)];
    });

/** Undefined when it cannot have tags. */
function tagNames(resource: Resource): Fact | undefined {
  const [all, own] = [resource.get('tags_all'), resource.get('tags')];
  if (isObject(all)) return Object.keys(all);
  return isUnknown(all) ? [...(isObject(own) ? Object.keys(own) : []), all] : undefined;
}

const toSubject = (resource: Resource, tags: Fact): Subject => ({
  id: resource.identity,
  object: { type: resource.type, tags },
  address: resource.address,
  previousAddress: resource.previousAddress,
  resourceType: resource.type,
  attribute: 'tags',
  causes: [{ address: resource.address, path: ['tags'] }],
  touched: resource.touched || resource.action === 'update',
});
