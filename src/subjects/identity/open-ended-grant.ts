import { adminOf, isEveryResource } from '../../aws/policy-document/admin.ts';
import { allowsOf, deniesOf } from '../../aws/policy-document/statements.ts';
import { statementCovers } from '../../aws/policy-document/cover.ts';
import { describeStatement } from '../../aws/policy-document/describe.ts';
import { opensToAnyone } from '../../aws/policy-document/exposure.ts';
import { EMPTY_DOCUMENT } from '../../aws/policy-document/statement.ts';
import type { Document, Statement } from '../../aws/policy-document/statement.ts';
import { isUnknown } from '../../plan/value.ts';
import type { World, Worlds } from '../../world/world.ts';
import type { Granted } from './access-difference.ts';
import { allPolicies, RESOURCE_POLICY_TYPES } from './effective-policy.ts';
import { nameOf } from './holder-collection.ts';
import { HOLDER_TYPES } from './holder-forms.ts';
import { holdersOf } from './holders.ts';
import { causesOf, isSensitive, placeOf, sumOf } from './policy-source.ts';
import { judged } from './principal.ts';
import { capital, exampleFacts } from './subject-facts.ts';
import { inOnePlace } from './subject-sides.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';
import { trustOf } from './trust-policy.ts';

const DEFAULTS: Facts = {
  name: 'Role app',
  kind: 'role',
  granted: true,
  elements: ['NotAction'],
  everywhere: true,
  statement: '',
};

/** Something that holds policies, on the sides where it is there. */
interface Item {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly touched: boolean;
  readonly before: Granted | undefined;
  readonly after: Granted | undefined;
}

function holders(worlds: Worlds, options: BuildOptions): readonly Item[] {
  const { before, after } = holdersOf(worlds);
  const all = [...judged(after, options, before), ...judged(before, options, after)];
  return [...new Map(all.map((holder) => [holder.id, holder])).values()].map(({ id, kind, name }) => {
    const [old, now] = [before.get(id), after.get(id)];
    return { id, kind, name, touched: old?.touched === true || now?.touched === true, before: old, after: now };
  });
}

function trusts(worlds: Worlds): readonly Item[] {
  const rolesOf = (world: World) => new Map(world.resources('aws_iam_role').map((role) => [role.identity, role]));
  const [then, now] = [rolesOf(worlds.before), rolesOf(worlds.after)];
  return [...new Map([...then, ...now])].map(([identity, role]): Item => {
    const [old, current] = [then.get(identity), now.get(identity)];
    return {
      id: `trust:${identity}`,
      kind: 'trust policy',
      name: `trust policy of role ${nameOf(role)}`,
      touched: old?.touched === true || current?.touched === true,
      before: old && trustOf(old, worlds),
      after: current && trustOf(current, worlds),
    };
  });
}

const policies = (worlds: Worlds): readonly Item[] =>
  allPolicies(worlds).map(({ id, kind, name, touched, before, after }) => ({
    id,
    kind,
    name,
    touched,
    before: before.exists ? before : undefined,
    after: after.exists ? after : undefined,
  }));

/** The elements of a statement that say what is left out. */
const elementsOf = ({ actions, resources, principals }: Statement): readonly string[] => [
  ...(actions.kind === 'except' ? ['NotAction'] : []),
  ...(resources.kind === 'except' ? ['NotResource'] : []),
  ...(principals.kind === 'except' ? ['NotPrincipal'] : []),
];

/** What makes an administrator, or lets in everyone, is told as that. */
const isToldElsewhere = (statement: Statement): boolean =>
  opensToAnyone(statement) !== false || (statement.principals.kind === 'holder' && isAdmin(statement));

function isAdmin(statement: Statement): boolean {
  const admin = adminOf({ ...EMPTY_DOCUMENT, statements: [statement] });
  return admin !== undefined && !isUnknown(admin);
}

const openEnded = (document: Document): readonly Statement[] =>
  allowsOf(document).filter(
    (statement) =>
      elementsOf(statement).length > 0 &&
      !isToldElsewhere(statement) &&
      !deniesOf(document).some((deny) => statementCovers(deny, statement) === 'yes'),
  );

/** The statement that allows what another one does, on one side; undefined where none does. */
function toSubject(item: Item, granted: Granted, wanted: Statement): Subject | undefined {
  const sum = sumOf(granted.sources, granted.unread);
  const found = openEnded(sum.document).find((statement) => statementCovers(statement, wanted) === 'yes');
  const unread = sum.document.unread[0];
  if (!found && !unread) return undefined;
  const source = found && sum.sourceOf.get(found);
  const at = source && placeOf(source);
  const place = at?.resource ?? granted.sources[0]?.resource;
  return {
    id: `${item.id}|${describeStatement(wanted)}`,
    merge: item.id,
    object: {
      name: capital(item.name),
      kind: item.kind,
      granted: found ? true : (unread ?? false),
      elements: elementsOf(found ?? wanted),
      everywhere: found ? isEveryResource(found.resources) !== false : false,
      statement: found ? describeStatement(found) : '',
    },
    address: place?.address ?? item.name,
    previousAddress: place?.previousAddress,
    resourceType: place?.type ?? '',
    attribute: at && String(at.path[0]),
    causes: found && source ? causesOf(found, source) : place ? [{ address: place.address, path: [] }] : [],
    touched: item.touched,
    sensitive: isSensitive(granted.sources) ? (path) => path[0] === 'statement' : undefined,
  };
}

/** Each statement of either side, looked for on both by what it means: leaving out more is not new. */
function bothSides(item: Item): Record<'before' | 'after', readonly Subject[]> {
  const statements = [item.before, item.after].flatMap((granted) =>
    granted ? openEnded(sumOf(granted.sources, granted.unread).document) : [],
  );
  const unique = [...new Map(statements.map((statement) => [describeStatement(statement), statement])).values()];
  const subjects = (granted: Granted | undefined): readonly Subject[] =>
    granted ? unique.flatMap((statement) => toSubject(item, granted, statement) ?? []) : [];
  return { before: subjects(item.before), after: subjects(item.after) };
}

/** One statement that allows everything but a list. */
export const openEndedGrant: SubjectKind = {
  name: 'open-ended-grant',
  description:
    'One Allow with NotAction, NotResource or NotPrincipal in an identity, trust or resource policy, unless it makes an administrator or lets in everyone.',
  attributes: {
    name: 'what people call the holder or the thing, e.g. `Role deploy`',
    kind: 'role, user, group, permission set, unattached policy, boundary policy, trust policy, or the service of a resource policy',
    granted: 'it is allowed; unknown when the policy cannot be read before apply',
    elements: 'which of NotAction, NotResource and NotPrincipal it uses',
    everywhere: 'the resources are not narrowed to named ones',
    statement: 'the statement that allows it',
  },
  attributeTypes: {
    name: 'string',
    kind: 'string',
    elements: 'list',
    everywhere: 'bool',
    statement: 'string',
  },
  types: [...new Set([...HOLDER_TYPES, ...RESOURCE_POLICY_TYPES])],
  build: (worlds, options) => {
    const items = [...holders(worlds, options), ...trusts(worlds), ...policies(worlds)];
    const sides = items.filter(({ touched }) => options.audit || touched).map(bothSides);
    return inOnePlace({ before: sides.flatMap(({ before }) => before), after: sides.flatMap(({ after }) => after) });
  },
  fromExample: exampleFacts(DEFAULTS),
};
