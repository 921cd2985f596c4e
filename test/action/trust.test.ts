import { describe, expect, test } from 'vitest';
import { filesOf, onPullRequest, PATIENCE, story, withGitHub } from '../support/github/action-test.ts';
import { mergeGroupEvent, repositoryEvent } from '../support/github/events.ts';
import { BASE, HEAD, MERGE } from '../support/github/fixtures.ts';
import { runAction } from '../support/github/runner.ts';
import { OWN_POLICY } from '../support/own-policy.ts';

const SSH = story('opens-ssh-to-world');
const NOTHING = story('tags-only');
const LENIENT = 'fail-on: never\n';

describe.concurrent('what decides the review comes from the base branch', PATIENCE, () => {
  test('obeys the configuration there', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { '.planwarden.yaml': LENIENT });
      expect((await onPullRequest(github, SSH)).code).toBe(0);
    }));

  test('not the one in the checkout of the pull request', () =>
    withGitHub(async (github) => {
      const files = { ...filesOf(SSH), '.planwarden.yaml': LENIENT };
      expect((await onPullRequest(github, SSH, { files })).code).toBe(1);
    }));

  test('asks once whether the base can be read, however many files are not there', () =>
    withGitHub(async (github) => {
      await onPullRequest(github, SSH);
      const asked = github.requests.filter(({ path }) => path.endsWith(`/git/commits/${BASE}`));
      expect(asked).toHaveLength(1);
    }));

  test('prefers the configuration beside the plan to the one at the root', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { 'stacks/net/.planwarden.yaml': LENIENT, '.planwarden.yaml': 'fail-on: info\n' });
      const files = { 'stacks/net/plan.json': SSH.plan, 'stacks/net/main.tf': SSH.source };
      expect((await onPullRequest(github, SSH, { files, inputs: { 'working-directory': 'stacks/net' } })).code).toBe(0);
    }));

  test('lets an input win over the configuration', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { '.planwarden.yaml': LENIENT });
      expect((await onPullRequest(github, SSH, { inputs: { 'fail-on': 'low' } })).code).toBe(1);
    }));

  test('tells a pull request that it changes the configuration, even without a finding', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { '.planwarden.yaml': 'fail-on: low\n' });
      github.pulls.splice(0, 1, { number: 7, headSha: HEAD, baseSha: BASE, files: ['README.md', '.planwarden.yaml'] });
      const { code, summary } = await onPullRequest(github, NOTHING);
      expect(code).toBe(0);
      expect(summary).toContain('.planwarden.yaml');
      expect(github.comments[0]?.body).toContain('reviewed by the version on the base branch');
    }));

  test('tells a pull request that it adds a configuration', () =>
    withGitHub(async (github) => {
      github.pulls.splice(0, 1, { number: 7, headSha: HEAD, baseSha: BASE, files: ['.planwarden.yaml'] });
      await onPullRequest(github, NOTHING);
      expect(github.comments[0]?.body).toContain('.planwarden.yaml');
    }));

  test('takes own policies from there, those of the inputs and those of the configuration', () =>
    withGitHub(async (github) => {
      const policy = { 'policies/team/bastion.yaml': OWN_POLICY };
      github.files.set(BASE, policy);
      const { report } = await onPullRequest(github, SSH, { inputs: { policies: 'policies' } });
      expect(report).toContain('The bastion is described');
      github.files.set(BASE, { ...policy, '.planwarden.yaml': 'policies: [policies]\n' });
      expect((await onPullRequest(github, SSH, { runId: 101 })).report).toContain('The bastion is described');
    }));

  test('says what the changed configuration would do after the merge', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { '.planwarden.yaml': 'fail-on: high\n' });
      github.files.set(HEAD, { '.planwarden.yaml': LENIENT });
      github.pulls.splice(0, 1, { number: 7, headSha: HEAD, baseSha: BASE, files: ['.planwarden.yaml'] });
      const { code, report } = await onPullRequest(github, SSH);
      expect(code).toBe(1);
      expect(report).toContain('With the changed configuration this review would pass instead of fail.');
      github.files.set(HEAD, { '.planwarden.yaml': 'fail-on: disaster\n' });
      expect((await onPullRequest(github, SSH, { runId: 101 })).report).toContain(
        'What the changed configuration would do is not known: ',
      );
    }));

  test('points at a pull request that changes workflows', () =>
    withGitHub(async (github) => {
      const files = ['.github/workflows/plan.yml'];
      github.pulls.splice(0, 1, { number: 7, headSha: HEAD, baseSha: BASE, files });
      const { code, report } = await onPullRequest(github, NOTHING);
      expect(code).toBe(0);
      expect(report).toContain(
        'This pull request changes .github/workflows, where its own plan and review may be made',
      );
      expect(report).not.toContain('With the changed configuration');
    }));

  test.for(['planwarden.yml', '.github/planwarden.yml'])('finds the configuration %s', (name) =>
    withGitHub(async (github) => {
      github.files.set(BASE, { [name]: LENIENT });
      expect((await onPullRequest(github, SSH)).code).toBe(0);
    }),
  );

  test('refuses two configurations beside each other', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { 'planwarden.yml': LENIENT, '.github/planwarden.yml': LENIENT });
      const { code, log } = await onPullRequest(github, SSH);
      expect(code).toBe(2);
      expect(log).toContain('::error::planwarden.yml and .github/planwarden.yml are both configurations: keep one');
    }));

  test('fails when a named configuration or policy directory is not there', () =>
    withGitHub(async (github) => {
      const named = await onPullRequest(github, SSH, { inputs: { config: 'security/planwarden.yaml' } });
      expect(named.code).toBe(2);
      expect(named.log).toContain('::error::Add security/planwarden.yaml to the base branch');
      const directory = await onPullRequest(github, SSH, { inputs: { policies: 'policies' } });
      expect(directory.code).toBe(2);
      expect(directory.log).toContain('::error::Add the policies in policies to the base branch');
    }));

  test('fails when a path leads out of the repository', () =>
    withGitHub(async (github) => {
      const { code, log } = await onPullRequest(github, SSH, { inputs: { config: '../elsewhere.yaml' } });
      expect(code).toBe(2);
      expect(log).toContain('inside the repository');
    }));

  test('names file and line of a mistake in it as they are in the repository', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { '.planwarden.yaml': 'on-unknown: warn\nfail-on: disaster\n' });
      const { code, log } = await onPullRequest(github, SSH);
      expect(code).toBe(2);
      expect(log).toContain('::error::.planwarden.yaml:2:');
    }));

  test('fails when the token may not read it, instead of forgetting it', () =>
    withGitHub(async (github) => {
      github.permissions = { checks: 'write', 'pull-requests': 'write' };
      const { code, log } = await onPullRequest(github, NOTHING);
      expect(code).toBe(2);
      expect(log).toContain('contents: read');
    }));

  test('does not take a base that cannot be seen for one without configuration', () =>
    withGitHub(async (github) => {
      github.files.clear();
      expect((await onPullRequest(github, NOTHING)).code).toBe(2);
    }));

  test('ends what never ends: policies of the pull request that were meant to keep the job busy', () =>
    withGitHub(async (github) => {
      const numbers = JSON.stringify(Array.from({ length: 30 }, (_, index) => index));
      const forever = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].reduceRight(
        (inner, name) => `${numbers}.all(${name}, ${inner})`,
        'a >= 0',
      );
      const slow = OWN_POLICY.replace(/^bad: .*$/m, `bad: object.description == "SSH for operators" && ${forever}`);
      github.files.set(BASE, {
        '.planwarden.yaml': 'policies: [policies]\n',
        'policies/team/bastion.yaml': OWN_POLICY,
      });
      github.files.set(HEAD, { '.planwarden.yaml': 'policies: [policies]\n', 'policies/team/bastion.yaml': slow });
      github.pulls.splice(0, 1, { number: 7, headSha: HEAD, baseSha: BASE, files: ['policies/team/bastion.yaml'] });
      const { code, report } = await onPullRequest(github, SSH);
      expect(code).toBe(1);
      expect(report).toContain(
        'What the changed configuration would do is not known: judging with it fails, or does not end.',
      );
    }));

  test('says that without a token the defaults hold', () =>
    withGitHub(async (github) => {
      const { code, summary } = await onPullRequest(github, SSH, { inputs: { 'github-token': '' } });
      expect(code).toBe(1);
      expect(summary).toContain('github-token');
      expect(github.requests).toEqual([]);
    }));

  test('holds for the merge queue too', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { '.planwarden.yaml': LENIENT });
      github.files.set(HEAD, { '.planwarden.yaml': 'fail-on: low\n' });
      const step = { event: 'merge_group', payload: mergeGroupEvent(), files: filesOf(SSH) };
      const { code, report } = await runAction(github, step);
      expect(code).toBe(0);
      expect(report).toContain('This merge group changes .planwarden.yaml. It was reviewed by the version on the base');
      expect(report).toContain('With the changed configuration this review would fail instead of pass.');
    }));

  test('and a push to the default branch is judged by the configuration of its own commit', () =>
    withGitHub(async (github) => {
      const files = { ...filesOf(SSH), '.planwarden.yaml': LENIENT };
      const step = { event: 'push', payload: repositoryEvent(), files };
      expect((await runAction(github, step)).code).toBe(0);
      expect(github.requests).toEqual([]);
    }));

  test.each([
    ['push', 'refs/heads/change'],
    ['push', 'refs/tags/main'],
    ['create', 'refs/heads/change'],
    ['deployment', ''],
    ['release', 'refs/tags/v1'],
  ])('and %s of %s by the default branch, whose name a tag may have', (event, ref) =>
    withGitHub(async (github) => {
      const files = { ...filesOf(SSH), '.planwarden.yaml': LENIENT };
      github.files.set(HEAD, { '.planwarden.yaml': LENIENT });
      const step = { event, ref, sha: HEAD, payload: repositoryEvent(), files };
      expect((await runAction(github, step)).code).toBe(1);
      github.files.set(MERGE, { '.planwarden.yaml': LENIENT });
      expect((await runAction(github, step)).code).toBe(0);
    }),
  );

  test('a branch that changes the configuration is told so', () =>
    withGitHub(async (github) => {
      github.files.set(HEAD, { '.planwarden.yaml': LENIENT });
      const step = { event: 'push', ref: 'refs/heads/change', sha: HEAD, payload: repositoryEvent() };
      const { summary } = await runAction(github, { ...step, files: filesOf(SSH) });
      expect(summary).toContain(
        'This branch changes .planwarden.yaml. It was reviewed by the version on the base branch',
      );
      expect(summary).toContain('With the changed configuration this review would pass instead of fail.');
    }));

  test.each([
    ['without the permission', { checks: 'write' } as const, {}, 2, 'The default branch cannot be read'],
    ['without a token', {}, { 'github-token': '' }, 1, 'so the defaults hold'],
  ])('a branch does not decide where its base cannot be read: %s', (_, permissions, inputs, code, sentence) =>
    withGitHub(async (github) => {
      github.permissions = permissions;
      const files = { ...filesOf(SSH), '.planwarden.yaml': LENIENT };
      const step = { event: 'push', ref: 'refs/heads/change', payload: repositoryEvent(), files, inputs };
      const finished = await runAction(github, step);
      expect(finished.code).toBe(code);
      expect(finished.log).toContain(sentence);
    }),
  );
});

