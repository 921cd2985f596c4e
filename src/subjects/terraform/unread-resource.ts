import { isKnown, isUnknown, type Value } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Facts, Subject, SubjectKind } from '../subject.ts';
import { isControl } from './security-types.ts';

/** Attributes that say who may do what, or what is watched; JSON among them is read as far as it can be. */
const TELLING = [
  'access_policies',
  'access_policy',
  'assume_role_policy',
  'cidr_blocks',
  'cidr_ipv4',
  'cidr_ipv6',
  'content',
  'egress',
  'ingress',
  'ipv6_cidr_blocks',
  'inline_policy',
  'policy',
  'policy_document',
  'resource_policy',
  'statement',
];

/** A control of which the plan does not say what it will permit. */
export const unreadResource: SubjectKind = {
  name: 'unread-resource',
  description: 'A security control some of whose telling attributes are not known before apply.',
  attributes: { type: 'its resource type', unknown: 'its attributes that cannot be read, as a whole or in part' },
  attributeTypes: { type: 'string', unknown: 'list' },
  types: ['*'],
  build: ({ after }) => ({ before: [], after: subjectsIn(after) }),
  fromExample: (example): Facts => exampleFacts({ type: 'aws_sqs_queue_policy', unknown: [] }, example),
};

const subjectsIn = (world: World): Subject[] =>
  [...world.types]
    .filter(isControl)
    .flatMap((type) => world.resources(type))
    .filter(({ touched }) => touched)
    .flatMap((resource) => {
      const unknown = TELLING.filter((attribute) => isOpen(resource, attribute));
      return unknown.length === 0 ? [] : [toSubject(resource, unknown)];
    });

/** Names that are made on apply stand in most documents; what they name is known, so they leave nothing open. */
const isOpenWithin = (value: Value): boolean =>
  isUnknown(value)
    ? value.references.length !== 1
    : typeof value === 'object' && value !== null && Object.values(value).some(isOpenWithin);

function isOpen(resource: Resource, attribute: string): boolean {
  if (isKnown(resource.get(attribute))) return false;
  const document = resource.document(attribute);
  return isUnknown(document) || isOpenWithin(document);
}

const toSubject = (resource: Resource, unknown: readonly string[]): Subject => ({
  id: resource.identity,
  object: { type: resource.type, unknown },
  address: resource.address,
  previousAddress: resource.previousAddress,
  resourceType: resource.type,
  attribute: unknown[0],
  causes: [{ address: resource.address, path: unknown.slice(0, 1) }],
  touched: true,
});
