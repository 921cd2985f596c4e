import { Unknown } from '../../src/plan/value.ts';
import type { Value } from '../../src/plan/value.ts';
import type { Fact, Facts, FactValue, Subject, SubjectKind } from '../../src/subjects/subject.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { exampleFacts } from '../../src/subjects/example.ts';

/** A small typed fact, as the network kinds have them. */
export const portSet = (
  ...ports: number[]
): FactValue & { coversAny(list: readonly number[]): boolean; count(): number } => ({
  fact: 'PortSet',
  coversAny: (list) => list.some((port) => ports.includes(port)),
  count: () => ports.length,
  toString: () => `tcp/${ports.join(',')}`,
});

export const addressSet = (world: boolean | Unknown): FactValue & { isWorld(): boolean | Unknown } => ({
  fact: 'AddressSet',
  isWorld: () => world,
  toString: () => (world instanceof Unknown ? '(known after apply)' : world ? '0.0.0.0/0' : '10.0.0.0/8'),
});

/** A door with ports: direction and source are always there, the rest may be absent. */
export const doorKind: SubjectKind = {
  name: 'door',
  description: 'A door.',
  attributes: {
    direction: 'in or out',
    ports: 'ports',
    source: 'who',
    names: 'names',
    label: 'text or absent',
    locks: 'how many',
    secret: 'the code',
  },
  attributeTypes: { direction: 'string', ports: 'PortSet', source: 'AddressSet' },
  facts: {
    PortSet: { 'coversAny(list): bool': 'one of them', 'count(): int': 'how many' },
    AddressSet: { 'isWorld(): bool': 'everyone' },
  },
  hidden: ['secret'],
  types: ['door'],
  build: () => ({ before: [], after: [] }),
  fromExample: (example): Facts => door(exampleFacts({}, example)),
};

/** Facts of a door: open SSH to the world unless said otherwise. */
export function door(some: { readonly [key: string]: Fact } = {}): Facts {
  const { ports, world, ...rest } = some;
  return {
    direction: 'ingress',
    ports: portSet(...(typeof ports === 'number' ? [ports] : [22])),
    source: addressSet(world instanceof Unknown ? world : world !== false),
    ...rest,
  };
}

export const subject = (id: string, object: Facts, some: Partial<Subject> = {}): Subject => ({
  id,
  object,
  address: `door.${id}`,
  resourceType: 'door',
  causes: [],
  touched: true,
  ...some,
});

export const policy = (some: Partial<Policy> = {}): Policy => ({
  id: 'door/open',
  title: 'Door is open',
  severity: 'high',
  severities: [],
  subject: ['door'],
  profile: 'recommended',
  related: {},
  on: 'present',
  bad: 'object.source.isWorld()',
  message: '{object.ports} is open to {object.source}',
  evidence: {},
  concern: null,
  rank: 0,
  why: 'Anyone can walk in.',
  fix: 'Close it.',
  references: [],
  seeds: [],
  examples: { bad: [], good: [], undetermined: [] },
  file: 'policies/door/open.yaml',
  ...some,
});

export type { Value };
