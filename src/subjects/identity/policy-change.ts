import { access, guardrail } from './access.ts';
import { POLICY_SERVICES } from '../../aws/resource-policies.ts';
import { allPolicies } from './effective-policy.ts';
import { newUsersOf } from './key-policy-users.ts';
import { exampleFacts } from './subject-facts.ts';
import type { Sides } from './subject-sides.ts';
import type { Worlds } from '../../world/world.ts';
import type { BuildOptions, Fact, Facts, Subject, SubjectKind } from '../subject.ts';

const DEFAULTS: Facts = {
  name: 'Key data',
  kind: 'kms',
  isResourcePolicy: true,
  gains: false,
  added: '',
  loses: false,
  losesDeny: false,
  lost: '',
  keys: [],
  newUsers: '',
};

/** What is gained and what is lost of one thing, told where the loss stands: a gain is easier to see. */
function join(gained: Subject, lost: Subject): Subject {
  const [place, other] =
    gained.object['gains'] !== false && lost.object['loses'] === false ? [gained, lost] : [lost, gained];
  const hides = gained.sensitive ?? lost.sensitive;
  return {
    ...place,
    object: {
      ...gained.object,
      ...onlyLost(lost.object),
      isResourcePolicy: isService(gained.object['kind']),
      newUsers: '',
    },
    causes: [...place.causes, ...other.causes],
    sensitive: hides && ((path) => hides(path) || path[0] === 'newUsers'),
  };
}

const onlyLost = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => name in guardrail.attributes));

const isService = (kind: Fact | undefined): boolean => typeof kind === 'string' && POLICY_SERVICES.has(kind);

function joined(gained: readonly Subject[], lost: readonly Subject[]): readonly Subject[] {
  const losing = new Map(lost.map((subject) => [subject.id, subject]));
  return gained.flatMap((subject) => {
    const other = losing.get(subject.id);
    return other ? [join(subject, other)] : [];
  });
}

const known = new WeakMap<Worlds, Sides>();

function build(worlds: Worlds, options: BuildOptions): Sides {
  const [gained, lost] = [access.build(worlds, options), guardrail.build(worlds, options)];
  const keys = new Map(allPolicies(worlds).flatMap((policy) => (policy.kind === 'kms' ? [[policy.id, policy]] : [])));
  const withUsers = (subject: Subject): Subject => {
    const key = keys.get(subject.id);
    return key ? { ...subject, object: { ...subject.object, newUsers: newUsersOf(key.before, key.after) } } : subject;
  };
  return { before: joined(gained.before, lost.before), after: joined(gained.after, lost.after).map(withUsers) };
}

/** Both halves of a comparison, for what is weakened either way: access kinds tell one half each. */
export const policyChange: SubjectKind = {
  name: 'policy-change',
  description:
    'What one principal or one policy newly allows, and which Deny and conditions it loses, both together; judged with `on: changed`.',
  attributes: {
    ...access.attributes,
    ...guardrail.attributes,
    isResourcePolicy: 'it is the policy of a bucket, key, queue or another resource',
    newUsers:
      'what the policy of a key newly allows to principals by name, whose account it lets decide through IAM already',
  },
  attributeTypes: {
    ...access.attributeTypes,
    ...guardrail.attributeTypes,
    isResourcePolicy: 'bool',
    newUsers: 'string',
  },
  types: access.types,
  build: (worlds, options) => {
    const found = known.get(worlds) ?? build(worlds, options);
    known.set(worlds, found);
    return found;
  },
  fromExample: exampleFacts(DEFAULTS),
};
