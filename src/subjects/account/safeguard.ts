import { isUnknown, strings, type Value } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { withUnknowns } from '../example.ts';
import type { Fact, Facts, Subject, SubjectKind } from '../subject.ts';
import { certificateUsers } from './certificate-users.ts';
import { lazily } from './lazily.ts';

const UNIT = 'aws_organizations_organizational_unit';
const ORGANIZATION = 'aws_organizations_organization';
const ACCOUNT = 'aws_organizations_account';

/** An attribute that names another resource, and what that may be. */
interface Naming {
  readonly attribute: string;
  readonly of: readonly string[];
  readonly keys?: readonly string[];
}

const ofTemplate: Naming = {
  attribute: 'approval_rule_template_name',
  of: ['aws_codecommit_approval_rule_template'],
  keys: ['name', 'id'],
};
const ofRepository: Naming = {
  attribute: 'repository_name',
  of: ['aws_codecommit_repository'],
  keys: ['repository_name', 'id'],
};
const inRole: Naming = { attribute: 'role', of: ['aws_iam_role'], keys: ['name', 'id'] };
const ofPool: Naming = { attribute: 'user_pool_id', of: ['aws_cognito_user_pool'] };

/** Each type and the wholes that it is a part of: what goes together with one of them is not lost by itself. */
const SAFEGUARDS: Readonly<Record<string, readonly Naming[]>> = {
  aws_accessanalyzer_analyzer: [],
  aws_accessanalyzer_archive_rule: [
    { attribute: 'analyzer_name', of: ['aws_accessanalyzer_analyzer'], keys: ['analyzer_name', 'id'] },
  ],
  aws_account_alternate_contact: [{ attribute: 'account_id', of: [ACCOUNT] }],
  aws_account_primary_contact: [{ attribute: 'account_id', of: [ACCOUNT] }],
  aws_acm_certificate: [],
  aws_acm_certificate_validation: [{ attribute: 'certificate_arn', of: ['aws_acm_certificate'] }],
  aws_acmpca_certificate_authority: [],
  aws_cloudtrail_organization_delegated_admin_account: [],
  aws_codecommit_approval_rule_template: [],
  aws_codecommit_approval_rule_template_association: [ofTemplate, ofRepository],
  aws_codepipeline: [],
  aws_cognito_risk_configuration: [ofPool],
  aws_cognito_user_pool: [],
  aws_cognito_user_pool_client: [ofPool],
  aws_detective_organization_admin_account: [],
  aws_ebs_snapshot_block_public_access: [],
  aws_ec2_allowed_images_settings: [],
  aws_ec2_image_block_public_access: [],
  aws_ecr_registry_scanning_configuration: [],
  aws_eks_identity_provider_config: [{ attribute: 'cluster_name', of: ['aws_eks_cluster'], keys: ['name', 'id'] }],
  aws_fms_admin_account: [],
  aws_guardduty_organization_admin_account: [],
  aws_iam_openid_connect_provider: [],
  aws_iam_organizations_features: [],
  aws_iam_role: [],
  aws_iam_role_policy_attachment: [inRole],
  aws_iam_saml_provider: [],
  aws_iam_user: [],
  aws_inspector2_delegated_admin_account: [],
  aws_lb_listener_certificate: [{ attribute: 'listener_arn', of: ['aws_lb_listener'] }],
  aws_macie2_organization_admin_account: [],
  aws_organizations_account: [],
  aws_organizations_aws_service_access: [],
  aws_organizations_delegated_administrator: [],
  aws_organizations_organization: [],
  aws_organizations_organizational_unit: [],
  aws_organizations_policy: [],
  aws_organizations_policy_attachment: [
    { attribute: 'policy_id', of: ['aws_organizations_policy'] },
    { attribute: 'target_id', of: [UNIT, ACCOUNT] },
  ],
  aws_ram_sharing_with_organization: [],
  aws_secretsmanager_secret: [],
  aws_securityhub_organization_admin_account: [],
  aws_ssoadmin_trusted_token_issuer: [],
};

const TYPES = Object.keys(SAFEGUARDS);

/** What an attribute may name besides a whole. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  parent_id: [UNIT, ORGANIZATION],
  account_id: [ACCOUNT],
  admin_account_id: [ACCOUNT],
};

const gone = (fate: Resource['fate']): boolean => fate !== 'kept' && fate !== 'recreated';

const wholesOf = (world: World, resource: Resource): Resource[] =>
  (SAFEGUARDS[resource.type] ?? [])
    .map(({ attribute, of, keys }) => world.target(resource, attribute, of, keys))
    .filter((whole) => whole !== undefined);

/** A lasting name for what an attribute names, the same whether its id is known yet or not. */
function identify(world: World, resource: Resource, attribute: string): Value {
  const value = resource.get(attribute);
  return world.identify(resource, attribute, NAMED[attribute] ?? []) ?? (isUnknown(value) ? value : null);
}

const typeAt = (world: World, address: string): string => world.at(address)?.type ?? '';

/** All that can be asked of one resource on one side: its attributes and what stands around it. */
const factsOf = (world: World, resource: Resource): Facts =>
  lazily((key): Fact => {
    if (key === 'asJson') return lazily((attribute) => resource.document(attribute));
    if (key === 'identifies') return lazily((attribute) => identify(world, resource, attribute));
    if (key === 'refersTo')
      return lazily((attribute) => resource.references(attribute).map(({ address }) => typeAt(world, address)));
    if (key === 'isNew') return resource.action === 'create' || resource.action === 'replace';
    if (key !== 'whole') return resource.get(key);
    const [whole] = wholesOf(world, resource);
    return whole ? factsOf(world, whole) : null;
  });

