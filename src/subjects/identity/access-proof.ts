import { describePattern } from '../../aws/policy-document/describe.ts';
import { printDocument } from '../../aws/policy-document/print.ts';
import type { AccessRow } from '../../iam/access/row.ts';
import type {
  ExistingPrincipal,
  PolicyIdentifier,
  PolicyKind,
  PolicySet,
  SimulationCase,
} from '../../iam/simulator.ts';
import { SAMPLE_ACCOUNT } from '../../iam/query.ts';
import type { Access, Witness } from '../../finding/finding.ts';
import type { Resource, Worlds } from '../../world/world.ts';
import type { AccessProof } from '../subject.ts';
import { differenceOf } from './access.ts';
import type { AccessAt, Compared, Granted } from './access-difference.ts';
import { controlPolicies } from './control-policies.ts';
import { allPolicies } from './effective-policy.ts';
import { HOLDER_KINDS } from './holder.ts';
import { holdersOf } from './holders.ts';
import { letThrough } from './let-through.ts';
import { isSensitive } from './policy-source.ts';
import type { PolicySource } from './policy-source.ts';
import { standingOf } from './standing.ts';
import { capital } from './subject-facts.ts';
import { trustPoliciesOf } from './trust-policy.ts';

/** More rows than this nobody reads; the most dangerous come first. */
const MOST_ROWS = 30;

const NOTHING: Granted = { sources: [], attachments: [], unread: [] };

const known = new WeakMap<Worlds, ReadonlyMap<string, () => Compared>>();

/** Everything that has policies on one side at least, by its id. */
function comparedById(worlds: Worlds): ReadonlyMap<string, () => Compared> {
  const found = known.get(worlds) ?? build(worlds);
  known.set(worlds, found);
  return found;
}

function build(worlds: Worlds): ReadonlyMap<string, () => Compared> {
  const { before, after } = holdersOf(worlds);
  const holders = [...new Set([...after.keys(), ...before.keys()])].map((id) => {
    const compared = (): Compared => {
      const [then, now] = [before.get(id), after.get(id)];
      const holder = now ?? then;
      if (!holder) throw new Error(`there is no holder ${id}`);
      return { ...holder, before: then ?? NOTHING, after: now ?? { ...NOTHING } };
    };
    return [id, compared] as const;
  });
  const policies = [...trustPoliciesOf(worlds), ...allPolicies(worlds), ...controlPolicies(worlds)].map(
    (item) => [item.id, () => item] as const,
  );
  return new Map([...holders, ...policies]);
}

/** Access that somebody gains and loses by the plan, each with its place and the question for simulators. */
export function accessProofs(worlds: Worlds, id: string): readonly AccessProof[] {
  const compared = comparedById(worlds).get(id)?.();
  if (!compared || isSensitive([...compared.before.sources, ...compared.after.sources])) return [];
  const { gaining, gains } = letThrough(compared, worlds);
  const proof =
    (effect: Access['effect']) =>
    (one: AccessAt): AccessProof => ({
      access: accessOf(one, effect, compared),
      causes: one.causes,
      simulation: effect === 'gains' ? simulationOf(one.row, gaining, worlds) : 'nothing is gained',
    });
  return [
    ...gains.slice(0, MOST_ROWS).map(proof('gains')),
    ...differenceOf(compared, worlds).lost().slice(0, MOST_ROWS).map(proof('loses')),
  ];
}

/** Whom a policy is about, when that is not who holds it. */
const HOLDERS_OF: Readonly<Record<string, string>> = { 'control policy': 'everybody under ' };

function accessOf({ row, resource }: AccessAt, effect: Access['effect'], compared: Compared): Access {
  return {
    effect,
    principal: named(
      row.principals.length > 0 ? row.principals.join(', ') : (HOLDERS_OF[compared.kind] ?? '') + compared.name,
    ),
    actions: row.actions,
    summary: row.summary,
    resources: row.resources,
    conditions: row.condition,
    because: becauseOf(row, resource, effect === 'gains' ? compared.after : compared.before),
    location: null,
    level: row.level?.toLowerCase() ?? null,
    risks: row.risks,
    witness: readable(row.witness),
    simulated: null,
  };
}

