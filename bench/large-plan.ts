import { readFileSync } from 'node:fs';

type Values = Readonly<Record<string, unknown>>;

interface Entry {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly change: { readonly before: Values | null; readonly after: Values | null };
}

/** One service of a large estate: types, in about the proportions of such estates, and the fixture each is taken from. */
const SERVICE: readonly (readonly [type: string, story: string, times: number])[] = [
  ['aws_security_group', 'opens-ssh-to-world', 1],
  ['aws_vpc_security_group_ingress_rule', 'opens-ssh-to-world', 2],
  ['aws_security_group_rule', 'ssh-world-old-rule', 2],
  ['aws_s3_bucket', 'bucket-acl-public', 1],
  ['aws_s3_bucket_public_access_block', 'bucket-versioning-suspended', 1],
  ['aws_s3_bucket_versioning', 'bucket-acl-public', 1],
  ['aws_s3_bucket_policy', 'bucket-policy-secure-transport-only', 1],
  ['aws_iam_role', 'admin-policy-deferred-document', 1],
  ['aws_iam_role_policy', 'admin-policy-inline', 3],
  ['aws_iam_role_policy_attachment', 'github-oidc-without-sub', 12],
  ['aws_kms_key', 'key-disabled', 1],
  ['aws_kms_alias', 'key-disabled', 1],
  ['aws_subnet', 'imds-optional', 1],
  ['aws_route_table_association', 'subnet-becomes-public', 6],
];

/** One in so many entries changes; the rest are no-op, as in a plan of a large estate. */
const CHANGED_EVERY = 10;

function template(type: string, story: string): Entry {
  const { resource_changes: all } = JSON.parse(readFileSync(`__fixtures__/${story}/plan.json`, 'utf8')) as {
    resource_changes: Entry[];
  };
  const found = all.find((entry) => entry.type === type && entry.change.before !== null);
  if (!found) throw new Error(`The fixture ${story} has no ${type} to build a large plan from.`);
  return found;
}

/** Ids of things that a service has one of are numbered by service, so that its parts belong together. */
const SHARED_ID = /\b(sg|vpc|subnet|rtb)-[0-9a-f]{17}/g;
const OWN_ID = /\b(sgr|rtbassoc)-[0-9a-f]{17}/g;
const KEY_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const NAME = /\b(?:shop-exports|orders|deploy)\b/g;

function renamed(values: Values, service: number, index: number): Values {
  const text = JSON.stringify(values)
    .replaceAll(SHARED_ID, `$1-${service.toString(16).padStart(17, '0')}`)
    .replaceAll(OWN_ID, `$1-${index.toString(16).padStart(17, '0')}`)
    .replaceAll(KEY_ID, `a029152a-21e8-43c3-ad33-${service.toString(16).padStart(12, '0')}`)
    .replaceAll(NAME, `orders-${service}`);
  return JSON.parse(text) as Values;
}

/** What changes: tags alone, as when a default tag is added, or another argument as well. */
export type Kind = 'tags' | 'arguments';

const tagged = (values: Values, owner: string, kind: Kind): Values => ({
  ...values,
  tags: { Owner: owner },
  tags_all: { Owner: owner },
  ...(kind === 'arguments' && { description: owner }),
});

function entry(from: Entry, service: number, index: number, changes: boolean, kind: Kind): object {
  const module = `module.orders[${service}]`;
  const name = `${from.name}_${index}`;
  const values = renamed(from.change.before ?? {}, service, index);
  return {
    ...from,
    address: `${module}.${from.type}.${name}`,
    module_address: module,
    name,
    change: {
      ...from.change,
      actions: [changes ? 'update' : 'no-op'],
      before: changes ? tagged(values, 'nobody', kind) : values,
      after: changes ? tagged(values, 'payments', kind) : values,
      after_unknown: {},
    },
  };
}

/**
 * The text of a plan with so many resource changes: real entries of the fixtures, service after service with names and
 * ids of its own, about 950 bytes each. 10 % really change: another tag, which is what makes the plans of
 * large estates large, or with `arguments` a description too, so that all of them must be judged. Nothing is unknown, and there is neither configuration nor prior state.
 */
export function largePlan(changes: number, kind: Kind = 'tags'): string {
  const templates = SERVICE.flatMap(([type, story, times]) => Array<Entry>(times).fill(template(type, story)));
  let owed = 0;
  const entries = Array.from({ length: changes }, (_, index) => {
    const from = templates[index % templates.length] as Entry;
    owed++;
    // Only what has tags can get another one.
    const isChanged = owed >= CHANGED_EVERY && 'tags' in (from.change.before ?? {});
    if (isChanged) owed -= CHANGED_EVERY;
    return JSON.stringify(entry(from, Math.floor(index / templates.length), index, isChanged, kind));
  });
  const head = {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    configuration: { root_module: {} },
    complete: true,
    errored: false,
  };
  return `${JSON.stringify(head).slice(0, -1)},"resource_changes":[${entries.join(',\n')}]}`;
}
