import { describeStatement } from '../../aws/policy-document/describe.ts';
import { grantOf, wildcardActions } from '../../aws/policy-document/wildcard.ts';
import { isSensitiveService } from '../../aws/sensitive-services.ts';
import type { Fact, Facts, Subject, SubjectKind } from '../subject.ts';
import { isAdministrator } from './administrator.ts';
import type { Holder } from './holder.ts';
import { HOLDER_TYPES } from './holder-forms.ts';
import { holdersOf } from './holders.ts';
import { causesOf, isSensitive, placeOf, sumOf } from './policy-source.ts';
import type { Sum } from './policy-source.ts';
import { judged } from './principal.ts';
import { capital, exampleFacts } from './subject-facts.ts';
import { inOnePlace } from './subject-sides.ts';

const DEFAULTS: Facts = {
  name: 'Role app',
  kind: 'role',
  action: 's3:*',
  isWholeService: true,
  isSensitiveService: true,
  granted: true,
  everywhere: true,
  statement: '',
};

/**
 * One subject per wildcard and holder. A wildcard that stands on one side only is looked for on the other side by what it
 * means: `s3:Put*` was there before when `s3:*` was.
 */
function toSubject(holder: Holder, sum: Sum, action: string): Subject | undefined {
  const grant = grantOf(sum.document, action);
  const statement = grant?.statements[0];
  const source = statement && sum.sourceOf.get(statement);
  const at = source && placeOf(source);
  const place = at?.resource ?? holder.resource ?? holder.sources[0]?.resource;
  const granted: Fact = grant !== undefined || (sum.document.unread[0] ?? false);
  if (granted === false || !place) return undefined;
  return {
    id: `${holder.id}|${action}`,
    merge: holder.id,
    object: {
      name: capital(holder.name),
      kind: holder.kind,
      action,
      isWholeService: action.endsWith(':*'),
      isSensitiveService: isSensitiveService(action.split(':')[0] ?? ''),
      granted,
      everywhere: grant?.everywhere ?? false,
      statement: statement ? describeStatement(statement) : '',
    },
    address: place.address,
    previousAddress: place.previousAddress,
    resourceType: place.type,
    attribute: at && String(at.path[0]),
    causes:
      statement && source
        ? causesOf(statement, source).map((cause) => ({ ...cause, hint: action }))
        : [{ address: place.address, path: [] }],
    touched: holder.touched,
    sensitive: isSensitive(holder.sources) ? (path) => path[0] === 'statement' : undefined,
  };
}

const sumFor = (holder: Holder | undefined): Sum => sumOf(holder?.sources ?? [], holder?.unread);

const build: SubjectKind['build'] = (worlds, options) => {
  const holders = holdersOf(worlds);
  const before: Subject[] = [];
  const after: Subject[] = [];
  const ids = new Set(
    [...judged(holders.before, options, holders.after), ...judged(holders.after, options, holders.before)].map(
      ({ id }) => id,
    ),
  );
  for (const id of ids) {
    const [old, now] = [holders.before.get(id), holders.after.get(id)];
    // That somebody is an administrator says it all, and that he was one says what goes with that.
    if (now && isAdministrator(now)) continue;
    const [then, current] = [sumFor(old), sumFor(now)];
    const former = old && !isAdministrator(old) ? wildcardActions(then.document) : [];
    const actions = new Set([...former, ...wildcardActions(current.document)]);
    for (const action of actions) {
      before.push(...listOf(old && toSubject(old, then, action)));
      after.push(...listOf(now && toSubject(now, current, action)));
    }
  }
  return inOnePlace({ before, after });
};

const listOf = (subject: Subject | undefined): readonly Subject[] => (subject ? [subject] : []);

/** A wildcard over the actions of one service that a principal or an unattached policy allows. */
export const serviceWildcard: SubjectKind = {
  name: 'service-wildcard',
  description:
    'All actions of a service (`s3:*`), or all of a changing verb (`s3:Put*`), that one principal is allowed.',
  attributes: {
    name: 'what people call the holder, e.g. `Role deploy`',
    kind: 'role, user, group, permission set, unattached policy or boundary policy',
    action: 'the wildcard, in lower case',
    isWholeService: 'it is all of a service, not one verb',
    isSensitiveService: 'the service can give away the account or its data (iam, sts, kms, s3, …)',
    granted: 'it is allowed; unknown when the policy cannot be read before apply',
    everywhere: 'the resources are not narrowed to named ones',
    statement: 'the statement that allows it',
  },
  attributeTypes: {
    name: 'string',
    kind: 'string',
    action: 'string',
    isWholeService: 'bool',
    isSensitiveService: 'bool',
    statement: 'string',
  },
  types: HOLDER_TYPES,
  build,
  fromExample: exampleFacts(DEFAULTS),
};