/** A name at the beginning of a sentence; an ARN stays as it is. */
const named = (text: string): string => (/^(arn:|\$\{)/.test(text) ? text : capital(text));

/** Values that are known after apply stand as the references they are. */
const readable = ({ resource, context, ...rest }: Witness): Witness => ({
  ...rest,
  resource: describePattern(resource),
  context: Object.fromEntries(Object.entries(context).map(([key, values]) => [key, values.map(describePattern)])),
});

/** `aws_iam_role_policy.app statement 2 (AllowUpload)`, `AWS-managed AmazonS3FullAccess statement 1`. */
function becauseOf({ statement }: AccessRow, resource: Resource, granted: Granted): string {
  const managed = standingOf(granted).sourceOf.get(statement)?.managed;
  const sid = statement.sid === null ? '' : ` (${statement.sid})`;
  const document = managed === undefined ? resource.address : `AWS-managed ${managed}`;
  return `${document} statement ${statement.index + 1}${sid}`;
}

const KINDS: Readonly<Record<string, PolicyKind>> = {
  'trust policy': 'trust',
  // It is a part of what principals below have, and has no Principal itself.
  'control policy': 'identity',
};

const HOLDERS: readonly string[] = HOLDER_KINDS;

const kindOf = ({ kind }: Compared): PolicyKind => KINDS[kind] ?? (HOLDERS.includes(kind) ? 'identity' : 'resource');

/** The witness as a question to policy simulators, or why it cannot be asked. */
function simulationOf({ witness, isUsable }: AccessRow, compared: Compared, worlds: Worlds): SimulationCase | string {
  if (!isUsable) return 'AWS has no such request';
  const account = worlds.after.account ?? worlds.before.account ?? SAMPLE_ACCOUNT;
  const [before, after] = [policySet(compared.before, account), policySet(compared.after, account)];
  if (typeof before === 'string') return before;
  if (typeof after === 'string') return after;
  const put = (text: string): string => text.replace(TOKEN, (token) => standInFor(token, account));
  return {
    kind: kindOf(compared),
    request: {
      ...(witness.principal === undefined ? {} : { principal: put(witness.principal) }),
      action: witness.action,
      resource: put(witness.resource),
      context: Object.fromEntries(Object.entries(witness.context).map(([key, values]) => [key, values.map(put)])),
    },
    before,
    after,
    existing: existingOf(compared, before, after, account),
  };
}

/** The policies of one side as JSON, or why they cannot be printed. */
function policySet(granted: Granted, account: string): PolicySet | string {
  const { policies, boundary, side, unseen } = standingOf(granted);
  if (side.unread.length > 0) return 'a policy is known only after apply';
  const unknown = unseen.find(({ isManaged }) => isManaged);
  if (unknown) return `the text of the AWS-managed policy ${unknown.policy} is not in the data of planwarden`;
  const texts = policies.map((source) => textOf(source, account));
  const limit = boundary ? textOf(boundary, account) : null;
  return texts.includes(null) || (boundary && limit === null)
    ? 'a part of a policy is known only after apply'
    : { policies: texts.filter((text) => text !== null), boundary: limit };
}

function textOf(source: PolicySource, account: string): string | null {
  const document = source.document();
  const printed = document.kind === 'document' ? printDocument(document, (token) => standInFor(token, account)) : null;
  return printed === null ? null : JSON.stringify(printed);
}

const TOKEN = /⟨(?:ref|unknown):[^⟩]*⟩/gu;

/** A made-up name for a value that is known after apply; an ARN has the form of one of its service. */
function standInFor(token: string, account: string): string {
  const [, address = '', attribute = ''] = /^⟨ref:(.+)\.([^.⟩]+)⟩$/su.exec(token) ?? [];
  const name = `planwarden-${address.replaceAll(/[^a-zA-Z0-9]+/g, '-')}`.slice(0, 60);
  if (attribute !== 'arn') return name;
  const [, service = 'planwarden'] = /(?:^|\.)aws_([a-z0-9]+)_/.exec(address) ?? [];
  return service === 's3' ? `arn:aws:s3:::${name.toLowerCase()}` : `arn:aws:${service}:us-east-1:${account}:${name}`;
}

/** What the plan takes from a principal that is there already and gives it; null when AWS cannot be told which policies go. */
function existingOf(
  { resource, before }: Compared,
  then: PolicySet,
  now: PolicySet,
  account: string,
): ExistingPrincipal | null {
  const arn = resource?.get('arn');
  if (typeof arn !== 'string' || resource?.action === 'create') return null;
  const taken = standingOf(before).policies.filter((source) => !now.policies.includes(textOf(source, account) ?? ''));
  const identifiers = taken.map(identifierOf);
  return identifiers.includes(undefined)
    ? null
    : {
        arn,
        taken: identifiers.filter((identifier) => identifier !== undefined),
        given: now.policies.filter((text) => !then.policies.includes(text)),
      };
}

const INLINE: Readonly<Record<string, readonly ['role' | 'user' | 'group', string]>> = {
  aws_iam_role_policy: ['role', 'role'],
  aws_iam_user_policy: ['user', 'user'],
  aws_iam_group_policy: ['group', 'group'],
};

function identifierOf({ resource, managed, path }: PolicySource): PolicyIdentifier | undefined {
  if (managed !== undefined) return { kind: 'attached', arn: `arn:aws:iam::aws:policy/${managed}` };
  const arn = resource.get('arn');
  if (resource.type.endsWith('aws_iam_policy') && typeof arn === 'string') return { kind: 'attached', arn };
  const [holder, attribute] = INLINE[resource.type] ?? [];
  const [name, holderName] = attribute
    ? [resource.get('name'), resource.get(attribute)]
    : [resource.get('inline_policy', path[1] ?? 0, 'name'), resource.get('name')];
  if (typeof name !== 'string' || typeof holderName !== 'string') return undefined;
  if (holder) return { kind: 'inline', name, holder, holderName };
  return resource.type === 'aws_iam_role' ? { kind: 'inline', name, holder: 'role', holderName } : undefined;
}
