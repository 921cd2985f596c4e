import type { Value } from '../plan/value.ts';
import { exampleFacts } from '../subjects/example.ts';
import type { Facts, Subject, SubjectKind } from '../subjects/subject.ts';
import type { Resource } from '../world/world.ts';

/** Attributes are read from the resource only when an expression asks for them. */
const lazily = (resource: Resource): Facts =>
  new Proxy<Record<string, Value>>(
    {},
    {
      get: (_, key) => (typeof key === 'string' ? resource.get(key) : undefined),
      getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    },
  );

const toSubject = (resource: Resource): Subject => ({
  id: resource.identity,
  object: lazily(resource),
  address: resource.address,
  previousAddress: resource.previousAddress,
  resourceType: resource.type,
  causes: [{ address: resource.address, path: [] }],
  // A team's own policy may be about tags.
  touched: resource.touched || resource.action === 'update',
  fate: resource.fate,
  sensitive: (path) => resource.isSensitive(...path),
});

/** The kind of subject that is one plain resource of a type, of AWS or of any other provider. */
export const resourceKind = (type: string): SubjectKind => ({
  name: type,
  description: `One \`${type}\` as it stands in the plan; its attributes are those of the provider.`,
  attributes: {},
  types: [type],
  readsTags: true,
  build: ({ before, after }) => ({
    before: before.resources(type).map(toSubject),
    after: after.resources(type).map(toSubject),
  }),
  fromExample: (example) => exampleFacts({}, example),
});
