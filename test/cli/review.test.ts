import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Review } from '../../src/finding/review.ts';
import { inDirectory, inputFile, planwarden, storyFile } from './command.ts';

const OPENS_SSH = storyFile('opens-ssh-to-world');
const NARROWED = storyFile('ssh-narrowed');
const OLD_RULE = storyFile('rules-reordered');
const UNKNOWN = storyFile('ssh-source-unknown');

async function reviewOf(...arguments_: string[]): Promise<Review> {
  const { stdout } = await planwarden(['review', '--format', 'json', ...arguments_]);
  return JSON.parse(stdout) as Review;
}

const codeOf = async (...arguments_: string[]): Promise<number> => (await planwarden(['review', ...arguments_])).code;

describe('exit codes', () => {
  test.each([
    [0, 'a plan that changes nothing', ['--', storyFile('no-changes')]],
    [0, 'a plan that makes things better', [NARROWED]],
    [1, 'a critical finding', [OPENS_SSH]],
    [1, 'a good plan and a bad one', [NARROWED, OPENS_SSH]],
    [0, 'findings that nothing fails on', [OPENS_SSH, '--fail-on', 'never']],
    [1, 'findings at the threshold', [OPENS_SSH, '--fail-on', 'critical']],
    [1, 'findings above the threshold', [OPENS_SSH, '--fail-on=info']],
    [1, 'a plan that failed midway, whatever the threshold', [storyFile('plan-errored'), '--fail-on', 'never']],
    [1, 'a targeted plan, whatever the threshold', [storyFile('targeted-plan'), '--fail-on', 'never']],
    [0, 'something undetermined', [UNKNOWN]],
    [1, 'something undetermined that must not be', [UNKNOWN, '--on-unknown', 'fail', '--fail-on', 'info']],
    [0, 'something undetermined that nobody cares about', [UNKNOWN, '--on-unknown', 'ignore']],
    [0, 'what was bad before', [OLD_RULE]],
    [1, 'what was bad before, in an audit', [OLD_RULE, '--mode', 'audit', '--fail-on', 'info']],
  ])('%i: %s', async (code, _, arguments_) => {
    expect(await codeOf(...arguments_)).toBe(code);
  });
});

describe('what cannot be understood is said in one sentence, with exit code 2', () => {
  test.each([
    [['revew', OPENS_SSH], "unknown command 'revew' (Did you mean review?)"],
    [['review'], "missing required argument 'plan'"],
    [['review', OPENS_SSH, '--formt', 'json'], "unknown option '--formt' (Did you mean --format?)"],
    [
      ['review', OPENS_SSH, '--format', 'yaml'],
      "argument 'yaml' is invalid. Allowed choices are table, json, markdown, sarif, junit, html",
    ],
    [['review', OPENS_SSH, '--format'], 'argument missing'],
    [['review', OPENS_SSH, '--fail-on', 'severe'], 'Allowed choices are critical, high, medium, low, info, never'],
    [['review', OPENS_SSH, '--on-unknown', 'x'], 'Allowed choices are ignore, warn, fail'],
    [['review', OPENS_SSH, '--mode', 'both'], 'Allowed choices are review, audit'],
    [['review', OPENS_SSH, '--simulator', 'x'], 'Allowed choices are auto, aws, local, off'],
    [['review', OPENS_SSH, '--output', ''], 'must not be empty'],
    [['review', OPENS_SSH, '--policies', ''], 'must not be empty'],
    [['policies', 'lst'], "unknown command 'lst' (Did you mean list?)"],
    [['config', 'check', 'one.yaml', 'two.yaml'], 'too many arguments'],
  ])('%j', async (arguments_, part) => {
    const { code, stdout, stderr } = await planwarden(arguments_);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(part);
    expect(stderr).toMatch(/^planwarden: [^\n]+\nTry planwarden --help\.\n$/);
  });

  test.each([[[]], [['policies']], [['config']]])('%j shows the help, as a mistake', async (arguments_) => {
    const { code, stdout, stderr } = await planwarden(arguments_);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: planwarden/);
  });
});

