import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { configSchema } from '../../src/config/schema.ts';
import { builtinPolicies } from '../../src/policy/builtin.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const yamlIn = (markdown: string): string[] =>
  [...markdown.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']) => text);

const PAGE = read('docs/configuration.md');
const README = yamlIn(read('README.md')).filter((text) => /^profile:/m.test(text));

test.each([...yamlIn(PAGE), ...README])('what is shown is right: %s', (text) => {
  const { settings, paths, waivers } = parseConfig(text, 'example', '2026-11-27');
  const ids = new Set(builtinPolicies().map(({ id }) => id));
  const named = [settings, ...paths.map((rule) => rule.settings)].flatMap(Object.keys);
  for (const id of [...named, ...waivers.map(({ policy }) => policy)]) expect(ids).toContain(id);
});

test('every key has its section with an example, and the README shows most', () => {
  for (const key of Object.keys(configSchema.shape)) {
    const section = PAGE.split(`\n## ${key}\n`)[1]?.split('\n## ')[0] ?? '';
    expect(section).toMatch(new RegExp(`\`\`\`yaml\n${key}:`));
  }
  expect(README).toHaveLength(1);
});
