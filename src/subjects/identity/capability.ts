import { isEveryResource } from '../../aws/policy-document/admin.ts';
import { describeStatement } from '../../aws/policy-document/describe.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import type { Cause } from '../../finding/finding.ts';
import { groupedActions } from '../../iam/access/actions.ts';
import { danger } from '../../iam/access/danger.ts';
import type { Grant, Holding } from '../../iam/capability/holdings.ts';
import { isUnknown, Unknown } from '../../plan/value.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';
import { partsOf } from './capability-parts.ts';
import type { Part } from './capability-parts.ts';
import type { Holder } from './holder.ts';
import { HOLDER_TYPES } from './holder-forms.ts';
import { holdersOf } from './holders.ts';
import { causesOf, isSensitive, placeOf, unreadSource } from './policy-source.ts';
import type { Place, PolicySource } from './policy-source.ts';
import { changed } from './principal.ts';
import { standingOf } from './standing.ts';
import { capital, exampleFacts, isNamed, summary } from './subject-facts.ts';
import { inOnePlace, whereItWas } from './subject-sides.ts';

const DEFAULTS: Facts = {
  name: 'Role app',
  kind: 'role',
  capability: 'change resources',
  held: false,
  actions: [],
  count: 0,
  resources: [],
  everywhere: false,
  conditional: false,
  keys: [],
  statement: 'nothing',
  isBreakGlass: false,
};

/** One part of a capability of a holder on one side. */
function toSubject(holder: Holder, part: Part, { grants, doubt }: Holding, { breakGlass }: BuildOptions): Subject {
  const found = grants.length > 0 || !doubt ? placesOf(grants, holder) : openPlaces(holder);
  const isHidden = isSensitive(holder.sources);
  const [first] = found;
  const place = first?.resource ?? holder.resource ?? holder.sources[0]?.resource ?? holder.attachments[0]?.resource;
  return {
    id: `${holder.id}|${part.capability}|${part.name}`,
    merge: holder.id,
    object: {
      name: capital(holder.name),
      kind: holder.kind,
      capability: part.capability,
      held: grants.length > 0 || (doubt ? doubtAt(isHidden ? undefined : first, doubt) : false),
      isBreakGlass: isNamed(holder.name.slice(holder.kind.length + 1), breakGlass),
      ...factsOf(grants),
    },
    address: place?.address ?? holder.name,
    previousAddress: place?.previousAddress,
    resourceType: place?.type ?? '',
    attribute: first && String(first.path[0]),
    causes: [...found.flatMap(causesAt), ...(place ? [{ address: place.address, path: first?.path ?? [] }] : [])],
    touched: holder.touched,
    sensitive: isHidden ? (path) => TEXTS.has(String(path[0])) : undefined,
  };
}

/** A statement where it stands; a document that cannot be read has none. */
interface At extends Place {
  readonly statement: Statement | undefined;
  readonly source: PolicySource;
}

const at = (statement: Statement | undefined, source: PolicySource): At => ({ statement, source, ...placeOf(source) });

const causesAt = ({ statement, source }: At): readonly Cause[] => (statement ? causesOf(statement, source) : []);

/** Where grants stand. What the plan changes tells more than what it leaves alone. */
function placesOf(grants: readonly Grant[], holder: Holder): readonly At[] {
  const { sourceOf } = standingOf(holder);
  return grants
    .flatMap(({ statement }) => {
      const source = sourceOf.get(statement);
      return source ? [at(statement, source)] : [];
    })
    .toSorted((a, b) => Number(b.resource.touched) - Number(a.resource.touched));
}

/** What keeps a holder from being judged: a document that cannot be read, or a statement with a part that is not known. */
function openPlaces({ sources }: Holder): readonly At[] {
  const unread = unreadSource(sources);
  if (unread) return [at(undefined, unread)];
  return sources.flatMap((source) => {
    const document = source.document();
    return document.kind === 'document' ? document.statements.filter(isOpen).map((one) => at(one, source)) : [];
  });
}

const isOpen = ({ effect, actions, resources, conditions }: Statement): boolean =>
  effect === 'Allow' && (isUnknown(conditions) || [...actions.patterns, ...resources.patterns].some(isUnknown));

