import { Unknown, blocks, isKnown, strings } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import { groupBy } from '../../aws/group-by.ts';
import type { FactValue } from '../subject.ts';

/** One kind of event that a trail records. */
export interface Recorded {
  readonly category: string;
  readonly access: 'read' | 'write';
  /** Services whose events are left out, e.g. `kms.amazonaws.com`. */
  readonly excluded: readonly string[];
  /** Data events only: CloudFormation type, and the beginning of the ARN ('' is every resource). */
  readonly type: string;
  readonly arn: string;
  /** Other fields that narrow it, in one spelling; '' when there are none. */
  readonly narrowed: string;
}

type Block = { readonly [key: string]: Value };

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

const ALL_MANAGEMENT: readonly Recorded[] = (['read', 'write'] as const).map((access) => ({
  category: 'management',
  access,
  excluded: [],
  type: '',
  arn: '',
  narrowed: '',
}));

/** Sources that teams leave out for their volume; losing only these is milder (semantics 8.5). */
const HIGH_VOLUME: readonly string[] = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];

/** Which events a trail or an event data store records, compared by what they cover and not by how they are written. */
export class EventCoverage implements FactValue {
  readonly fact = 'EventCoverage';
  readonly recorded: readonly Recorded[];
  readonly unknown: Unknown | undefined;

  constructor(recorded: readonly Recorded[], unknown?: Unknown) {
    this.recorded = recorded;
    this.unknown = unknown;
  }

  /** True when everything that `other` records is recorded here too. */
  covers(other: EventCoverage): boolean | Unknown {
    return this.unknown ?? other.unknown ?? missing(this, other).length === 0;
  }

  /** What `other` records and this does not, for people. */
  missingFrom(other: EventCoverage): string[] | Unknown {
    return this.unknown ?? other.unknown ?? describeAll(missing(this, other));
  }

  /** True when all that is missing are high-volume sources or data events of named resources. */
  missesOnlyMinor(other: EventCoverage): boolean | Unknown {
    return this.unknown ?? other.unknown ?? missing(this, other).every((one) => isMinor(this, one));
  }

  /** True when it surely records what is done with objects in S3. */
  recordsObjects(): boolean {
    return this.recorded.some(({ category, type }) => category === 'data' && type === 'AWS::S3::Object');
  }

  toString(): string {
    if (this.unknown) return '(known after apply)';
    return this.recorded.length === 0 ? 'no events' : describeAll(this.recorded).join(', ');
  }
}

const missing = (by: EventCoverage, other: EventCoverage): Recorded[] =>
  other.recorded.filter((wanted) => !by.recorded.some((one) => includes(one, wanted)));

const includes = (outer: Recorded, inner: Recorded): boolean =>
  sameEvents(outer, inner) &&
  outer.excluded.every((source) => inner.excluded.includes(source)) &&
  inner.arn.startsWith(outer.arn);

const sameEvents = (a: Recorded, b: Recorded): boolean =>
  a.category === b.category &&
  a.access === b.access &&
  a.type === b.type &&
  (a.narrowed === '' || a.narrowed === b.narrowed);

const isMinor = (by: EventCoverage, lost: Recorded): boolean =>
  lost.arn !== '' ||
  by.recorded.some((one) =>
    includes({ ...one, excluded: one.excluded.filter((source) => !HIGH_VOLUME.includes(source)) }, lost),
  );

/** Reads and writes of the same are told together: `management events`. */
function describeAll(all: readonly Recorded[]): string[] {
  const kinds = groupBy(all, (one) => describe({ ...one, access: undefined }));
  return [...kinds.values()].flatMap((alike) => {
    const [first] = alike;
    const isBoth = new Set(alike.map(({ access }) => access)).size === 2;
    return first ? [describe(isBoth ? { ...first, access: undefined } : first)] : [];
  });
}

type Described = Omit<Recorded, 'access'> & { readonly access: Recorded['access'] | undefined };

function describe({ category, access, excluded, type, arn, narrowed }: Described): string {
  const events = access === undefined ? 'events' : `${access} events`;
  const of = type === '' ? '' : ` of ${arn === '' ? `every ${type}` : arn}`;
  const without = excluded.length === 0 ? '' : ` without ${excluded.join(', ')}`;
  return `${category} ${events}${of}${without}${narrowed === '' ? '' : ` where ${narrowed}`}`;
}

