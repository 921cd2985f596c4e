import type { Estate } from '../../iam/escalation/actor.ts';
import type { Resource, World } from '../../world/world.ts';

/** What ARNs of an account have in common. */
export type Place = Pick<Estate, 'account' | 'partition'>;

/** Types whose ARN follows from their name. */
const KINDS: Readonly<Record<string, string>> = {
  aws_iam_role: 'role',
  aws_iam_user: 'user',
  aws_iam_group: 'group',
  aws_iam_policy: 'policy',
  'data.aws_iam_role': 'role',
  'data.aws_iam_user': 'user',
  'data.aws_iam_group': 'group',
  'data.aws_iam_policy': 'policy',
};

export const REFERABLE: readonly string[] = Object.keys(KINDS);

/** `arn:aws:iam::111122223333:role/team/deploy` */
export const namedArn = (kind: string, path: string, { account, partition }: Place): string =>
  `arn:${partition}:iam::${account}:${kind}${path}`;

/** The ARN of a principal or a policy: the one that AWS gave it, else the one that it will give it. */
export function arnOf(resource: Resource, place: Place): string {
  const arn = resource.get('arn');
  if (typeof arn === 'string' && arn !== '') return arn;
  const path = resource.get('path');
  return namedArn(
    KINDS[resource.type] ?? resource.type,
    `${typeof path === 'string' && path !== '' ? path : '/'}${nameOf(resource)}`,
    place,
  );
}

/** A name that AWS makes up is one that no policy can list. */
function nameOf(resource: Resource): string {
  const [name, prefix] = [resource.get('name'), resource.get('name_prefix')];
  if (typeof name === 'string' && name !== '') return name;
  return `${typeof prefix === 'string' ? prefix : ''}planwarden-${resource.address.replaceAll(/[^a-zA-Z0-9]+/g, '-')}`;
}

/** What references to things that tell the account or a name stand for. */
export const referencesOf =
  (world: World, place: Place): Estate['valueOf'] =>
  (address, attribute) => {
    const surroundings = SURROUNDINGS.find(([type]) => type.test(address))?.[1](attribute, place);
    if (surroundings !== undefined) return surroundings;
    const resource = world.at(address);
    if (!resource) return undefined;
    const value = resource.get(attribute);
    if (typeof value === 'string' && value !== '') return value;
    const kind = KINDS[resource.type];
    if (kind === undefined) return undefined;
    const isArn = attribute === 'arn' || (attribute === 'id' && kind === 'policy');
    return isArn ? arnOf(resource, place) : attribute === 'name' || attribute === 'id' ? nameOf(resource) : undefined;
  };

/** Data sources about the account and where it is. One region is as good as another: no path depends on it. */
const SURROUNDINGS: readonly (readonly [RegExp, (attribute: string, place: Place) => string | undefined])[] = [
  [
    /(^|\.)data\.aws_caller_identity\./,
    (attribute, { account }) => (attribute === 'account_id' || attribute === 'id' ? account : undefined),
  ],
  [
    /(^|\.)data\.aws_partition\./,
    (attribute, { partition }) => (attribute === 'partition' || attribute === 'id' ? partition : undefined),
  ],
  [/(^|\.)data\.aws_region\./, (attribute) => (/^(name|id|region)$/.test(attribute) ? 'us-east-1' : undefined)],
];
