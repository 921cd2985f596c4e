import { existsSync, readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import { type ChecklistItem, coverage } from '../../src/policy/coverage.ts';
import { isAbout, runExamples } from '../../src/policy/examples.ts';
import { kindFor } from '../../src/policy/kind.ts';
import { loadDirectory, vocabulary } from '../../src/policy/own.ts';

const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

const policies = await loadDirectory('policies');
const ids = policies.map(({ id }) => id);
const { kinds, constants } = vocabulary();
const tiers = readJson('tiers.json') as Readonly<Record<string, number>>;
const checklist = readJson('../../policies/checklist.json') as readonly ChecklistItem[];

/** Where what is changed is a change in either direction: another key, another destination. */
const IS_CHANGE: readonly string[] = ['changed', 'weakened'];

const SYMMETRIC = ['kms/alias-repointed', 'cloudtrail/destination-changed'];

const isPolicyFile = new Ajv2020({ strict: false }).compile(readJson('../../schemas/policy.schema.json') as object);

describe.each(policies)('$id', (policy) => {
  test.each(policy.subject)('its examples say what they stand under, as %s', (subject) => {
    expect(runExamples(policy, kindFor(subject, kinds), constants)).toEqual([]);
  });

  test('is accepted by the published JSON Schema and has a page', () => {
    expect(isPolicyFile(parse(readFileSync(policy.file, 'utf8')))).toBe(true);
    expect(existsSync(`docs/policies/${policy.id}.md`)).toBe(true);
  });

  test('has a title that fits on one line, and is worded as a fact', () => {
    expect(policy.title.length).toBeLessThanOrEqual(100);
    expect(policy.title).not.toMatch(/\.$|\n/);
  });

  test('says why and how to fix it in full sentences', () => {
    expect(policy.why).toMatch(/^[A-Z].*\.$/s);
    expect(policy.fix).toMatch(/^[A-Z].*\.$/s);
  });

  test('shows something as proof', () => {
    expect(policy.message).not.toBe('');
    expect(policy.message).not.toMatch(/\.$/);
  });

  test('names checklist lines that exist, or references where it is on no checklist', () => {
    expect(policy.seeds.filter((seed) => !checklist.some((item) => item.id === seed))).toEqual([]);
    expect(policy.seeds.length + policy.references.length).toBeGreaterThan(0);
  });

  test('is a file that is read at a glance', () => {
    expect(readFileSync(policy.file, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });

  test('is a wish, and not told unasked, when its severity is info', () => {
    const isWish = policy.severity === 'info' && policy.severities.length === 0;
    expect(policy.profile === 'all' || !isWish).toBe(true);
  });

  test('does not speak about the change that undoes its bad examples', () => {
    const examples = (IS_CHANGE.includes(policy.on) && !SYMMETRIC.includes(policy.id) ? policy.examples.bad : [])
      .filter(({ fate }) => fate === undefined)
      .map(({ oldObject = {}, object = {} }) => ({
        oldObject: object,
        object: oldObject,
      }));
    const undone = { ...policy, examples: { bad: examples, good: [], undetermined: [] } };
    for (const subject of policy.subject) {
      const verdicts = runExamples(undone, kindFor(subject, kinds), constants).map(({ found }) => found.kind);
      expect(verdicts).toEqual(
        examples.filter((example) => isAbout(example, kindFor(subject, kinds))).map(() => 'good'),
      );
    }
  });

  test('severity rules are not without effect', () => {
    expect(
      policy.severities.every(({ severity }) => severity !== policy.severity || policy.severities.length > 1),
    ).toBe(true);
  });
});

test('every policy of the catalogue is there, and no other', () => {
  expect(ids.toSorted()).toEqual(Object.keys(tiers).toSorted());
});

test('every line of the checklists that a plan can show has a policy', () => {
  const lines = coverage(checklist, policies);
  expect(lines.filter(({ item, policies: of }) => of.length === 0 && item.coverage !== 'not-in-plan')).toEqual([]);
});
