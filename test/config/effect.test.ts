import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Review } from '../../src/finding/review.ts';
import { run, type RunOptions } from '../../src/run.ts';
import { inDirectory, planwarden, storyFile } from '../cli/command.ts';

const ADMIN_PORT = 'security-group/ingress-open-to-world-admin-port';
const OPENS_SSH = storyFile('opens-ssh-to-world');

const OWN_POLICY = `
title: Nobody adds rules here
severity: medium
subject: aws_vpc_security_group_ingress_rule
on: present
bad: has(object.ip_protocol)
message: This is a rule
why: Rules are made elsewhere.
fix: Remove it.
examples:
  bad: [{ ip_protocol: tcp }]
  good: [{ ip_protocol: null }]
`;

/** Writes files into a directory of its own and works there. */
const withFiles = <T>(files: Readonly<Record<string, string>>, use: (cwd: string) => Promise<T>): Promise<T> =>
  inDirectory(async (cwd) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(cwd, dirname(path)), { recursive: true });
      await writeFile(join(cwd, path), text);
    }
    return use(cwd);
  });

const reviewWith = (config: string, options: Partial<RunOptions> = {}): Promise<Review> =>
  withFiles({ '.planwarden.yaml': config }, (cwd) =>
    run({ plans: [OPENS_SSH], mode: 'review', cwd, today: '2026-11-22', ...options }),
  );

describe('where the configuration comes from', () => {
  test('from .planwarden.yaml where the command runs', async () => {
    expect((await reviewWith('fail-on: never')).conclusion).toBe('pass');
  });

  test.each(['planwarden.yml', '.github/planwarden.yml'])('from %s', async (name) => {
    await withFiles({ [name]: 'fail-on: never' }, async (cwd) => {
      expect((await planwarden(['review', OPENS_SSH], { cwd })).code).toBe(0);
    });
  });

  test('from the root of the checkout, when there is none where the command runs', async () => {
    const files = { '.git/HEAD': '', '.github/planwarden.yml': 'fail-on: never', 'stacks/net/README.md': '' };
    await withFiles(files, async (cwd) => {
      expect((await planwarden(['review', OPENS_SSH], { cwd: join(cwd, 'stacks/net') })).code).toBe(0);
    });
  });

  test('two of them are a mistake', async () => {
    await withFiles({ '.planwarden.yaml': '', '.github/planwarden.yml': '' }, async (cwd) => {
      expect(await planwarden(['review', OPENS_SSH], { cwd })).toEqual({
        code: 2,
        stdout: '',
        stderr: 'planwarden: .planwarden.yaml and .github/planwarden.yml are both configurations: keep one of them.\n',
      });
    });
  });

  test('the command line decides over it', async () => {
    expect((await reviewWith('fail-on: never', { failOn: 'high' })).conclusion).toBe('fail');
  });

  test('none is read when none is wanted', async () => {
    expect((await reviewWith('fail-on: never', { config: null })).conclusion).toBe('fail');
  });

  test('--config names another file, which must be there', async () => {
    await withFiles({ 'ci/strict.yaml': 'fail-on: never' }, async (cwd) => {
      expect((await planwarden(['review', OPENS_SSH, '--config', 'ci/strict.yaml'], { cwd })).code).toBe(0);
      expect(await planwarden(['review', OPENS_SSH, '--config', 'ci/loose.yaml'], { cwd })).toEqual({
        code: 2,
        stdout: '',
        stderr: 'planwarden: The configuration ci/loose.yaml does not exist: name another file, or leave it out.\n',
      });
      expect((await planwarden(['review', OPENS_SSH, '--config', 'ci'], { cwd })).stderr).toContain(
        'The configuration ci is a directory',
      );
    });
  });

  test('one that is wrong stops the review', async () => {
    await withFiles({ '.planwarden.yaml': '\nfail-on: severe\n' }, async (cwd) => {
      const { code, stdout, stderr } = await planwarden(['review', OPENS_SSH], { cwd });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^planwarden: \.planwarden\.yaml:2: `fail-on` is `severe`; expected one of [^\n]+\.\n$/);
    });
  });
});

