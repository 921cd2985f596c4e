import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Review } from '../../src/finding/review.ts';
import { inDirectory, planwarden, storyFile } from './command.ts';

const PLAN = storyFile('opens-ssh-to-world');
const DAY = 24 * 60 * 60 * 1000;
const UNTIL = new Date(Date.now() + 30 * DAY).toISOString().slice(0, 10);
const WHY = ['--reason', 'until the VPN is live', '--owner', 'net team', '--until', UNTIL];

/** Reviews a plan into `report.json` of a directory of its own, and gives the fingerprint of what it found. */
const withReport = (use: (cwd: string, fingerprint: string) => Promise<void>): Promise<void> =>
  inDirectory(async (cwd) => {
    await planwarden(['review', PLAN, '--format', 'json', '--output', 'report.json'], { cwd });
    const { findings } = JSON.parse(await readFile(join(cwd, 'report.json'), 'utf8')) as Review;
    await use(cwd, findings[0]?.fingerprint ?? '');
  });

describe('planwarden waive', () => {
  test('writes the waiver that makes the same plan pass, beside what is there', () =>
    withReport(async (cwd, fingerprint) => {
      await writeFile(join(cwd, 'planwarden.yml'), '# ours\nfail-on: low # strict\n');
      expect((await planwarden(['review', PLAN], { cwd })).code).toBe(1);
      expect(await planwarden(['waive', fingerprint.slice(0, 8), ...WHY], { cwd })).toEqual({
        code: 0,
        stdout: `planwarden.yml now accepts security-group/ingress-open-to-world-admin-port for aws_vpc_security_group_ingress_rule.ssh until ${UNTIL}. It takes effect once it is on the base branch.\n`,
        stderr: '',
      });
      expect(await readFile(join(cwd, 'planwarden.yml'), 'utf8')).toMatch(
        /^# ours\nfail-on: low # strict\nwaivers:\n {2}- policy: [^]*\n {4}grant: \S+\n$/,
      );
      expect((await planwarden(['review', PLAN], { cwd })).code).toBe(0);
    }));

  test('reviews a plan itself, and binds to nothing when asked', () =>
    withReport(async (cwd, fingerprint) => {
      const given = ['waive', fingerprint, '--plan', PLAN, '--bind', 'nothing', ...WHY];
      expect((await planwarden(given, { cwd })).code).toBe(0);
      expect(await readFile(join(cwd, '.planwarden.yaml'), 'utf8')).not.toContain('grant');
    }));

  test.each([
    [[], 'A waiver says why, who answers for it and until when: add --reason, --owner, --until.'],
    [WHY.slice(0, 4), 'A waiver says why, who answers for it and until when: add --until.'],
    [[...WHY, '--until', 'soon'], '`waivers.0.expires` is `soon`; expected a date such as 2027-01-31.'],
    [[...WHY, '--until', '2999-01-01'], '`waivers.0.expires` is `2999-01-01`; expected a day up to '],
    [[...WHY, '--report', 'no.json'], 'The report no.json does not exist: make it with '],
    [[...WHY, '--report', 'other.json'], 'other.json is no report of this planwarden: make it again'],
  ])('refuses %j', (given, expected) =>
    withReport(async (cwd, fingerprint) => {
      await writeFile(join(cwd, 'other.json'), '{"findings": [{}]}');
      await writeFile(join(cwd, 'planwarden.yml'), '');
      const { code, stderr } = await planwarden(['waive', fingerprint, ...given], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain(expected);
      expect(await readFile(join(cwd, 'planwarden.yml'), 'utf8')).toBe('');
    }),
  );

  test('names no finding that is not there', () =>
    withReport(async (cwd) => {
      expect((await planwarden(['waive', 'ffffffff', ...WHY], { cwd })).stderr).toContain(
        'No finding has the fingerprint ffffffff: copy it from the report JSON of the plan.',
      );
    }));
});
