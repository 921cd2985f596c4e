import { groupBy } from '../aws/group-by.ts';
import { NO_SECRETS } from '../secrets/find.ts';
import type { FoundSecrets, Occurrence, Unread } from '../secrets/find.ts';
import { Unknown } from '../plan/value.ts';
import { ENVIRONMENTS, USER_DATA } from '../secrets/places.ts';
import { dotted } from '../secrets/plan-text.ts';
import { SENSITIVE_ARGUMENTS, SENSITIVE_MAPS } from '../secrets/sensitive-arguments.ts';
import { exampleFacts } from './example.ts';
import type { Facts, Subject, SubjectKind } from './subject.ts';

const DEFAULTS: Facts = {
  title: 'GitHub token',
  format: '',
  confidence: 'high',
  contexts: ['attribute'],
  places: ['aws_lambda_function.example description'],
  hasHistory: true,
};

/** Best known first, so that a secret found in two ways is called by its format. */
const CONFIDENCES = ['high', 'medium', 'low'] as const;

const surest = (group: readonly Occurrence[]): Occurrence['confidence'] =>
  CONFIDENCES.find((confidence) => group.some((one) => one.confidence === confidence)) ?? 'low';

/** Where people write a value down comes before where it is used; a line of a file says least of what it is for. */
const WRITTEN: readonly string[] = ['variable', 'provider', 'module-argument'];

const writtenFirst = (group: readonly Occurrence[]): Occurrence[] => {
  const rank = ({ place }: Occurrence): number =>
    WRITTEN.includes(place.context) ? 0 : place.context === 'source' ? 2 : 1;
  return group.toSorted((left, right) => rank(left) - rank(right));
};

const placeOf = ({ place }: Occurrence): string =>
  [place.address, dotted(place.path)].filter((part) => part !== '').join(' ');

const uniquePlaces = (group: readonly Occurrence[]): Occurrence[] => [
  ...new Map(group.map((one) => [placeOf(one), one])).values(),
];

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** What a plan shows as it will be and not as it was: blocks of providers and modules, variables, provisioners. */
const isOnlyInCode = ({ context, resourceType }: Occurrence['place']): boolean =>
  WRITTEN.includes(context) || context === 'provisioner' || context === 'source' || resourceType === 'provider';

/** A line of a file is where a place of the plan is written down: the report tells it anyway. */
function shownOf(group: readonly Occurrence[]): readonly Occurrence[] {
  const planned = group.filter(({ place }) => place.context !== 'source');
  return planned.length > 0 ? planned : group;
}

const factsOf = (group: readonly Occurrence[]): Facts => {
  const formatted = group.find(({ rule }) => rule !== '') ?? group[0];
  return {
    title: formatted?.title ?? '',
    format: formatted?.rule ?? '',
    confidence: surest(group),
    contexts: unique(group.map(({ place }) => place.context)),
    places: unique(shownOf(group).map(placeOf)),
    hasHistory: !group.every(({ place }) => isOnlyInCode(place)),
  };
};

/** What it is and where, never its value: whoever sees a fingerprint must not be able to try values. */
const nameOf = (one: Occurrence): string => `${one.rule || one.title} ${placeOf(one)}`;

/** The names of groups; of several secrets of one format in one place the second is `… #2`. */
function namesOf(groups: readonly (readonly [string, readonly [Occurrence, ...Occurrence[]]])[]): Map<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    groups.map(([digest, [first]]) => {
      const name = nameOf(first);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return [digest, count === 1 ? name : `${name} #${count}`];
    }),
  );
}

function subjectOf(id: string, group: readonly [Occurrence, ...Occurrence[]]): Subject {
  const [{ place }] = group;
  return {
    id,
    object: factsOf(group),
    address: place.address,
    previousAddress: place.previousAddress,
    resourceType: place.resourceType,
    attribute: dotted(place.path),
    causes: uniquePlaces(group).map(({ place: { address, path } }) => ({ address, path })),
    location: place.location,
    touched: true,
  };
}

/** Stands for whatever a text that nobody can read may hold. */
const unreadSubject = ({ place, because }: Unread): Subject => ({
  id: `unread ${place.address} ${dotted(place.path)}`,
  object: {
    ...DEFAULTS,
    title: 'text that cannot be read',
    confidence: new Unknown(because),
    contexts: [place.context],
    places: [[place.address, dotted(place.path)].join(' ')],
  },
  address: place.address,
  previousAddress: place.previousAddress,
  resourceType: place.resourceType,
  attribute: dotted(place.path),
  causes: [{ address: place.address, path: place.path }],
  touched: true,
});

const byValue = (occurrences: readonly Occurrence[]): [string, [Occurrence, ...Occurrence[]]][] =>
  [...groupBy(occurrences, ({ digest }) => digest)].flatMap(([digest, group]) => {
    const [first, ...others] = writtenFirst(group);
    return first ? [[digest, [first, ...others]]] : [];
  });

/** One subject for each value; a value that stands on both sides has the name of its place after the plan. */
function subjectsOf({ before, after, unread }: FoundSecrets): { before: Subject[]; after: Subject[] } {
  const now = byValue(after);
  const names = namesOf(now);
  const replaced = new Set(after.map(nameOf));
  // A value that gave way to another secret of its kind in the same place is not resolved: the new one is told.
  const past = byValue(before).filter(
    ([digest, group]) => names.has(digest) || !group.some((one) => replaced.has(nameOf(one))),
  );
  const pastNames = namesOf(past);
  return {
    before: past.map(([digest, group]) =>
      subjectOf(names.get(digest) ?? `former ${pastNames.get(digest) ?? ''}`, group),
    ),
    after: [...now.map(([digest, group]) => subjectOf(names.get(digest) ?? '', group)), ...unread.map(unreadSubject)],
  };
}

/**
 * The kind `secret` with the secrets that `findSecrets` found in a plan. Finding them takes another way than the worlds:
 * it is asynchronous, and it reads what no world has (variables, provider blocks, provisioners).
 */
export const secretKind = (found: FoundSecrets): SubjectKind => ({
  name: 'secret',
  description:
    'One secret value in the plan, wherever it stands: in resources, variables, outputs, providers, modules, provisioners.',
  attributes: {
    title: 'what it is, for people: `GitHub token`, `value of DB_PASSWORD`',
    format: 'name of the credential format, empty when only its place or its name says that it is a secret',
    confidence:
      '`high`, `medium` for half of a credential, `low` for a placeholder; unknown for a text that cannot be read',
    contexts:
      'what it stands in: `attribute`, `environment`, `user-data`, `argument` (made for secrets), `provider`, `variable`, `output`, `module-argument`, `provisioner`, `source` (a file of the code)',
    places: 'all its addresses and attributes',
    hasHistory:
      'the plan shows what stood there before; false for what stands only in provider blocks, variable defaults, module arguments, provisioners, files',
  },
  attributeTypes: {
    title: 'string',
    format: 'string',
    contexts: 'list',
    places: 'list',
    hasHistory: 'bool',
  },
  types: ['*', ...unique(Object.keys({ ...ENVIRONMENTS, ...USER_DATA, ...SENSITIVE_ARGUMENTS, ...SENSITIVE_MAPS }))],
  build: () => subjectsOf(found),
  fromExample: (example) => exampleFacts(DEFAULTS, example),
});

/** The kind without a plan: for documentation and for the examples of policies. */
export const secret: SubjectKind = secretKind(NO_SECRETS);