/** A doubt that says no more than that something is not known is told by the statement that it is about. */
function doubtAt(place: At | undefined, doubt: Unknown): Unknown {
  const isBare = doubt.because === new Unknown().because;
  return isBare && place?.statement
    ? new Unknown(`a part of \`${describeStatement(place.statement)}\` is known only after apply`, doubt.references)
    : doubt;
}

const TEXTS: ReadonlySet<string> = new Set(['actions', 'resources', 'keys', 'statement']);

function factsOf(grants: readonly Grant[]): Facts {
  const byName = new Map(grants.flatMap((grant) => grant.actions).map((action) => [action.name, action]));
  const actions = [...byName.values()].toSorted((a, b) => danger(b) - danger(a));
  const statements = grants.map(({ statement }) => statement);
  const conditional = statements.length > 0 && statements.every(isConditional);
  return {
    actions: shortened(groupedActions({ shown: actions.map(({ name }) => name), actions })),
    count: actions.length,
    resources: shortened(unique(grants.flatMap(({ resources }) => resources))),
    everywhere: statements.some(({ resources }) => resources.kind === 'except' || isEveryResource(resources) === true),
    conditional,
    keys: conditional ? unique(statements.flatMap(keysOf)) : [],
    statement: statements.length === 0 ? 'nothing' : summary(unique(statements.map(describeStatement))),
  };
}

const unique = (items: readonly string[]): readonly string[] => [...new Set(items)];

const SHOWN = 6;

/** The first few, and how many more. */
const shortened = (items: readonly string[]): readonly string[] =>
  items.length <= SHOWN ? items : [...items.slice(0, SHOWN - 1), `${items.length - SHOWN + 1} more`];

const isConditional = ({ conditions }: Statement): boolean => isUnknown(conditions) || conditions.length > 0;

/** Condition keys as they were written. */
const keysOf = ({ conditions }: Statement): readonly string[] =>
  isUnknown(conditions) ? [] : conditions.map(({ label }) => label.slice(label.indexOf(' ') + 1));

const build: SubjectKind['build'] = (worlds, options) => {
  const holders = holdersOf(worlds);
  const account = worlds.after.account ?? worlds.before.account;
  const before: Subject[] = [];
  const after: Subject[] = [];
  const ids = new Set(
    [...changed(holders.before, options, holders.after), ...changed(holders.after, options, holders.before)]
      .filter(({ kind }) => kind !== 'boundary policy')
      .map(({ id }) => id),
  );
  for (const id of ids) {
    const [old, now] = [holders.before.get(id), holders.after.get(id)];
    for (const part of partsOf(old, now, account)) {
      if (old && part.before) before.push(toSubject(old, part, part.before, options));
      if (now && part.after) after.push(toSubject(now, part, part.after, options));
    }
  }
  return inOnePlace(whereItWas({ before, after }, ({ object }) => object['held'] !== false));
};

/** What a principal may do with resources that nobody named for it. */
export const capability: SubjectKind = {
  name: 'capability',
  description:
    'What a principal or an unattached policy may do with resources that its own policies do not name, by what that is good for.',
  attributes: {
    name: 'what people call the holder, e.g. `Role deploy`',
    kind: 'role, user, group, permission set or unattached policy',
    capability: '`pass roles`, `manage permissions`, `read data or credentials`, `decrypt` or `change resources`',
    held: 'something of it is allowed; unknown when the policies cannot be read before apply',
    actions: 'what is allowed, a few actions by name, more as `14 write actions of dynamodb`',
    count: 'how many actions of AWS that are',
    resources: 'the resources as the statements have them: `*`, `arn:aws:dynamodb:eu-west-1:111122223333:table/*`',
    everywhere: 'one of the statements speaks about every resource of every service',
    conditional: 'all of the statements have conditions, which single out no resource',
    keys: 'the condition keys of them, when all have conditions',
    statement: 'the statements that allow it',
    isBreakGlass: 'the configuration names the holder as a way in for emergencies',
  },
  attributeTypes: {
    name: 'string',
    kind: 'string',
    capability: 'string',
    actions: 'list',
    resources: 'list',
    everywhere: 'bool',
    conditional: 'bool',
    keys: 'list',
    statement: 'string',
    isBreakGlass: 'bool',
  },
  types: HOLDER_TYPES,
  build,
  fromExample: exampleFacts(DEFAULTS),
};
