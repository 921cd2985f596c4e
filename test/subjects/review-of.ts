import { readFileSync } from 'node:fs';
import { parsePlanText } from '../../src/plan/parse.ts';
import { constants } from '../../src/policy/constants.ts';
import { judgeAll } from '../../src/policy/engine.ts';
import type { Judgement } from '../../src/policy/engine.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { kindsOf, subjectsOf } from '../../src/policy/subjects-of.ts';
import { KINDS } from '../../src/subjects/index.ts';
import type { BuildOptions } from '../../src/subjects/subject.ts';
import { buildWorlds } from '../../src/world/build.ts';
import { noExpressions } from '../../src/world/expressions.ts';

/** One resource of a plan: values before and after (null: not there), and which attributes are known only after apply. */
export interface Instance {
  readonly address: string;
  readonly before?: object | null;
  readonly after?: object | null;
  readonly unknown?: object;
  /** Attribute → references of its expression, e.g. `['aws_s3_bucket.b.arn', 'aws_s3_bucket.b']`. */
  readonly references?: Readonly<Record<string, readonly string[]>>;
  /** Attributes that stand in the plan though the configuration does not set them. */
  readonly computed?: readonly string[];
  readonly forgotten?: boolean;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function actionsOf({ before = null, after = null, unknown, forgotten }: Instance): string[] {
  if (forgotten) return ['forget'];
  if (before === null) return ['create'];
  if (after === null) return ['delete'];
  return same(before, after) && !unknown ? ['no-op'] : ['update'];
}

function entry(instance: Instance) {
  const [type = '', name = ''] = instance.address.split('.');
  const { before = null, after = null, unknown = {} } = instance;
  return {
    address: instance.address,
    mode: 'managed',
    type,
    name,
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: {
      actions: actionsOf(instance),
      before,
      after,
      after_unknown: unknown,
      before_sensitive: false,
      after_sensitive: false,
    },
  };
}

function configured({ address, after, references = {}, computed = [] }: Instance) {
  const [type = '', name = ''] = address.split('.');
  const constants = Object.entries(after ?? {})
    .filter(([key]) => !computed.includes(key))
    .map(([key, value]) => [key, { constant_value: value }]);
  const expressions = Object.entries(references).map(([key, list]) => [key, { references: list }]);
  return {
    address,
    mode: 'managed',
    type,
    name,
    provider_config_key: 'aws',
    expressions: Object.fromEntries([...constants, ...expressions]),
    schema_version: 0,
  };
}

/** The plan JSON that Terraform would write for these resources. */
export const planOf = (instances: readonly Instance[]): string =>
  JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    resource_changes: instances.map(entry),
    configuration: { root_module: { resources: instances.filter(({ after }) => after).map(configured) } },
  });

export const OPTIONS: BuildOptions = {
  audit: false,
  ownAccounts: ['111122223333'],
  trustedAccounts: ['444455556666'],
  organizationId: undefined,
  logBuckets: [],
  publicBuckets: ['www-*'],
  breakGlass: ['emergency-*'],
};

/** What the named policies say about a plan. */
export function judgementsOf(
  ids: readonly string[],
  plan: string,
  options: Partial<BuildOptions> = {},
): readonly Judgement[] {
  const kinds = new Map(KINDS.map((kind) => [kind.name, kind]));
  const policies = ids.map((id) =>
    loadPolicy(readFileSync(new URL(`../../policies/${id}.yaml`, import.meta.url), 'utf8'), id, id, {
      kinds,
      constants: constants(),
    }),
  );
  const parsed = parsePlanText(plan, 'plan.json');
  const touched = new Set(parsed.changes.filter(({ action }) => action !== 'no-op').map(({ type }) => type));
  const all = { ...OPTIONS, ...options };
  const subjects = subjectsOf(kindsOf(policies, KINDS), buildWorlds(parsed, noExpressions), touched, all);
  return judgeAll(policies, subjects, { audit: all.audit, constants: constants(), isGone: () => false });
}

/** The same in short: `introduced critical iam/admin-policy aws_iam_role_policy.app`. */
export const reviewOf = (
  ids: readonly string[],
  instances: readonly Instance[],
  options: Partial<BuildOptions> = {},
): string[] =>
  judgementsOf(ids, planOf(instances), options).map(
    ({ status, severity, policy, subject }) => `${status} ${severity} ${policy.id} ${subject.address}`,
  );

/** A policy document as JSON text. */
export const policyText = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const allow = (Action: string | string[], Resource: string | string[] = '*', more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: string | string[], Resource: string | string[] = '*', more: object = {}): object => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
});