describe.concurrent('a plan that is older than the commit under review', PATIENCE, () => {
  const OLD = 'this plan is older than the commit under review, so it may have been made of another one: plan again.';

  test.each([
    ['pull request', { event: 'pull_request' }],
    ['merge group', { event: 'merge_group', payload: mergeGroupEvent() }],
  ])('is named in a %s, and is not neutral', (_, step) =>
    withGitHub(async (github) => {
      const fresh = await onPullRequest(github, NOTHING, step);
      expect(fresh.outputs['neutral']).toBe('true');
      expect(fresh.summary).not.toContain(OLD);
      github.committed.set(HEAD, '2100-01-01T00:00:00Z');
      const { code, outputs, summary } = await onPullRequest(github, NOTHING, { runId: 101, ...step });
      expect(code).toBe(0);
      expect(outputs['neutral']).toBe('false');
      expect(summary).toContain(OLD);
    }),
  );

  test('is not looked for where the plan does not say when it was made', () =>
    withGitHub(async (github) => {
      const plan = JSON.stringify({ ...JSON.parse(NOTHING.plan), timestamp: undefined });
      await onPullRequest(github, { ...NOTHING, plan });
      expect(github.requests.filter(({ path }) => path.endsWith(`/git/commits/${HEAD}`))).toEqual([]);
    }));

  test('a commit that cannot be seen is said', () =>
    withGitHub(async (github) => {
      github.committed.clear();
      const { code, summary } = await onPullRequest(github, NOTHING);
      expect(code).toBe(0);
      expect(summary).toContain(
        'Whether the plan is older than the commit could not be seen: this needs the permission `contents: read`',
      );
    }));
});
