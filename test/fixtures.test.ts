import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listStories, sourcesOf } from '../scripts/fixtures/story.ts';
import { PLANNED_AT } from '../scripts/fixtures/stable.ts';

const FIXTURES = join(import.meta.dirname, '..', '__fixtures__');
const stories = listStories(FIXTURES);
const MOMENT = /\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?[\d.]*Z?/g;

/** Both parts of a name that would tell where the plans were made. */
const MACHINE = ['127.0.0.1', 'localhost', '/home/', '/root/', '/work/', '/opt/', 'planwarden-story-', `${tmpdir()}/`];

function planText(folder: string): string {
  return readFileSync(join(folder, 'plan.json'), 'utf8');
}

describe('the stories', () => {
  it('are at least fifty, in folders with a kebab-case name', () => {
    expect(stories.length).toBeGreaterThanOrEqual(50);
    expect(stories.filter(({ name }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });

  it('hold nothing but HCL, the plan, the expected review and what the script reads', () => {
    const known = /^(before|after|drift)$|^(plan|story|state)\.json$|^review\.txt$|^expected\./;
    const strangers = stories.flatMap(({ folder }) => readdirSync(folder).filter((entry) => !known.test(entry)));
    expect(strangers).toEqual([]);
  });
});

describe.each(stories)('$name', (story) => {
  it('has HCL to show', () => {
    const sides = ['before', 'after'].map((side) => join(story.folder, side)).filter(existsSync);
    expect(sides.some((side) => statSync(side).isDirectory())).toBe(true);
    expect(sourcesOf(story)).toMatch(/^(resource|module) "/m);
  });

  it('has a plan of Terraform 1.11', () => {
    expect(JSON.parse(planText(story.folder))).toMatchObject({
      format_version: '1.2',
      terraform_version: '1.11.4',
      timestamp: PLANNED_AT,
      errored: story.options.planFails === true,
      configuration: expect.anything(),
      planned_values: expect.anything(),
    });
  });

  it('tells nothing about the machine or the day it was made on', () => {
    const text = planText(story.folder);
    const sources = sourcesOf(story);
    expect(MACHINE.filter((trace) => text.includes(trace))).toEqual([]);
    const moments = [...text.matchAll(MOMENT)].map(([moment]) => moment);
    expect(moments.filter((moment) => moment !== PLANNED_AT && !sources.includes(moment))).toEqual([]);
  });
});
