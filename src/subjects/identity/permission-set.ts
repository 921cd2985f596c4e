import { describeStatement } from '../../aws/policy-document/describe.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Cause } from '../../finding/finding.ts';
import type { Resource } from '../../world/world.ts';
import { administrationOf } from './administrator.ts';
import type { Holder } from './holder.ts';
import { HOLDER_TYPES } from './holder-forms.ts';
import { holdersOf } from './holders.ts';
import type { Holders } from './holders.ts';
import { causesOf, isSensitive, placeOf, sumOf, unreadSource } from './policy-source.ts';
import { judged } from './principal.ts';
import { capital, exampleFacts, isNamed } from './subject-facts.ts';
import { inOnePlace, whereItWas } from './subject-sides.ts';
import type { BuildOptions, Fact, Facts, Subject, SubjectKind } from '../subject.ts';

const DEFAULTS: Facts = { name: 'Permission set dev', admin: false, because: 'nothing', isBreakGlass: false };

/** Why a permission set makes an administrator, and where that stands. */
interface Reason {
  readonly admin: Fact;
  readonly because: string;
  readonly resource: Resource | undefined;
  readonly path: readonly (string | number)[];
  readonly causes: readonly Cause[];
}

const at = (
  resource: Resource | undefined,
  path: readonly (string | number)[],
  hint?: string,
): Pick<Reason, 'resource' | 'path' | 'causes'> => ({
  resource,
  path,
  causes: resource ? [{ address: resource.address, path, ...(hint === undefined ? {} : { hint }) }] : [],
});

/** A policy of AWS or a statement of one that the plan shows; unknown when a text is known only after apply. */
function reasonOf(holder: Holder): Reason {
  const { admin, attachment, statement } = administrationOf(holder);
  if (attachment)
    return { admin, because: attachment.policy, ...at(attachment.resource, attachment.path, attachment.policy) };
  const source = statement && sumOf(holder.sources).sourceOf.get(statement);
  const unread = isUnknown(admin) ? unreadSource(holder.sources) : undefined;
  const found = source ?? unread;
  const place = found && placeOf(found);
  return {
    admin,
    because: statement ? describeStatement(statement) : 'nothing',
    ...at(place?.resource ?? holder.resource ?? holder.attachments[0]?.resource, place?.path ?? []),
    ...(source && statement ? { causes: causesOf(statement, source) } : {}),
  };
}

function toSubject(holder: Holder, { breakGlass }: BuildOptions): Subject {
  const { admin, because, resource, path, causes } = reasonOf(holder);
  return {
    id: holder.id,
    merge: holder.id,
    object: {
      name: capital(holder.name),
      admin,
      because,
      isBreakGlass: isNamed(holder.name.slice(holder.kind.length + 1), breakGlass),
    },
    address: resource?.address ?? holder.name,
    previousAddress: resource?.previousAddress,
    resourceType: resource?.type ?? '',
    attribute: path.length === 0 ? undefined : String(path[0]),
    causes,
    touched: holder.touched,
    sensitive: isSensitive(holder.sources) ? (fact) => fact[0] === 'because' : undefined,
  };
}

/** A permission set of IAM Identity Center with everything in the plan that grants to it. */
export const permissionSet: SubjectKind = {
  name: 'permission-set',
  description: 'A permission set of IAM Identity Center and whether it makes an administrator of whoever gets it.',
  attributes: {
    name: 'what people call it, e.g. `Permission set dev`',
    admin: 'it makes an administrator',
    because: 'the policy of AWS or the statement that does so',
    isBreakGlass: 'the configuration names it as a way in for emergencies',
  },
  attributeTypes: { name: 'string', because: 'string', isBreakGlass: 'bool' },
  types: HOLDER_TYPES,
  build: (worlds, options) => {
    const { before, after } = holdersOf(worlds);
    const sets = (holders: Holders, other: Holders): readonly Subject[] =>
      judged(holders, options, other)
        .filter(({ kind }) => kind === 'permission set')
        .map((holder) => toSubject(holder, options));
    const sides = { before: sets(before, after), after: sets(after, before) };
    return inOnePlace(whereItWas(sides, ({ object }) => object['admin'] !== false));
  },
  fromExample: exampleFacts(DEFAULTS),
};