describe('settings', () => {
  test('turn a policy off', async () => {
    const { findings, conclusion } = await reviewWith(`settings: { ${ADMIN_PORT}: { enabled: false } }`);
    expect(findings.map(({ policy }) => policy)).not.toContain(ADMIN_PORT);
    expect(conclusion).toBe('pass');
  });

  test('change its severity', async () => {
    const { findings, conclusion } = await reviewWith(`settings: { ${ADMIN_PORT}: { severity: low } }`);
    expect(findings).toMatchObject([{ policy: ADMIN_PORT, severity: 'low' }]);
    expect(conclusion).toBe('pass');
  });

  test('of a policy that does not exist are a mistake', async () => {
    await expect(reviewWith('settings: { iam/no-such-policy: { enabled: false } }')).rejects.toThrow(
      'The configuration has settings for the policy iam/no-such-policy, which does not exist: `planwarden policies list` shows all.',
    );
  });
});

describe('waivers', () => {
  const waiver = (expires: string): string =>
    `waivers: [{ policy: ${ADMIN_PORT}, address: aws_vpc_security_group_ingress_rule.*, reason: Only for the move, owner: net team, expires: ${expires} }]`;

  test('accept a finding, which is still told', async () => {
    const { findings, conclusion, counts, notes } = await reviewWith(waiver('2026-11-22'));
    expect(conclusion).toBe('pass');
    expect(findings).toMatchObject([
      { policy: ADMIN_PORT, waived: { owner: 'net team', reason: 'Only for the move' } },
    ]);
    expect(counts).toMatchObject({ waived: { critical: 1 }, introduced: { critical: 0 } });
    expect(notes.join()).not.toContain('expired');
  });

  test('bound to a grant accept it and nothing more', async () => {
    const { findings } = await reviewWith('');
    const bound = (grant: string): Promise<Review> =>
      reviewWith(waiver('2027-01-31').replace(' }]', `, grant: '${grant}' }]`));
    const grant = findings[0]?.grant ?? '';
    expect(await bound(grant)).toMatchObject({ conclusion: 'pass', findings: [{ waived: { grant } }] });
    const { conclusion, notes } = await bound('00000000');
    expect(conclusion).toBe('fail');
    expect(notes.join()).toContain(
      `is void: it accepts the grant 00000000, and what the plan grants now is another (${grant})`,
    );
  });

  test('do not hold after their last day, and that is said', async () => {
    const { findings, conclusion, notes } = await reviewWith(waiver('2026-11-21'));
    expect(conclusion).toBe('fail');
    expect(findings).toMatchObject([{ waived: null }]);
    expect(notes).toContain(
      `The waiver of ${ADMIN_PORT} for aws_vpc_security_group_ingress_rule.* (net team) expired on 2026-11-21 and no longer holds.`,
    );
  });
});

describe('on-unknown', () => {
  const unknown = (word: string): Promise<Review> =>
    reviewWith(`on-unknown: ${word}\nfail-on: info`, { plans: [storyFile('ssh-source-unknown')] });

  test.each([
    ['ignore', 'pass', 0],
    ['warn', 'pass', 1],
    ['fail', 'fail', 1],
  ])('%s', async (word, conclusion, told) => {
    const review = await unknown(word);
    expect(review.conclusion).toBe(conclusion);
    expect(Math.min(1, review.findings.filter(({ status }) => status === 'undetermined').length)).toBe(told);
  });
});

describe('plans that do not show everything', () => {
  test.each([
    ['targeted-plan', '', 'fail', 'this is a partial plan (made with `-target`'],
    ['targeted-plan', 'allow-partial: true', 'pass', 'so this review is partial.'],
    ['plan-errored', '', 'fail', 'planning failed midway, so this review is partial and cannot pass'],
    [
      'plan-errored',
      'allow-partial: true',
      'fail',
      'planning failed midway, so this review is partial and cannot pass',
    ],
  ])('%s with "%s": %s', async (story, config, conclusion, note) => {
    const review = await reviewWith(config, { plans: [storyFile(story)] });
    expect(review).toMatchObject({ conclusion, neutral: false });
    expect(review.notes.join('\n')).toContain(note);
  });
});

