import { describeStatement } from '../../aws/policy-document/describe.ts';
import { isComputeService } from '../../aws/sensitive-services.ts';
import type { Worlds } from '../../world/world.ts';
import { administrationOf } from './administrator.ts';
import type { Holder } from './holder.ts';
import { HOLDER_TYPES } from './holder-forms.ts';
import { holdersOf } from './holders.ts';
import { causesOf, isSensitive, sumOf } from './policy-source.ts';
import { hasBoundary, judged } from './principal.ts';
import { capital, exampleFacts } from './subject-facts.ts';
import type { Facts, Subject, SubjectKind } from '../subject.ts';
import { trustOf } from './trust-policy.ts';
import { waysIn } from './trust-ways.ts';
import type { Way } from './trust-ways.ts';

const DEFAULTS: Facts = {
  name: 'Role app',
  services: [],
  admin: false,
  because: 'nothing',
  conditional: false,
  hasBoundary: false,
};

const serviceOf = ({ entry }: Way): string =>
  entry.kind === 'service' && isComputeService(entry.name) ? entry.name : '';

/**
 * A role with the services that hand it to workloads. It shares the merge key of the principal, so that making an
 * administrator of it and opening it to workloads in one plan is told once.
 */
function subjectOf(holder: Holder, worlds: Worlds): readonly Subject[] {
  const { resource } = holder;
  if (holder.kind !== 'role' || !resource) return [];
  const trust = sumOf(trustOf(resource, worlds).sources);
  const ways = waysIn(trust.document).filter((way) => serviceOf(way) !== '');
  const { admin, statement, attachment, conditional } = administrationOf(holder);
  const sources = ways.flatMap((way) => trust.sourceOf.get(way.statement) ?? []);
  return [
    {
      id: `workload-role:${resource.identity}`,
      merge: holder.id,
      object: {
        name: capital(holder.name),
        services: [...new Set(ways.map(serviceOf))].toSorted(),
        admin,
        because: statement ? describeStatement(statement) : (attachment?.policy ?? 'nothing'),
        conditional,
        hasBoundary: hasBoundary(holder),
      },
      address: resource.address,
      previousAddress: resource.previousAddress,
      resourceType: resource.type,
      attribute: 'assume_role_policy',
      causes: ways.flatMap((way, index) => {
        const source = sources[index];
        return source ? causesOf(way.statement, source) : [];
      }),
      touched: holder.touched,
      sensitive: isSensitive([...holder.sources, ...sources]) ? (path) => path[0] === 'because' : undefined,
    },
  ];
}

/** A role as workloads see it. */
export const workloadRole: SubjectKind = {
  name: 'workload-role',
  description: 'A role with the compute services that hand it to workloads; judged with `on: changed`.',
  attributes: {
    name: 'what people call it, e.g. `Role deploy`',
    services: 'service principals that run code and may take the role, e.g. `lambda.amazonaws.com`',
    admin: 'the role controls the account',
    because: 'the statement or the AWS-managed policy that makes it an administrator',
    conditional: 'that statement has conditions',
    hasBoundary: 'a permissions boundary stands beside it',
  },
  attributeTypes: {
    name: 'string',
    services: 'list',
    because: 'string',
    conditional: 'bool',
    hasBoundary: 'bool',
  },
  types: HOLDER_TYPES,
  build: (worlds, options) => {
    const { before, after } = holdersOf(worlds);
    return {
      before: judged(before, options, after).flatMap((holder) => subjectOf(holder, worlds)),
      after: judged(after, options, before).flatMap((holder) => subjectOf(holder, worlds)),
    };
  },
  fromExample: exampleFacts(DEFAULTS),
};
