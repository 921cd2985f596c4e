import type { Resource, Worlds } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Facts, Subject, SubjectKind } from '../subject.ts';
import { isControl } from './security-types.ts';

/** A control that Terraform lets go of and AWS keeps: a `removed` block, or a resource that left the configuration. */
export const forgottenResource: SubjectKind = {
  name: 'forgotten-resource',
  description: 'A security control that Terraform stops managing and that stays in AWS as it is.',
  attributes: { type: 'its resource type', place: 'its address' },
  attributeTypes: { type: 'string', place: 'string' },
  types: ['*'],
  build,
  fromExample: (example): Facts => exampleFacts({ type: 'aws_kms_key', place: 'aws_kms_key.example' }, example),
};

function build({ before, plan }: Worlds): { before: Subject[]; after: Subject[] } {
  const forgotten = plan.changes
    .filter(({ action, type, mode }) => action === 'forget' && mode === 'managed' && isControl(type))
    .map(({ address }) => before.at(address))
    .filter((resource) => resource !== undefined);
  return { before: forgotten.map(toSubject), after: [] };
}

const toSubject = (resource: Resource): Subject => ({
  id: resource.identity,
  object: { type: resource.type, place: resource.address },
  address: resource.address,
  resourceType: resource.type,
  causes: [{ address: resource.address, path: [] }],
  touched: true,
  fate: resource.fate,
});
