import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listStories, sourcesOf } from '../scripts/fixtures/story.ts';
import { lastingIds, PLANNED_AT, replaceIds, replaceMoments } from '../scripts/fixtures/stable.ts';

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
    const known = /^(before|after|drift)$|^(plan|story|state)\.json$|^review\.txt$|^planwarden\.yaml$|^expected\./;
    const strangers = stories.flatMap(({ folder }) => readdirSync(folder).filter((entry) => !known.test(entry)));
    expect(strangers).toEqual([]);
  });
});

describe('what AWS makes up', () => {
  const group = (id: string): string =>
    replaceIds(id, lastingIds([{ address: 'aws_security_group.web', values: { id } }], 'ami = "ami-12c6146b"'));

  it('gets the same id in every run, in the shape it had', () => {
    expect(group('sg-0aaaaaaaaaaaaaaaa')).toBe(group('sg-0bbbbbbbbbbbbbbbb'));
    expect(group('sg-0aaaaaaaaaaaaaaaa')).toMatch(/^sg-[0-9a-f]{17}$/);
  });

  it('gets another id for each resource, everywhere it stands', () => {
    const owners = ['a', 'b'].map((name) => ({ address: name, values: { id: `sg-${name.repeat(17)}` } }));
    const text = `sg-${'a'.repeat(17)} sg-${'b'.repeat(17)} sg-${'a'.repeat(17)}`;
    const [first, second, third] = replaceIds(text, lastingIds(owners, '')).split(' ');
    expect(first).toBe(third);
    expect(first).not.toBe(second);
  });

  it('keeps an id and a date that the author wrote', () => {
    expect(group('ami-12c6146b')).toBe('ami-12c6146b');
    expect(replaceMoments('"2031-05-01T00:00:00Z"', Date.UTC(2026, 5, 1))).toBe('"2031-05-01T00:00:00Z"');
    expect(replaceMoments('"2026-06-01T09:00:00Z"', Date.UTC(2026, 5, 1))).toBe(`"${PLANNED_AT}"`);
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