describe('help', () => {
  test('is no mistake, and shows every option of a review', async () => {
    const { code, stdout, stderr } = await planwarden(['review', '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const option of [
      'format',
      'output',
      'source',
      'config',
      'policies',
      'mode',
      'profile',
      'fail-on',
      'on-unknown',
      'simulator',
    ]) {
      expect(stdout).toContain(`--${option} <`);
    }
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/Exit codes?: 0 clean/);
  });

  test('tells the version', async () => {
    expect(await planwarden(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});

describe('plans', () => {
  test('several are one review, each finding with its plan', async () => {
    const { plans, findings, conclusion } = await reviewOf(OPENS_SSH, NARROWED);
    expect(plans.map(({ path }) => path)).toEqual([OPENS_SSH, NARROWED]);
    expect(findings.map(({ plan, status }) => [plan, status])).toEqual([
      [OPENS_SSH, 'introduced'],
      [NARROWED, 'resolved'],
    ]);
    expect(conclusion).toBe('fail');
  });

  test('a glob is found from where the command runs', async () => {
    await inDirectory(async (cwd) => {
      await mkdir(join(cwd, 'a', 'b'), { recursive: true });
      await writeFile(join(cwd, 'a', 'b', 'tfplan.json'), await readFile(OPENS_SSH));
      const { code, stdout } = await planwarden(['review', '**/tfplan.json'], { cwd });
      expect(code).toBe(1);
      expect(stdout).toContain('a/b/tfplan.json');
    });
  });

  test('a glob without a match is a mistake', async () => {
    const { code, stderr } = await planwarden(['review', '**/no-such-plan.json'], { cwd: import.meta.dirname });
    expect(code).toBe(2);
    expect(stderr).toContain('No file matches "**/no-such-plan.json": make the plan with');
  });

  test('a fingerprint does not depend on how the file is written', async () => {
    await inDirectory(async (cwd) => {
      await writeFile(join(cwd, 'plan.json'), await readFile(OPENS_SSH));
      const fingerprints = await Promise.all(
        ['plan.json', './plan.json', '*.json'].map(async (plan) => {
          const { stdout } = await planwarden(['review', plan, '--format', 'json'], { cwd });
          return (JSON.parse(stdout) as Review).findings.map(({ fingerprint }) => fingerprint);
        }),
      );
      expect(fingerprints[0]).toHaveLength(1);
      expect(new Set(fingerprints.map(String)).size).toBe(1);
    });
  });
});

describe('--format and --output', () => {
  test.each([
    ['table', /^planwarden review · .*plan\.json · 5 changes\n/],
    ['json', /^\{\s*"schemaVersion": ?1,/],
    ['markdown', /^#+ /m],
    ['sarif', /"version": ?"2\.1\.0"/],
    ['junit', /<testsuites name="planwarden"/],
    ['html', /<!doctype html>/],
  ])('%s goes to standard output, or whole and without colour to a file', async (format, beginning) => {
    await inDirectory(async (cwd) => {
      const shown = await planwarden(['review', OPENS_SSH, '--format', format]);
      expect(shown.stdout).toMatch(beginning);
      expect(shown.stdout).toMatch(/[^\n]\n$/);
      const saved = await planwarden(['review', OPENS_SSH, '--format', format, '--output', 'report'], {
        cwd,
        color: true,
        columns: 40,
      });
      expect(saved).toEqual({ code: 1, stdout: '', stderr: '' });
      expect((await readFile(join(cwd, 'report'), 'utf8')).trimEnd()).toBe(shown.stdout.trimEnd());
    });
  });

  test('the report JSON is what the review concluded', async () => {
    expect(await reviewOf(OPENS_SSH)).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'planwarden' },
      conclusion: 'fail',
      mode: 'review',
      neutral: false,
      plans: [{ path: OPENS_SSH, formatVersion: '1.2', complete: true, errored: false, resourceChanges: 5 }],
      counts: { introduced: { critical: 1 } },
      findings: [
        {
          policy: 'security-group/ingress-open-to-world-admin-port',
          address: 'aws_vpc_security_group_ingress_rule.ssh',
        },
      ],
    });
  });

  test.each([
    ['missing/report.json', 'because its directory does not exist'],
    ['.', 'because it is a directory'],
  ])('a report that cannot be written to %s is a mistake', async (output, reason) => {
    await inDirectory(async (cwd) => {
      const { code, stdout, stderr } = await planwarden(['review', OPENS_SSH, '--output', output], { cwd });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toBe(`planwarden: The review cannot be written to ${output}, ${reason}: correct --output.\n`);
    });
  });

  test.each([40, 80, 120])('no line of a table is wider than a terminal of %i columns', async (columns) => {
    const { stdout } = await planwarden(['review', OPENS_SSH, storyFile('hostile-names'), storyFile('plan-errored')], {
      columns,
    });
    expect(stdout.split('\n').filter((line) => line.length > columns)).toEqual([]);
  });

  test('colour is the only difference a terminal makes', async () => {
    const plain = await planwarden(['review', OPENS_SSH]);
    const coloured = await planwarden(['review', OPENS_SSH], { color: true });
    expect(plain.stdout).not.toContain('\u001B');
    expect(coloured.stdout).toContain('\u001B[');
    // oxlint-disable-next-line no-control-regex -- colours are control characters
    expect(coloured.stdout.replaceAll(/\u001B\[\d+m/g, '')).toBe(plain.stdout);
  });
});

describe('--source', () => {
  test('gives findings their lines', async () => {
    const source = join(OPENS_SSH, '..', 'after');
    const { findings, notes } = await reviewOf(OPENS_SSH, '--source', source);
    expect(findings[0]?.location).toMatchObject({
      path: expect.stringMatching(/main\.tf$/),
      startLine: expect.any(Number),
    });
    expect(notes).toEqual([]);
  });

  test('that leads nowhere is said, and keeps the finding', async () => {
    const { findings, notes } = await reviewOf(OPENS_SSH, '--source', 'no-such-directory');
    expect(findings).toMatchObject([{ location: null }]);
    expect(notes.join()).toContain('no Terraform files were found in the given source');
  });

  test('left out is said when it would have helped, and only then', async () => {
    expect((await reviewOf(OPENS_SSH)).notes.join()).toContain('--source DIR');
    expect((await reviewOf(storyFile('tags-only'))).notes).toEqual([]);
  });
});

describe('--mode audit', () => {
  test('tells what is bad already', async () => {
    const [review, audit] = await Promise.all([reviewOf(OLD_RULE), reviewOf(OLD_RULE, '--mode', 'audit')]);
    expect(review.conclusion).toBe('pass');
    expect(audit).toMatchObject({ mode: 'audit', conclusion: 'fail' });
    expect(audit.findings.map(({ status }) => status)).toContain('persisting');
  });
});

test('an input without AWS resources names what it did not look at', async () => {
  expect((await reviewOf(inputFile('no-aws.json'))).notEvaluated).toEqual([
    { address: 'random_pet.name', resourceType: 'random_pet', reason: 'no policy looks at this resource type' },
  ]);
});

describe('the policy simulator', () => {
  const ADMIN = storyFile('admin-policy-inline');
  const said = async (...simulator: string[]): Promise<string> => {
    const { stdout } = await planwarden(['review', ADMIN, ...simulator]);
    return stdout.replaceAll(/\s+/g, ' ');
  };

  beforeEach(() => {
    for (const name of Object.keys(process.env).filter((key) => key.startsWith('AWS_'))) vi.stubEnv(name, undefined);
    vi.stubEnv('HOME', '/dev/null/home');
    return () => vi.unstubAllEnvs();
  });

  test.each([[], ['--simulator', 'auto']])(
    'is the embedded one where nothing leads to AWS %j',
    async (...simulator) => {
      expect(await said(...simulator)).toContain(
        'confirmed by the embedded simulator only: there are no AWS credentials',
      );
    },
  );

  test('says in a line of its own that AWS was asked for in vain', async () => {
    expect(await said('--simulator', 'aws')).toContain(
      "Not all gained access was put to AWS's policy simulator: there are no AWS credentials.",
    );
  });

  test('is the embedded one by choice', async () => {
    expect(await said('--simulator', 'local')).toContain('embedded simulator only: AWS is not asked with');
  });

  test('can be left out', async () => {
    expect(await said('--simulator', 'off')).not.toContain('simulator');
  });
});
