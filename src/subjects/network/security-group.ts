import { TrafficSet } from '../../aws/traffic-set.ts';
import type { Worlds } from '../../world/world.ts';
import { exampleFacts, withUnknowns } from '../example.ts';
import { NETWORK_FACTS, trafficFromExample } from './network-facts.ts';
import { securityGroups } from './security-group-index.ts';
import { hidden } from './security-group-rule.ts';
import type { Direction, Rule } from './security-group-rule.ts';
import { DIRECTIONS, RULE_TYPES, byWeight } from './security-group-rules.ts';
import type { Group, GroupPair } from './security-group-rules.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';

/** One direction of a security group as a whole: everything it lets through, whichever resources say so. */
export const securityGroup: SubjectKind = {
  name: 'security-group',
  description: 'One direction of a security group with all its rules, wherever they are written.',
  attributes: {
    group: 'address or id of the security group',
    isDefault: "true for the VPC's default group",
    direction: '`ingress` or `egress`',
    traffic: 'everything the group lets through in this direction',
  },
  attributeTypes: { group: 'string', isDefault: 'bool', direction: 'string', traffic: 'TrafficSet' },
  facts: NETWORK_FACTS,
  types: RULE_TYPES,
  build,
  fromExample,
};

function build(worlds: Worlds, options: BuildOptions): { before: Subject[]; after: Subject[] } {
  const pairs = securityGroups(worlds, options.audit);
  return {
    before: pairs.flatMap((pair) => (pair.before ? subjectsOf(pair, pair.before, pair.after) : [])),
    after: pairs.flatMap((pair) => (pair.after ? subjectsOf(pair, pair.after, pair.before) : [])),
  };
}

const subjectsOf = (pair: GroupPair, group: Group, other: Group | undefined): Subject[] =>
  DIRECTIONS.map((direction) => subjectOf(pair, group, other, direction));

function subjectOf(pair: GroupPair, group: Group, other: Group | undefined, direction: Direction): Subject {
  const rules = rulesOf(group, direction);
  const weighty = rules.length < 2 ? rules : rules.toSorted(byWeight);
  const main = weighty[0]?.resource ?? group.resource ?? other?.rules[0]?.resource;
  return {
    id: `${pair.id}|${direction}`,
    object: {
      group: group.resource?.address ?? pair.id,
      isDefault: group.isDefault,
      direction,
      traffic: new TrafficSet(rules, direction === 'egress' ? 'to' : 'from'),
    },
    address: main?.address ?? pair.id,
    previousAddress: main?.previousAddress,
    resourceType: main?.type ?? 'aws_security_group',
    attribute: weighty[0]?.cause.path.filter((step) => typeof step === 'string').join('.'),
    causes: weighty.map(({ cause }) => cause),
    touched: pair.touched,
    fate: group.resource?.fate,
    merge: pair.id,
    sensitive: hidden([...rules, ...(other ? rulesOf(other, direction) : [])], { source: 'traffic', ports: 'traffic' }),
  };
}

const rulesOf = (group: Group, direction: Direction): readonly Rule[] =>
  group.rules.filter((rule) => rule.direction === direction);

const DEFAULTS: Facts = { group: 'aws_security_group.example', isDefault: false, direction: 'ingress' };

function fromExample(example: Parameters<SubjectKind['fromExample']>[0]): Facts {
  const traffic = withUnknowns(example['traffic'] ?? null);
  return { ...exampleFacts(DEFAULTS, example), traffic: trafficFromExample(traffic, example['direction'] ?? null) };
}