describe('own policies', () => {
  const told = (review: string): string[] => (JSON.parse(review) as Review).findings.map(({ policy }) => policy);

  test('are found beside the configuration that names them, wherever the command runs', async () => {
    const files = { 'ci/planwarden.yaml': 'policies: [rules]', 'ci/rules/team/no-rules.yaml': OWN_POLICY };
    await withFiles(files, async (cwd) => {
      const { stdout, stderr } = await planwarden(
        ['review', OPENS_SSH, '--config', 'ci/planwarden.yaml', '--format', 'json'],
        { cwd },
      );
      expect(stderr).toBe('');
      expect(told(stdout)).toContain('team/no-rules');
    });
  });

  test('--policies adds directories, and says which it cannot find', async () => {
    await withFiles({ 'a/one.yaml': OWN_POLICY, 'b/two.yaml': OWN_POLICY }, async (cwd) => {
      const { stdout } = await planwarden(
        ['review', OPENS_SSH, '--mode', 'audit', '--policies', 'a', '--policies', 'b', '--format', 'json'],
        { cwd },
      );
      expect(told(stdout)).toEqual(expect.arrayContaining(['one', 'two']));
      expect((await planwarden(['review', OPENS_SSH, '--policies', 'c'], { cwd })).stderr).toContain(
        'c is not a directory',
      );
    });
  });

  test('can be set like others, and must not take a name that is taken', async () => {
    const files = {
      'own/no-rules.yaml': OWN_POLICY,
      '.planwarden.yaml': 'policies: [own]\nsettings: { no-rules: { enabled: false } }',
    };
    await withFiles(files, async (cwd) => {
      expect((await planwarden(['config', 'check'], { cwd })).stdout).toMatch(
        /^\.planwarden\.yaml is fine: fails on high, 0 waivers, 1 policy has settings\.\n/,
      );
      await mkdir(join(cwd, 'own', 'security-group'));
      await writeFile(join(cwd, 'own', `${ADMIN_PORT}.yaml`), OWN_POLICY);
      expect((await planwarden(['config', 'check'], { cwd })).stderr).toContain(
        `the policy ${ADMIN_PORT} exists already`,
      );
    });
  });

  test('a policy that is wrong is told with file and line', async () => {
    await withFiles(
      {
        'own/no-rules.yaml': OWN_POLICY.replace('severity: medium', 'severity: bad'),
        '.planwarden.yaml': 'policies: [own]',
      },
      async (cwd) => {
        const { code, stderr } = await planwarden(['review', OPENS_SSH], { cwd });
        expect(code).toBe(2);
        expect(stderr).toMatch(/^planwarden: .*own\/no-rules\.yaml:3: [^\n]+\n$/);
      },
    );
  });
});

describe('config check', () => {
  test.each([
    ['fail-on: low\n', 0, '.planwarden.yaml is fine: fails on low, 0 waivers, 0 policies have settings.\n', ''],
    ['fail-on: 3\n', 2, '', '.planwarden.yaml:1: `fail-on` is `3`'],
    ['settings: { no/such: { enabled: false } }\n', 2, '', 'no/such, which does not exist'],
    ['policies: [nowhere]\n', 2, '', 'nowhere is not a directory'],
  ])('%j', async (text, code, stdout, stderr) => {
    await withFiles({ '.planwarden.yaml': text }, async (cwd) => {
      const outcome = await planwarden(['config', 'check'], { cwd });
      expect(outcome.code).toBe(code);
      expect(outcome.stdout.slice(0, stdout.length || undefined)).toBe(stdout);
      expect(outcome.stderr).toContain(stderr);
    });
  });

  test('without a file is a mistake', async () => {
    await withFiles({}, async (cwd) => {
      expect(await planwarden(['config', 'check'], { cwd })).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('.planwarden.yaml does not exist'),
      });
    });
  });
});
