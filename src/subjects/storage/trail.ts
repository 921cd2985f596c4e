import type { Cause } from '../../finding/finding.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, Worlds } from '../../world/world.ts';
import { bucketOf } from './bucket-parts.ts';
import { exampleFacts, withUnknowns } from '../example.ts';
import type { Facts, Subject, SubjectKind, World } from '../subject.ts';
import { eventCoverage } from './trail-events.ts';
import type { EventCoverage } from './trail-events.ts';

const FACTS = {
  EventCoverage: {
    'covers(EventCoverage): bool': 'True when everything that the other records is recorded too.',
    'missingFrom(EventCoverage): list<string>': 'What the other records and this does not.',
    'missesOnlyMinor(EventCoverage): bool':
      'True when only high-volume sources or data events of named resources are missing.',
  },
};

const DEFAULTS: Facts = {
  name: 'example',
  title: 'trail example',
  becomes: null,
  logging: true,
  multi_region: true,
  log_file_validation: true,
  global_events: true,
  organization: false,
  covered: false,
};

/** A CloudTrail trail, which knows whether another trail does its work. */
export const trail: SubjectKind = {
  name: 'trail',
  description: 'One CloudTrail trail.',
  attributes: {
    name: 'Its name; its address while the name is not known.',
    title: 'What people call it, e.g. `trail audit`.',
    becomes: 'Its name after the plan when that is another one, else null.',
    logging: 'True when it records.',
    multi_region: 'True when it records every region.',
    log_file_validation: 'True when it writes digests that prove that logs were not changed.',
    global_events: 'True when it records global services such as IAM.',
    organization: 'True when it records every account of the organization.',
    coverage: 'Which events it records.',
    covered: 'True when another trail that stands after the plan records all that this one does.',
  },
  attributeTypes: {
    name: 'string',
    title: 'string',
    logging: 'bool',
    multi_region: 'bool',
    log_file_validation: 'bool',
    global_events: 'bool',
    organization: 'bool',
    coverage: 'EventCoverage',
    covered: 'bool',
  },
  facts: FACTS,
  types: ['aws_cloudtrail'],
  build(worlds) {
    const sides = { before: trailsOf(worlds.before), after: trailsOf(worlds.after) };
    const lost = lostBuckets(worlds);
    const working = sides.after.filter(({ resource }) => !losesDeliveries(resource, worlds.after, lost));
    const covered = (one: Trail): boolean => working.some((other) => other.id !== one.id && standsIn(other, one));
    return {
      before: sides.before.map((one) => toSubject(one, covered(one), newNameOf(one, sides.after))),
      after: sides.after.map((one) => toSubject(one, covered(one), null)),
    };
  },
  fromExample: (example) => withCoverage(exampleFacts(DEFAULTS, example), example),
};

/** An event data store of CloudTrail Lake, as far as it records events. */
export const eventDataStore: SubjectKind = {
  name: 'event-data-store',
  description: 'One event data store of CloudTrail Lake.',
  attributes: {
    name: 'Its name; its address while the name is not known.',
    title: 'What people call it, e.g. `event data store audit`.',
    coverage: 'Which events it records.',
  },
  attributeTypes: { name: 'string', title: 'string', coverage: 'EventCoverage' },
  facts: FACTS,
  types: ['aws_cloudtrail_event_data_store'],
  build({ before, after }) {
    return { before: dataStores(before), after: dataStores(after) };
  },
  fromExample: (example) =>
    withCoverage(exampleFacts({ name: 'example', title: 'event data store example' }, example), example),
};

/** Examples write selectors as Terraform does. */
const withCoverage = (facts: Facts, example: { readonly [key: string]: Value }): Facts => ({
  ...facts,
  coverage: eventCoverage(
    withUnknowns(example['event_selector'] ?? null),
    withUnknowns(example['advanced_event_selector'] ?? null),
  ),
});

/** A trail on one side, with its settings read. */
interface Trail {
  readonly id: string;
  readonly resource: Resource;
  readonly facts: { readonly [key: string]: Value };
  readonly coverage: EventCoverage;
}

const SETTINGS = {
  logging: 'enable_logging',
  multi_region: 'is_multi_region_trail',
  log_file_validation: 'enable_log_file_validation',
  global_events: 'include_global_service_events',
  organization: 'is_organization_trail',
} as const;

/** What an argument means when nobody sets it. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudtrail */
const ON_BY_DEFAULT: readonly string[] = ['enable_logging', 'include_global_service_events'];