const ABSENT: Facts = { asJson: {}, identifies: {}, refersTo: {}, whole: null };

interface Pair {
  readonly before: Resource | undefined;
  readonly after: Resource | undefined;
}

function fateOf({ before, after }: Pair): string {
  if (!before) return 'created';
  return before.fate === 'kept' && !after ? 'destroyed' : before.fate;
}

const READINGS = new Set<string | number | undefined>(['asJson', 'identifies', 'refersTo']);

/** Below `was` and `now` whatever the provider marks; the rest comes from several resources and is shown by name only. */
const hides =
  ({ before, after }: Pair) =>
  ([side, ...path]: readonly (string | number)[]): boolean => {
    if (side === 'others' || path[0] === 'whole') return path.length > 1;
    const attribute = READINGS.has(path[0]) ? path.slice(1) : path;
    const resource = side === 'was' ? before : side === 'now' ? after : undefined;
    return attribute.length > 0 && resource?.isSensitive(...attribute) === true;
  };

function subjectsOf(worlds: Worlds, pair: Pair, usersOf: (certificate: Resource) => readonly string[]): Subject[] {
  const { before, after } = pair;
  const told = after ?? before;
  if (!told) return [];
  if (before && !after && wholesOf(worlds.before, before).some(({ fate }) => gone(fate))) return [];
  const was = before ? factsOf(worlds.before, before) : ABSENT;
  const now = after ? factsOf(worlds.after, after) : ABSENT;
  const othersOf = (): Fact[] =>
    worlds.after
      .resources(told.type)
      .filter(({ identity }) => identity !== told.identity)
      .map((other) => factsOf(worlds.after, other));
  return [
    {
      id: told.identity,
      object: {
        type: told.type,
        name: told.address,
        fate: fateOf(pair),
        was,
        now,
        get others() {
          return othersOf();
        },
        usedBy: before ? usersOf(before) : [],
      },
      address: told.address,
      previousAddress: told.previousAddress,
      resourceType: told.type,
      causes: [{ address: told.address, path: [] }],
      touched: before?.touched === true || after?.touched === true,
      sensitive: hides(pair),
    },
  ];
}

/** The same as it stood: nothing happens to it. */
const unchanged = (worlds: Worlds, resource: Resource): Subject => {
  const facts = factsOf(worlds.before, resource);
  const { address, type, identity, touched, previousAddress } = resource;
  return {
    id: identity,
    object: { type, name: address, fate: 'kept', was: facts, now: facts, others: [], usedBy: [] },
    address,
    previousAddress,
    resourceType: type,
    causes: [{ address, path: [] }],
    touched,
    sensitive: hides({ before: resource, after: resource }),
  };
};

/**
 * A resource that policies judge by what the plan does to it, whatever that is: made, changed, replaced, destroyed or
 * forgotten. It stands after the plan even when it is gone, so that one expression tells all of that.
 */
export const safeguard: SubjectKind = {
  name: 'safeguard',
  description:
    'A setting, account, identity provider, role, secret or certificate with what the plan does to it. It stands after the plan also when it is gone.',
  attributes: {
    type: 'its resource type',
    name: 'its address',
    fate: '`created`, `kept`, `replaced`, `recreated`, `destroyed` or `forgotten`',
    was: 'its attributes before the plan (all absent when it is created), with those below',
    now: 'its attributes after the plan (all absent when it is gone); below both: `asJson.<attribute>`, `identifies.<attribute>` (a lasting name of what it names), `refersTo.<attribute>` (types of resources in its expression), `whole` (what it is a part of), `isNew`',
    others: 'attributes of the other resources of its type after the plan',
    usedBy: 'addresses of what uses the certificate after the plan although it goes',
  },
  attributeTypes: { type: 'string', name: 'string', fate: 'string', others: 'list', usedBy: 'list' },
  types: TYPES,
  build(worlds, { audit }) {
    const { before, after } = worlds;
    const isJudged = (pair: Pair): boolean => audit || pair.before?.touched === true || pair.after?.touched === true;
    const usersOf = certificateUsers(after);
    const [old, current] = [before.resources(...TYPES), after.resources(...TYPES)];
    const byIdentity = new Map(current.map((resource) => [resource.identity, resource]));
    const known = new Set(old.map(({ identity }) => identity));
    const pairs = [
      ...old.map((resource): Pair => ({ before: resource, after: byIdentity.get(resource.identity) })),
      ...current
        .filter(({ identity }) => !known.has(identity))
        .map((resource): Pair => ({ before: undefined, after: resource })),
    ].filter(isJudged);
    return {
      before: pairs.flatMap((pair) => (pair.before ? [unchanged(worlds, pair.before)] : [])),
      after: pairs.flatMap((pair) => subjectsOf(worlds, pair, usersOf)),
    };
  },
  fromExample({ was, now, ...rest }) {
    const facts = (value: Value | undefined): Facts =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value)
        ? { ...ABSENT, ...(withUnknowns(value) as Facts) }
        : ABSENT;
    const { type = '', fate = 'kept', others = [], usedBy = [] } = rest;
    const kept = fate === 'kept' ? (was ?? now) : was;
    return {
      type,
      name: `${strings([type])[0] ?? ''}.example`,
      fate,
      was: facts(kept),
      now: facts(now),
      others: withUnknowns(others),
      usedBy,
    };
  },
};
