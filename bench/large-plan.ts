import { readdirSync, readFileSync } from 'node:fs';

interface Entry {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly mode: string;
  readonly deposed?: string;
  readonly change: { readonly actions: readonly string[]; readonly before: object | null; readonly after: object | null };
}

/** Types that large estates have many of, in about the proportions in which they have them. */
const TYPES = [
  'aws_security_group', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_ingress_rule', 'aws_security_group_rule',
  'aws_s3_bucket', 'aws_s3_bucket_public_access_block', 'aws_s3_bucket_policy', 'aws_iam_role', 'aws_iam_role_policy',
  'aws_iam_role_policy_attachment', 'aws_kms_key', 'aws_instance', 'aws_db_instance', 'aws_subnet', 'aws_lambda_function',
];

const entriesOf = (story: string): Entry[] =>
  (JSON.parse(readFileSync(`__fixtures__/${story}/plan.json`, 'utf8')) as { resource_changes?: Entry[] }).resource_changes ?? [];

/** One real entry of each type out of the fixtures. */
function templates(): Entry[] {
  const all = readdirSync('__fixtures__').toSorted().filter((story) => story !== 'inputs').flatMap(entriesOf);
  return TYPES.flatMap((type) => all.find((entry) => entry.type === type && entry.mode === 'managed' && entry.change.after !== null) ?? []);
}

const PER_MODULE = 100;

/** How often one in so many entries really changes; the rest are no-op, as in a plan of a large estate. */
export const CHANGED_EVERY = 10;

function entry(template: Entry, index: number): object {
  const module = `module.service["team-${Math.floor(index / PER_MODULE)}"]`;
  const name = `${template.name}_${index % PER_MODULE}`;
  const { after } = template.change;
  const renamed = JSON.parse(JSON.stringify(after).replaceAll(/(sg|vpc|i|sgr)-[0-9a-f]+/g, (id) => `${id}${index}`)) as object;
  const changes = index % CHANGED_EVERY === 0;
  return {
    ...template,
    address: `${module}.${template.type}.${name}`,
    module_address: module,
    name,
    change: {
      actions: changes ? ['update'] : ['no-op'],
      before: changes ? { ...renamed, tags: { Owner: 'nobody' } } : renamed,
      after: renamed,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
    },
  };
}

/** The text of a plan with so many resource changes, made of real entries; about 900 bytes each. */
export function largePlan(changes: number): string {
  const kinds = templates();
  const entries = Array.from({ length: changes }, (_, index) => {
    const template = kinds[index % kinds.length];
    if (!template) throw new Error('The fixtures have no entries to build a large plan from.');
    return JSON.stringify(entry(template, index));
  });
  const head = { format_version: '1.2', terraform_version: '1.11.4', planned_values: { root_module: {} }, configuration: { root_module: {} }, complete: true, errored: false };
  return `${JSON.stringify(head).slice(0, -1)},"resource_changes":[${entries.join(',\n')}]}`;
}
