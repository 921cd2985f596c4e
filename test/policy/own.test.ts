import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { coverageText } from '../../src/cli/coverage.ts';
import { listPolicies, newPolicy, showPolicy, testPolicies } from '../../src/cli/policies.ts';
import { builtinPolicies } from '../../src/policy/builtin.ts';
import { loadOwnPolicies } from '../../src/policy/own.ts';

let cwd = '';
let lines: string[] = [];
const io = {
  get cwd() {
    return cwd;
  },
  print: (text: string): void => void lines.push(text),
};

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'planwarden-policies-'));
  lines = [];
});
afterEach(() => rm(cwd, { recursive: true }));

async function write(id: string, change: (text: string) => string = (text) => text): Promise<void> {
  await newPolicy(id, io);
  const path = join(cwd, 'policies', `${id}.yaml`);
  await writeFile(path, change(await readFile(path, 'utf8')));
}

describe('own policies', () => {
  test('a new one passes its own examples and is loaded under the id of its path', async () => {
    await write('team/database-protected');
    expect(await testPolicies('policies', io)).toBe(true);
    expect(lines.at(-2)).toBe('ok      team/database-protected (2 bad, 1 good, 1 undetermined)');
    expect(lines.at(-1)).toBe('\n1 policy: all examples hold.');
    expect((await loadOwnPolicies([join(cwd, 'policies')])).map(({ id }) => id)).toEqual(['team/database-protected']);
  });

  test('an example that comes out differently is named', async () => {
    await write('team/wrong', (text) => text.replace('!= true', '== true'));
    expect(await testPolicies('policies', io)).toBe(false);
    expect(lines.slice(1)).toEqual([
      'FAILED  team/wrong (2 bad, 1 good, 1 undetermined)',
      '        examples.bad[0] {"deletion_protection":false} is good, not bad',
      '        examples.bad[1] {} is good, not bad',
      '        examples.good[0] {"deletion_protection":true} is bad, not good',
      '\n1 policy: 1 to mend.',
    ]);
  });

  test('the id of a policy that comes with planwarden is taken', async () => {
    await write('team/database-protected');
    await mkdir(join(cwd, 'policies', 'kms'));
    await writeFile(
      join(cwd, 'policies', 'kms', 'key-disabled.yml'),
      await readFile(join(cwd, 'policies', 'team', 'database-protected.yaml')),
    );
    expect(await testPolicies('policies', io)).toBe(false);
    expect(lines).toContain('        this id comes with planwarden: choose another file name');
  });

  test('messages name files as their author does', async () => {
    await write('team/one', (text) => text.replace('severity: medium', 'severity: hgih'));
    await expect(testPolicies('policies', io)).rejects.toThrow(/^policies\/team\/one\.yaml:2: /);
    await expect(testPolicies('nowhere', io)).rejects.toThrow(/^nowhere is not a directory/);
  });

  test('every broken file is told at once', async () => {
    await write('team/one', (text) => text.replace('severity: medium', 'severity: hgih'));
    await write('team/two', (text) => text.replace('fix:', 'fx:'));
    await expect(loadOwnPolicies([join(cwd, 'policies')])).rejects.toThrow(
      /one\.yaml:2: `severity` is `hgih`.*\n.*two\.yaml:11: `fx` is not a key here/,
    );
  });

  test('a built-in id is taken', async () => {
    await write('team/mine');
    await mkdir(join(cwd, 'policies', 'kms'));
    await writeFile(
      join(cwd, 'policies', 'kms', 'key-disabled.yaml'),
      await readFile(join(cwd, 'policies', 'team', 'mine.yaml'), 'utf8'),
    );
    await expect(loadOwnPolicies([join(cwd, 'policies')])).rejects.toThrow(
      'the policy kms/key-disabled exists already in policies/kms/key-disabled.yaml',
    );
    await expect(newPolicy('kms/key-disabled', io)).rejects.toThrow('comes with planwarden');
  });

  test.each(['Upper/Case', 'noservice', '../../etc/x', 'a/b.yaml', 'a//b'])('%s is no id', async (id) => {
    await expect(newPolicy(id, io)).rejects.toThrow('is no policy id; expected a service and a name in lower case');
  });

  test('nothing is overwritten', async () => {
    await newPolicy('team/mine', io);
    await expect(newPolicy('team/mine', io)).rejects.toThrow('exists already');
  });

  test('a directory that is not there, and one without policies', async () => {
    await expect(loadOwnPolicies([join(cwd, 'nowhere')])).rejects.toThrow(
      'is not a directory: name the directory that holds your policies.',
    );
    await expect(loadOwnPolicies([cwd])).rejects.toThrow('holds no policy: expected .yaml files.');
  });
});

describe('built-in policies', () => {
  test('are listed one per line with severity and title', () => {
    listPolicies(io);
    expect(lines).toHaveLength(builtinPolicies().length);
    expect(lines.find((line) => line.includes('cloudtrail/trail-deleted'))).toMatch(
      /^critical {2}cloudtrail\/trail-deleted +A CloudTrail trail is deleted, replaced or forgotten$/,
    );
  });

  test('are shown with reasons, fix, expression and examples', async () => {
    await showPolicy('kms/key-disabled', io);
    const text = lines.join('\n');
    expect(text).toContain('A KMS key is disabled');
    expect(text).toMatch(/^fix {9}\w/m);
    expect(text).toMatch(/^bad when {4}!object.enabled$/m);
    expect(text).toMatch(/bad +enabled: false/);
  });

  test.each([80, 120])('fit a terminal of %i columns, severity first', async (width) => {
    listPolicies({ ...io, width });
    await showPolicy('rds/public-security-group', { ...io, cwd, width });
    lines.push(coverageText('table', undefined, width));
    const shown = lines.flatMap((text) => text.split('\n'));
    expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(shown[0]).toMatch(/^(critical|high|medium|low|info) +[a-z]/);
  });

  test('a wrong id is answered with similar ones', async () => {
    await expect(showPolicy('kms/key-deleted', io)).rejects.toThrow(
      /There is no policy kms\/key-deleted; did you mean .*kms\/key-deleted-or-replaced/,
    );
    await expect(showPolicy('nothing/at-all', io)).rejects.toThrow('`planwarden policies list` shows all.');
  });

  test('cover the checklists, line by line, with the reason where a plan shows nothing', () => {
    const text = coverageText('table', undefined, undefined);
    expect(text).toContain('s2-069');
    expect(text).toMatch(/s0-003 .*\n +→ not visible in a plan: The root user's MFA device/);
    expect(text).toMatch(/→ .*cloudtrail\/multi-region-disabled/);
    const counts = [...text.matchAll(/^(\d+) lines: /gmu)].map(([, count]) => Number(count));
    expect(counts.slice(0, 5).reduce((sum, count) => sum + count, 0)).toBe(353);
  });

  test('name the policies for a control of the benchmarks', () => {
    const cis = coverageText('markdown', 'cis', undefined);
    expect(cis).toMatch(/\| 3\.6 \| .* \| kms\/rotation-disabled \|/);
    expect(cis).not.toContain('s0-001');
    const [fsbp] = JSON.parse(coverageText('json', 'fsbp', undefined)) as {
      lines: { id: string; policies: string[] }[];
    }[];
    expect(fsbp?.lines.find(({ id }) => id === 'S3.8')?.policies).toContain('s3/public-access-block-weakened');
  });
});
