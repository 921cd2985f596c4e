import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Finding } from '../../src/finding/finding.ts';
import { publishLineComments } from '../../src/github/line-comments.ts';
import { toLineComments } from '../../src/report/line-comments.ts';
import { finding, review } from '../report/review-builder.ts';
import { HEAD, NEXT_HEAD, PULL_REQUEST, RUN, plainClient, writes } from '../support/github/fixtures.ts';
import { startGitHub, stopGitHub, type FakeGitHub } from '../support/github/server.ts';

let github: FakeGitHub;

/** All lines of the file are new. */
const added = (lines: number): string =>
  [`@@ -0,0 +1,${lines} @@`, ...Array.from({ length: lines }, (_, index) => `+line ${index + 1}`)].join('\n');

beforeEach(async () => {
  github = await startGitHub();
  const patches = { 'network.tf': added(60) };
  github.pulls.push({ number: 7, headSha: HEAD, baseSha: 'base', files: ['network.tf', 'image.bin'], patches });
});

afterEach(() => stopGitHub(github));

const at = (line: number, change: Partial<Finding> = {}): Finding =>
  finding({
    address: `aws_security_group.g${line}`,
    fingerprint: line.toString(16).padStart(20, '0'),
    location: { path: 'network.tf', startLine: line, endLine: line },
    ...change,
  });

const publish = (findings: readonly Finding[], key = 'abc123') =>
  publishLineComments(plainClient(github), RUN, PULL_REQUEST, { key, comments: toLineComments(review({ findings })) });

const standing = () => github.lineComments.filter(({ minimized }) => minimized === null).map(({ line }) => line);

test('all remarks come in one review, each at its line, with a hidden marker', async () => {
  const { shown, refused } = await publish([at(3), at(9)]);
  expect([shown.length, refused.length]).toEqual([2, 0]);
  expect(github.reviews).toEqual([2]);
  expect(standing()).toEqual([3, 9]);
  expect(github.lineComments[0]?.body).toMatch(
    /^<!-- planwarden:line key=abc123 finding=0{19}3 digest=[0-9a-f]{12} -->\n\*\*Critical: /,
  );
});

test('a block of several lines is marked whole', async () => {
  await publish([at(3, { location: { path: 'network.tf', startLine: 3, endLine: 8 } })]);
  expect(github.lineComments[0]).toMatchObject({ startLine: 3, line: 8 });
});

test('the same again writes nothing', async () => {
  await publish([at(3)]);
  const before = writes(github).length;
  expect((await publish([at(3)])).shown).toHaveLength(1);
  expect(writes(github)).toHaveLength(before);
  expect(github.lineComments).toHaveLength(1);
});

test('what is fixed is folded away as outdated, and the rest stays as it is', async () => {
  await publish([at(3), at(9)]);
  await publish([at(9)]);
  expect(github.lineComments.map(({ line, minimized }) => [line, minimized])).toEqual([
    [3, 'outdated'],
    [9, null],
  ]);
  expect(github.reviews).toEqual([2]);
});

test('what says something else now is said anew', async () => {
  await publish([at(3)]);
  await publish([at(3, { severity: 'high' })]);
  expect(github.lineComments.map(({ minimized }) => minimized)).toEqual(['outdated', null]);
});

test('what comes back after it was fixed is said again', async () => {
  await publish([at(3)]);
  await publish([]);
  await publish([at(3)]);
  expect(github.lineComments.map(({ minimized }) => minimized)).toEqual(['outdated', null]);
});

test('what a person hid is not said again', async () => {
  await publish([at(3)]);
  github.lineComments[0]!.minimized = 'resolved';
  await publish([at(3)]);
  expect(github.lineComments).toHaveLength(1);
});

test('a comment whose line was edited away is replaced', async () => {
  await publish([at(3)]);
  github.lineComments[0]!.isOutdated = true;
  await publish([at(3)]);
  expect(standing()).toEqual([3]);
  expect(github.lineComments).toHaveLength(2);
});

