import type { Cause } from '../../finding/finding.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, Worlds } from '../../world/world.ts';
import { bucketOf } from './bucket-parts.ts';
import { exampleFacts, withUnknowns } from '../example.ts';
import type { Facts, Fate, Subject, SubjectKind, World } from '../subject.ts';
import { eventCoverage } from './trail-events.ts';
import type { EventCoverage } from './trail-events.ts';
import { LINK_ARGUMENTS, LINKS, linksOf, NO_LINKS } from './trail-links.ts';

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
  global_elsewhere: false,
  objects_recorded: false,
  ...NO_LINKS,
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
    global_elsewhere: 'True when another trail that stands after the plan records global services.',
    objects_recorded: 'True when a trail of the plan records what is done with objects in S3.',
    ...LINKS,
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
    global_elsewhere: 'bool',
    objects_recorded: 'bool',
    insights: 'list',
  },
  facts: FACTS,
  types: ['aws_cloudtrail'],
  build(worlds) {
    const sides = { before: trailsOf(worlds.before), after: trailsOf(worlds.after) };
    const lost = lostBuckets(worlds);
    const working = sides.after.filter(({ resource }) => !losesDeliveries(resource, worlds.after, lost));
    const around = (one: Trail, side: 'before' | 'after'): Facts => {
      const others = working.filter((other) => other.id !== one.id);
      return {
        covered: others.some((other) => standsIn(other, one)),
        global_elsewhere: others.some((other) => recordsGlobally(other, one)),
        objects_recorded: sides[side].some(({ coverage }) => coverage.recordsObjects()),
        ...linksOf(one.resource, worlds[side], worlds),
      };
    };
    return {
      before: sides.before.map((one) => toSubject(one, around(one, 'before'), newNameOf(one, sides.after))),
      after: sides.after.map((one) => toSubject(one, around(one, 'after'), null)),
    };
  },
  fromExample: (example) => withCoverage(exampleFacts(DEFAULTS, example), example),
};

const STORE = 'aws_cloudtrail_event_data_store';

const STORE_FACTS = {
  fate: 'What the plan does to it: `kept`, `replaced`, `recreated`, `destroyed` or `forgotten`; `kept` before the plan.',
  protected: 'True when nobody can delete it before the protection is switched off.',
  retention_days: 'For how many days it keeps events.',
  every_region: 'True when it records every region.',
  organization: 'True when it records every account of the organization.',
  suspended: 'True when it takes in no new events.',
};

const STORE_DEFAULTS: Facts = {
  fate: 'kept',
  protected: true,
  retention_days: 2555,
  every_region: true,
  organization: false,
  suspended: false,
};

/** An event data store of CloudTrail Lake. It stands after the plan even when it is deleted. */
export const eventDataStore: SubjectKind = {
  name: 'event-data-store',
  description: 'One event data store of CloudTrail Lake.',
  attributes: {
    name: 'Its name; its address while the name is not known.',
    title: 'What people call it, e.g. `event data store audit`.',
    coverage: 'Which events it records.',
    ...STORE_FACTS,
  },
  attributeTypes: { name: 'string', title: 'string', coverage: 'EventCoverage', fate: 'string' },
  facts: FACTS,
  types: [STORE],
  build({ before, after }) {
    const [old, now] = [before.resources(STORE), after.resources(STORE)];
    const fates = new Map(old.map(({ identity, fate }) => [identity, fate]));
    const gone = old.filter(({ identity }) => !now.some((resource) => resource.identity === identity));
    return {
      before: old.map((resource) => dataStore(resource, 'kept')),
      after: [...now, ...gone].map((resource) => dataStore(resource, fates.get(resource.identity) ?? 'kept')),
    };
  },
  fromExample: (example) =>
    withCoverage(
      exampleFacts({ name: 'example', title: 'event data store example', ...STORE_DEFAULTS }, example),
      example,
    ),
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

/** True when `other` surely records the global services for as many accounts as `one`. */
const recordsGlobally = (other: Trail, one: Trail): boolean =>
  other.facts['logging'] === true &&
  other.facts['global_events'] === true &&
  (other.facts['organization'] === true || one.facts['organization'] === false);

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

function toSubject({ id, resource, facts, coverage }: Trail, around: Facts, becomes: Value): Subject {
  const name = nameOf(resource);
  return {
    ...common(resource),
    id,
    object: { ...facts, name, title: `trail ${name}`, becomes, coverage, ...around },
    aspects: Object.fromEntries(
      Object.entries({ ...SETTINGS, ...LINK_ARGUMENTS, coverage: 'event_selector' }).map(([fact, argument]) => [
        fact,
        aspect(resource, argument),
      ]),
    ),
  };
}

const dataStore = (resource: Resource, fate: Fate): Subject => ({
  ...common(resource),
  fate: undefined,
  id: resource.identity,
  object: {
    name: nameOf(resource),
    title: `event data store ${nameOf(resource)}`,
    coverage: coverageOf(resource),
    fate,
    protected: resource.get('termination_protection_enabled') ?? true,
    retention_days: resource.get('retention_period') ?? STORE_DEFAULTS['retention_days'] ?? null,
    every_region: resource.get('multi_region_enabled') ?? true,
    organization: resource.get('organization_enabled') ?? false,
    suspended: isSuspended(resource.get('suspend')),
  },
  aspects: { coverage: aspect(resource, 'advanced_event_selector') },
});

/** The provider takes it as a text. */
const isSuspended = (value: Value): Value => (isUnknown(value) ? value : value === true || value === 'true');

const common = (
  resource: Resource,
): Pick<Subject, 'address' | 'previousAddress' | 'resourceType' | 'causes' | 'touched' | 'fate' | 'sensitive'> => ({
  address: resource.address,
  previousAddress: resource.previousAddress,
  resourceType: resource.type,
  causes: [{ address: resource.address, path: [] }],
  touched: resource.touched,
  fate: resource.fate,
  sensitive: ([fact]) => (fact === 'coverage' ? hidesSelectors(resource) : hidesLink(resource, String(fact))),
});

const hidesLink = (resource: Resource, fact: string): boolean =>
  Object.entries(LINK_ARGUMENTS).some(([link, argument]) => link === fact && resource.isSensitive(argument));

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
