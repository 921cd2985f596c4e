import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parsePlan } from '../../src/plan/parse.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { modulesNeeded } from '../../src/source/needed.ts';
import { openSource, type Source } from '../../src/source/source.ts';

/** A plan out of a few raw parts, with what every plan has filled in. */
export const planOf = (content: object): Plan =>
  parsePlan(
    new TextEncoder().encode(
      JSON.stringify({ format_version: '1.2', planned_values: {}, configuration: { root_module: {} }, ...content }),
    ),
    'plan.json',
  );

/** One raw entry of `resource_changes`. */
export const changeOf = (address: string, actions: readonly string[], change: object, more: object = {}): object => {
  const [type, name] = address.split('.').slice(-2);
  const isNew = ['create', 'read'].includes(actions.join(','));
  const isGone = ['delete', 'forget'].includes(actions.join(','));
  return {
    address,
    mode: 'managed',
    type,
    name: name?.replace(/\[.*/, ''),
    provider_name: 'registry.terraform.io/hashicorp/aws',
    ...more,
    change: {
      actions,
      before: isNew ? null : {},
      after: isGone ? null : {},
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
      ...change,
    },
  };
};

/** The plan of a story under `__fixtures__/`. */
export const storyPlan = (story: string): Plan => {
  const path = `__fixtures__/${story}/plan.json`;
  return parsePlan(readFileSync(path), path);
};

/** The HCL of a story, loaded as far as its plan needs it. */
export async function storySource(story: string): Promise<Source> {
  const plan = storyPlan(story);
  const source = await openSource(resolve(`__fixtures__/${story}/after`), plan.configuration.root_module, {
    boundary: process.cwd(),
  });
  for (const path of modulesNeeded(plan)) await source.load(path);
  return source;
}