test('a marker copied by somebody else neither counts nor is folded away', async () => {
  await publish([at(3)]);
  const [own] = github.lineComments.splice(0);
  github.lineComments.push({ ...own!, login: 'mallory' });
  await publish([at(3)]);
  expect(github.lineComments.map(({ login, minimized }) => [login, minimized])).toEqual([
    ['mallory', null],
    ['github-actions[bot]', null],
  ]);
});

test('reviews with other keys keep their comments', async () => {
  await publish([at(3)]);
  await publish([], 'def456');
  expect(standing()).toEqual([3]);
});

test('own comments are found behind a hundred threads of others', async () => {
  for (let count = 0; count < 120; count += 1)
    github.lineComments.push({
      id: `other ${count}`,
      pull: 7,
      login: 'human',
      path: 'network.tf',
      side: 'RIGHT',
      line: 1,
      startLine: null,
      body: 'Why?',
      isOutdated: false,
      minimized: null,
    });
  await publish([at(3)]);
  await publish([at(3)]);
  expect(github.lineComments).toHaveLength(121);
});

test('what is not in the diff, or in a file without a patch, is not commented on', async () => {
  const elsewhere = { path: 'image.bin', startLine: 1, endLine: 1 };
  const { shown, refused } = await publish([at(99), at(1, { location: elsewhere }), at(2, { location: null })]);
  expect([shown, refused]).toEqual([[], []]);
  expect(writes(github)).toEqual([]);
});

const GONE = `@@ -10,7 +10,3 @@
 resource "aws_vpc" "main" {
 }
-resource "aws_cloudtrail" "main" {
-  name = "all"
-}
-
 resource "aws_vpc" "other" {`;

const deleted = (change: Partial<Finding> = {}): Finding =>
  at(1, {
    address: 'module.audit["eu"].aws_cloudtrail.main["all"]',
    resourceType: 'aws_cloudtrail',
    location: null,
    ...change,
  });

test('what is removed is told where it stood', async () => {
  github.pulls[0]!.patches = { 'network.tf': GONE };
  const { shown } = await publish([deleted()]);
  expect(shown).toHaveLength(1);
  expect(github.lineComments).toMatchObject([{ path: 'network.tf', side: 'LEFT', line: 12, startLine: null }]);
  await publish([deleted()]);
  expect(github.reviews).toEqual([1]);
});

test('what goes with the call of a module is told at the call, the nearest that is removed', async () => {
  const calls = '@@ -1,5 +0,0 @@\n-module "audit" {\n-}\n-\n-module "trail" {\n-}';
  github.pulls[0]!.patches = { 'network.tf': calls };
  await publish([deleted({ address: 'module.audit["module.other"].module.trail.aws_cloudtrail.main' })]);
  expect(github.lineComments).toMatchObject([{ path: 'network.tf', side: 'LEFT', line: 4 }]);
  await publish([deleted({ address: 'module.audit.module.kept.aws_cloudtrail.main', fingerprint: 'a' })]);
  expect(github.lineComments.at(-1)).toMatchObject({ side: 'LEFT', line: 1 });
});

test.each([
  ['another type', { resourceType: 'aws_s3_bucket', address: 'aws_s3_bucket.main' }, {}],
  ['another name', { address: 'aws_cloudtrail.other' }, {}],
  ['no name', { address: 'aws_cloudtrail' }, {}],
  ['two blocks of the name', {}, { 'other.tf': GONE }],
])('what is removed has no comment with %s', async (_, change, patches) => {
  const shown = { files: ['network.tf', 'other.tf'], patches: { 'network.tf': GONE, ...patches } };
  github.pulls.splice(0, 1, { number: 7, headSha: HEAD, baseSha: 'base', ...shown });
  expect((await publish([deleted(change)])).shown).toEqual([]);
  expect(writes(github)).toEqual([]);
});

