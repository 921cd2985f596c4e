import { adminOf } from '../../aws/policy-document/admin.ts';
import { describeStatement } from '../../aws/policy-document/describe.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Holder } from './holder.ts';
import { HOLDER_TYPES } from './holder-forms.ts';
import { holdersOf } from './holders.ts';
import type { Holders } from './holders.ts';
import { causesOf, isSensitive, placeOf, sumOf, unreadSource } from './policy-source.ts';
import { capital, exampleFacts } from './subject-facts.ts';
import { inOnePlace, whereItWas } from './subject-sides.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';

const DEFAULTS: Facts = {
  name: 'Role app',
  kind: 'role',
  admin: false,
  because: 'nothing',
  conditional: false,
  hasBoundary: false,
};

/** The holder as a subject that asks one question: is it an administrator? */
function toSubject(holder: Holder): Subject {
  const sum = sumOf(holder.sources, holder.unread);
  const admin = adminOf(sum.document);
  const statement = isUnknown(admin) ? undefined : admin?.statement;
  const source = statement ? sum.sourceOf.get(statement) : isUnknown(admin) ? unreadSource(holder.sources) : undefined;
  const at = source && placeOf(source);
  const place = at?.resource ?? holder.resource ?? holder.sources[0]?.resource ?? holder.attachments[0]?.resource;
  return {
    id: holder.id,
    merge: holder.id,
    object: {
      name: capital(holder.name),
      kind: holder.kind,
      admin: isUnknown(admin) ? admin : admin !== undefined,
      because: statement ? describeStatement(statement) : 'nothing',
      conditional: !isUnknown(admin) && admin?.conditional === true,
      hasBoundary: hasBoundary(holder),
    },
    address: place?.address ?? holder.name,
    previousAddress: place?.previousAddress,
    resourceType: place?.type ?? '',
    attribute: at && String(at.path[0]),
    causes:
      statement && source
        ? causesOf(statement, source)
        : place
          ? [{ address: place.address, path: at?.path ?? [] }]
          : [],
    touched: holder.touched,
    sensitive: isSensitive(holder.sources) ? (path) => path[0] === 'because' : undefined,
  };
}

export const hasBoundary = ({ resource }: Holder): boolean => {
  const boundary = resource?.get('permissions_boundary') ?? null;
  return boundary !== null && boundary !== '';
};

/** The holders a review looks at: those the plan touches, in an audit all. */
export const judged = (holders: Holders, { audit }: BuildOptions, other?: Holders): readonly Holder[] =>
  [...holders.values()].filter((holder) => audit || holder.touched || other?.get(holder.id)?.touched === true);

/** Those of them who may have other access than before: what takes long to find out is found out of these only. */
export const changed = (holders: Holders, options: BuildOptions, other?: Holders): readonly Holder[] =>
  judged(holders, options, other).filter((holder) => options.audit || holder.changed);

const build =
  (accepts: (holder: Holder) => boolean): SubjectKind['build'] =>
  (worlds, options) => {
    const { before, after } = holdersOf(worlds);
    const sides = {
      before: judged(before, options, after).filter(accepts).map(toSubject),
      after: judged(after, options, before).filter(accepts).map(toSubject),
    };
    return inOnePlace(whereItWas(sides, ({ object }) => object['admin'] !== false));
  };

const attributes = {
  name: 'what people call it, e.g. `Role deploy`',
  kind: 'role, user, group, permission set; for identity-policy: unattached policy or boundary policy',
  admin: 'one statement allows every action on every resource, or amounts to it',
  because: 'the statement that makes it an administrator',
  conditional: 'that statement has conditions',
  hasBoundary: 'a permissions boundary stands beside it',
} as const;

const isPolicy = ({ kind }: Holder): boolean => kind === 'unattached policy' || kind === 'boundary policy';

/** A role, user, group or permission set with all identity policies that the plan shows for it. */
export const principal: SubjectKind = {
  name: 'principal',
  description: 'A role, user, group or permission set with everything in the plan that grants to it.',
  attributes,
  attributeTypes: { name: 'string', kind: 'string', because: 'string', conditional: 'bool', hasBoundary: 'bool' },
  types: HOLDER_TYPES,
  build: build((holder) => !isPolicy(holder)),
  fromExample: exampleFacts(DEFAULTS),
};

/** A customer-managed policy that nobody in the plan holds. */
export const identityPolicy: SubjectKind = {
  ...principal,
  name: 'identity-policy',
  description:
    'A customer-managed policy that is attached to nobody in the plan, or is used only as a permissions boundary.',
  build: build(isPolicy),
  fromExample: exampleFacts({ ...DEFAULTS, name: 'Policy app', kind: 'unattached policy' }),
};
