import type { Change } from '../../plan/change.ts';
import type { Json } from '../../plan/value.ts';
import type { Worlds } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Facts, Subject, SubjectKind } from '../subject.ts';
import { isSecurityRelevant } from './security-types.ts';

/** What `terraform plan` found changed in AWS since the last apply (`resource_drift`). */
export const driftedResource: SubjectKind = {
  name: 'drifted-resource',
  description: 'A security-relevant resource that somebody changed or deleted outside Terraform since the last apply.',
  attributes: {
    type: 'its resource type',
    attributes: 'names of the attributes that were changed by hand; empty when it was deleted',
    isDeleted: 'it is gone from AWS',
    isReverted: 'the plan changes it again',
  },
  attributeTypes: { type: 'string', attributes: 'list', isDeleted: 'bool', isReverted: 'bool' },
  types: ['*'],
  build,
  fromExample: (example): Facts =>
    exampleFacts({ type: 'aws_security_group', attributes: [], isDeleted: false, isReverted: false }, example),
};

function build({ plan }: Worlds): { before: Subject[]; after: Subject[] } {
  const drifted = plan.drift.filter(({ mode, type }) => mode === 'managed' && isSecurityRelevant(type));
  const planned = new Map(drifted.length === 0 ? [] : plan.changes.map((change) => [change.address, change]));
  return { before: [], after: drifted.flatMap((drift) => toSubject(drift, planned.get(drift.address))) };
}

function toSubject(drift: Change, planned: Change | undefined): Subject[] {
  const isDeleted = drift.after === null;
  const attributes = isDeleted ? [] : changedAttributes(drift);
  if (!isDeleted && attributes.length === 0) return [];
  const isReverted = planned !== undefined && planned.action !== 'no-op' && planned.action !== 'read';
  return [
    {
      id: drift.address,
      object: { type: drift.type, attributes, isDeleted, isReverted },
      address: drift.address,
      resourceType: drift.type,
      attribute: attributes[0],
      causes: [{ address: drift.address, path: attributes.slice(0, 1) }],
      touched: true,
    },
  ];
}

/** AWS writes these by itself, and tags say nothing of what a resource permits. */
const INCIDENTAL =
  /^(?:id|etag|tags|tags_all|.*_(?:at|date|time|status|count)|status|state|version_id|latest_version)$/;

const changedAttributes = ({ before, after }: Change): string[] =>
  Object.keys({ ...before, ...after })
    .filter((name) => !INCIDENTAL.test(name) && !isSame(before?.[name], after?.[name]))
    .toSorted();

/** Null and zero values are the same (semantics 0.7). */
const isSame = (left: Json | undefined, right: Json | undefined): boolean =>
  (isNothing(left) && isNothing(right)) || JSON.stringify(left) === JSON.stringify(right);

const isNothing = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0);