const setting = (resource: Resource, argument: string): Value =>
  resource.get(argument) ?? ON_BY_DEFAULT.includes(argument);

const trailsOf = (world: World): Trail[] =>
  world.resources('aws_cloudtrail').map((resource) => ({
    id: resource.identity,
    resource,
    facts: Object.fromEntries(Object.entries(SETTINGS).map(([name, argument]) => [name, setting(resource, argument)])),
    coverage: coverageOf(resource),
  }));

const coverageOf = (resource: Resource): EventCoverage =>
  eventCoverage(resource.get('event_selector'), resource.get('advanced_event_selector'));

/** True when `other` surely records everything that `one` does. */
function standsIn(other: Trail, one: Trail): boolean {
  const wider = (name: keyof typeof SETTINGS): boolean => other.facts[name] === true || one.facts[name] === false;
  return (
    other.facts['logging'] === true &&
    wider('organization') &&
    wider('global_events') &&
    sameRegions(other, one) &&
    other.coverage.covers(one.coverage) === true
  );
}

function sameRegions(other: Trail, one: Trail): boolean {
  if (other.facts['multi_region'] === true) return true;
  const [region, wanted] = [other.resource.get('home_region'), one.resource.get('home_region')];
  return one.facts['multi_region'] === false && region === wanted && typeof region === 'string';
}

/** The buckets that are gone after the plan, by identity and by name: what a trail sends there is lost. */
const lostBuckets = ({ before }: Worlds): ReadonlySet<Value> =>
  new Set(
    before
      .resources('aws_s3_bucket')
      .filter(({ fate }) => fate === 'destroyed')
      .flatMap((bucket) => [bucket.identity, bucket.get('bucket')]),
  );

const losesDeliveries = (trail: Resource, after: World, lost: ReadonlySet<Value>): boolean =>
  lost.has(bucketOf(after, trail, 's3_bucket_name') ?? null);

/** A trail that is replaced may get another name. */
function newNameOf({ id, resource }: Trail, after: readonly Trail[]): Value {
  const now = after.find((one) => one.id === id);
  const name = now && shownName(now.resource);
  return name === undefined || name === shownName(resource) ? null : name;
}

function shownName(resource: Resource): string | undefined {
  const name = resource.get('name');
  return typeof name === 'string' && !resource.isSensitive('name') ? name : undefined;
}

const nameOf = (resource: Resource): string => shownName(resource) ?? resource.address;

function toSubject({ id, resource, facts, coverage }: Trail, covered: boolean, becomes: Value): Subject {
  const name = nameOf(resource);
  return {
    ...common(resource),
    id,
    object: { ...facts, name, title: `trail ${name}`, becomes, coverage, covered },
    aspects: Object.fromEntries(
      Object.entries({ ...SETTINGS, coverage: 'event_selector' }).map(([fact, argument]) => [
        fact,
        aspect(resource, argument),
      ]),
    ),
  };
}

const dataStores = (world: World): Subject[] =>
  world.resources('aws_cloudtrail_event_data_store').map((resource) => ({
    ...common(resource),
    id: resource.identity,
    object: {
      name: nameOf(resource),
      title: `event data store ${nameOf(resource)}`,
      coverage: coverageOf(resource),
    },
    aspects: { coverage: aspect(resource, 'advanced_event_selector') },
  }));

const common = (
  resource: Resource,
): Pick<Subject, 'address' | 'previousAddress' | 'resourceType' | 'causes' | 'touched' | 'fate' | 'sensitive'> => ({
  address: resource.address,
  previousAddress: resource.previousAddress,
  resourceType: resource.type,
  causes: [{ address: resource.address, path: [] }],
  touched: resource.touched,
  fate: resource.fate,
  sensitive: hidesSelectors(resource) ? ([fact]) => fact === 'coverage' : undefined,
});

const hidesSelectors = (resource: Resource): boolean =>
  ['event_selector', 'advanced_event_selector'].some((argument) => resource.isSensitive(argument));

function aspect({ address, type }: Resource, argument: string): NonNullable<Subject['aspects']>[string] {
  const causes: Cause[] =
    argument === 'event_selector'
      ? [
          { address, path: [argument] },
          { address, path: ['advanced_event_selector'] },
        ]
      : [{ address, path: [argument] }];
  return { address, resourceType: type, attribute: argument, causes };
}