/** Reads the selectors of a trail. Without any a trail records all management events and no data events. */
export function eventCoverage(basic: Value, advanced: Value): EventCoverage {
  if (!isKnown(basic) || !isKnown(advanced)) return new EventCoverage([], new Unknown());
  const [simple, fine] = [blocks(basic), blocks(advanced)];
  if (simple.length + fine.length === 0) return new EventCoverage(ALL_MANAGEMENT);
  return new EventCoverage([...simple.flatMap(fromBasic), ...fine.flatMap(fromAdvanced)]);
}

const ACCESS: Readonly<Record<string, readonly ('read' | 'write')[]>> = { ReadOnly: ['read'], WriteOnly: ['write'] };

function fromBasic(selector: Block): Recorded[] {
  const accesses = ACCESS[textOf(selector['read_write_type'])] ?? ['read', 'write'];
  const excluded = strings(selector['exclude_management_event_sources'] ?? []);
  const named = blocks(selector['data_resource']).flatMap((resource) =>
    strings(resource['values'] ?? []).map((arn) => ({ type: textOf(resource['type']), arn: everyArn(arn) })),
  );
  return accesses.flatMap((access) => [
    ...(selector['include_management_events'] === false
      ? []
      : [{ category: 'management', access, excluded, type: '', arn: '', narrowed: '' }]),
    ...named.map((data): Recorded => ({ category: 'data', access, excluded: [], narrowed: '', ...data })),
  ]);
}

/** `arn:aws:s3` and `arn:aws:lambda` stand for every resource of the type. */
const everyArn = (arn: string): string => (/^arn:aws[a-z-]*:[a-z0-9]+:*$/.test(arn) ? '' : arn);

function fromAdvanced(selector: Block): Recorded[] {
  const fields = blocks(selector['field_selector']);
  const equalsOf = (name: string): string[] =>
    fields.filter((field) => field['field'] === name).flatMap((field) => strings(field['equals'] ?? []));
  const category = (equalsOf('eventCategory')[0] ?? 'Management').toLowerCase();
  const readOnly = equalsOf('readOnly')[0];
  const excluded = fields
    .filter((field) => field['field'] === 'eventSource')
    .flatMap((field) => strings(field['not_equals'] ?? []));
  const arns = fields
    .filter((field) => field['field'] === 'resources.ARN')
    .flatMap((field) => strings([...strings(field['equals'] ?? []), ...strings(field['starts_with'] ?? [])]));
  const accesses =
    readOnly === 'true'
      ? (['read'] as const)
      : readOnly === 'false'
        ? (['write'] as const)
        : (['read', 'write'] as const);
  const types = equalsOf('resources.type');
  return accesses.flatMap((access) =>
    (types.length ? types : ['']).flatMap((type) =>
      (arns.length ? arns : ['']).map((arn): Recorded => ({
        category,
        access,
        excluded,
        type,
        arn: everyArn(arn),
        narrowed: narrowing(fields),
      })),
    ),
  );
}

const UNDERSTOOD: Readonly<Record<string, readonly string[]>> = {
  eventCategory: ['equals'],
  readOnly: ['equals'],
  eventSource: ['not_equals'],
  'resources.type': ['equals'],
  'resources.ARN': ['equals', 'starts_with'],
};

const OPERATORS = ['equals', 'not_equals', 'starts_with', 'not_starts_with', 'ends_with', 'not_ends_with'] as const;

/** The field selectors that the model above has no place for, in one spelling. */
function narrowing(fields: readonly Block[]): string {
  const rest = fields.flatMap((field) => {
    const name = textOf(field['field']);
    return OPERATORS.filter(
      (operator) => !UNDERSTOOD[name]?.includes(operator) && strings(field[operator] ?? []).length > 0,
    ).map(
      (operator) =>
        `${name} ${operator} ${strings(field[operator] ?? [])
          .toSorted()
          .join('|')}`,
    );
  });
  return rest.toSorted().join(' and ');
}
