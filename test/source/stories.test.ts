import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Configuration, ExpressionTree } from '../../src/plan/configuration.ts';
import { openSource, type Source } from '../../src/source/source.ts';

const FIXTURES = join(import.meta.dirname, '../../__fixtures__');

interface PlanLike {
  readonly configuration: Configuration;
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: { readonly after: unknown };
  }[];
}

const stories = readdirSync(FIXTURES).filter(
  (story) => existsSync(join(FIXTURES, story, 'plan.json')) && existsSync(join(FIXTURES, story, 'after')),
);

const readPlan = (story: string): PlanLike => JSON.parse(readFileSync(join(FIXTURES, story, 'plan.json'), 'utf8'));

async function open(story: string, plan: PlanLike): Promise<Source> {
  const source = await openSource(join(FIXTURES, story, 'after'), plan.configuration.root_module);
  await source.prepare((plan.resource_changes ?? []).map((change) => change.address));
  await source.load([]);
  return source;
}

/** The first line of a block or attribute, as it stands in the story. */
function firstLine(story: string, source: Source, address: string, path: readonly string[]): string | undefined {
  const location = source.locate({ address, path });
  if (!location) return undefined;
  const lines = readFileSync(join(FIXTURES, story, 'after', location.path), 'utf8').split('\n');
  return lines[location.startLine - 1]?.trim();
}

const attributes = (expressions: ExpressionTree | undefined): string[] =>
  Object.entries(expressions ?? {}).flatMap(([name, value]) => (Array.isArray(value) ? [] : [name]));

describe.each(stories)('%s', (story) => {
  const plan = readPlan(story);

  test('every resource that the plan keeps stands in its block', async () => {
    const source = await open(story, plan);
    const kept = (plan.resource_changes ?? []).filter(({ change }) => change.after !== null);
    const elsewhere = kept.filter(({ address, mode }) => {
      const line = firstLine(story, source, address, []) ?? '';
      return !line.startsWith(mode === 'data' ? 'data "' : 'resource "');
    });
    expect(source.problems).toEqual([]);
    expect(elsewhere).toEqual([]);
  });

  test('every attribute of the root module that the plan knows of stands on its line and has an expression', async () => {
    const source = await open(story, plan);
    for (const { mode, type, name, expressions } of plan.configuration.root_module?.resources ?? []) {
      const kind = mode === 'data' ? 'data' : 'resource';
      const address = `${kind === 'data' ? 'data.' : ''}${type}.${name}`;
      for (const attribute of attributes(expressions)) {
        const expression = source.expression([], { kind, type, name, path: [attribute] });
        const seen = { address, line: firstLine(story, source, address, [attribute]), kind: expression?.kind };
        expect(seen).toEqual({
          address,
          line: expect.stringMatching(new RegExp(`^${attribute}\\b`)),
          kind: expect.not.stringMatching(/^other$/),
        });
      }
    }
  });
});