test('the worst twenty are said', async () => {
  const mild = Array.from({ length: 20 }, (_, index) => at(index + 1, { severity: 'low' }));
  await publish([...mild, at(40)]);
  expect(standing()).toHaveLength(20);
  expect(standing()).toContain(40);
});

test('lines that GitHub refuses do not lose the others, and are named', async () => {
  github.refusedLines.add('network.tf:5');
  const { shown, refused } = await publish([1, 2, 3, 4, 5, 6, 7, 8].map((line) => at(line)));
  expect(refused).toEqual(['network.tf:5']);
  expect(shown).toHaveLength(7);
  expect(new Set(standing())).toEqual(new Set([1, 2, 3, 4, 6, 7, 8]));
});

test('an answer that got lost does not lead to a second review', async () => {
  const lost = { matches: (_: string, path: string) => path.endsWith('/reviews'), status: 502, after: true, times: 1 };
  github.faults.push(lost);
  await publish([at(3)]);
  expect(standing()).toEqual([3]);
  expect(github.reviews).toEqual([1]);
});

test('a run whose commit is no longer the head writes nothing', async () => {
  github.pulls[0]!.headSha = NEXT_HEAD;
  await publish([at(3)]);
  expect(writes(github)).toEqual([]);
});

test('a comment that cannot be folded away is counted', async () => {
  await publish([at(3)]);
  github.permissions = { ...github.permissions, 'pull-requests': 'read' };
  expect((await publish([])).unfolded).toBe(1);
});

test('without permission the error passes on', async () => {
  github.permissions = { ...github.permissions, 'pull-requests': 'read' };
  await expect(publish([at(3)])).rejects.toMatchObject({ status: 403 });
});

const repair = {
  location: { path: 'network.tf', startLine: 7, endLine: 7 },
  before: '  encrypted = false # later',
  after: '  encrypted = true # later',
};

test('one line that mends a finding is suggested where it stands', async () => {
  await publish([at(3, { location: { path: 'network.tf', startLine: 3, endLine: 12 }, repair })]);
  expect(github.lineComments).toMatchObject([{ line: 7, startLine: null }]);
  expect(github.lineComments[0]?.body).toContain('\n```suggestion\n  encrypted = true # later\n```\n');
});

test('a line that is missing is suggested below the one that stands there', async () => {
  const before = 'resource "aws_ebs_volume" "a" {';
  const missing = { ...repair, before, after: `${before}\n  encrypted = true\n` };
  await publish([at(3, { location: { path: 'network.tf', startLine: 3, endLine: 12 }, repair: missing })]);
  expect(github.lineComments).toMatchObject([{ line: 7, startLine: null }]);
  expect(github.lineComments[0]?.body).toContain(`\n\`\`\`suggestion\n${before}\n  encrypted = true\n\n\`\`\`\n`);
});

test('findings that different lines mend stand at their common place, without a suggestion', async () => {
  const location = { path: 'network.tf', startLine: 3, endLine: 12 };
  const other = { ...repair, location: { path: 'network.tf', startLine: 9, endLine: 9 } };
  await publish([at(3, { location, repair }), at(4, { location, repair: other })]);
  expect(github.lineComments).toMatchObject([{ startLine: 3, line: 12 }]);
  expect(github.lineComments[0]?.body).not.toContain('```suggestion');
});

test.each([
  ['a fence', '  encrypted = true # ``` end', true],
  ['a hidden character', '  encrypted = true # \u202eend', false],
  ['a workflow command', '  encrypted = true # ##[set-output]', false],
  ['a tab', '\tencrypted = true', false],
])('a line with %s is suggested as it is or not at all', (_, after, isOffered) => {
  const [comment] = toLineComments(review({ findings: [at(3, { repair: { ...repair, after } })] }));
  const text = comment?.text(true) ?? '';
  const [, fence = '', body] = /^(`{3,})suggestion\n(.*)\n\1$/mu.exec(text) ?? [];
  expect(body).toBe(isOffered ? after : undefined);
  expect(fence === '' || !after.includes(fence)).toBe(true);
});
