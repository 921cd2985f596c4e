import { describe, expect, test } from 'vitest';
import { IN_A_MONTH } from '../support/dates.ts';
import { onPullRequest, PATIENCE, story, withGitHub } from '../support/github/action-test.ts';
import { mergeGroupEvent } from '../support/github/events.ts';
import { BASE } from '../support/github/fixtures.ts';
import { runAction } from '../support/github/runner.ts';

const { plan, source } = story('opens-ssh-to-world');
const COMMENT = `# planwarden:accept security-group/ingress-open-to-world-admin-port until=${IN_A_MONTH} owner=platform reason="Guarded by MFA"`;
const BLOCK = 'resource "aws_vpc_security_group_ingress_rule" "ssh" {';
const WITH_COMMENT = source.replace(BLOCK, `${COMMENT}\n${BLOCK}`);

const files = { 'stacks/net/plan.json': plan, 'stacks/net/main.tf': WITH_COMMENT };
const step = { files, inputs: { plan: 'stacks/net/plan.json' } };
const SSH = { plan, source };

describe.concurrent('a comment in the code that accepts a finding', PATIENCE, () => {
  test('counts when it is on the base branch', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { 'stacks/net/main.tf': `${COMMENT}\n${BLOCK}\n}\n` });
      const { code, report, summary } = await onPullRequest(github, SSH, step);
      expect(code).toBe(0);
      expect(JSON.parse(report).findings[0].waived).toEqual({
        policy: 'security-group/ingress-open-to-world-admin-port',
        address: 'aws_vpc_security_group_ingress_rule.ssh',
        reason: 'Guarded by MFA',
        owner: 'platform',
        expires: IN_A_MONTH,
        comment: { path: 'stacks/net/main.tf', startLine: 19, endLine: 19 },
      });
      expect(summary).toContain(`Guarded by MFA (platform until ${IN_A_MONTH} at \`stacks/net/main.tf:19\`)`);
    }));

  test('is looked up once for all plans that share the file', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { 'stacks/net/main.tf': WITH_COMMENT });
      const twice = { ...files, 'stacks/net/again.json': plan };
      const { code } = await onPullRequest(github, SSH, { files: twice, inputs: { plan: 'stacks/net/*.json' } });
      expect(code).toBe(0);
      expect(github.requests.filter(({ path }) => path.endsWith('/contents/stacks%2Fnet%2Fmain.tf'))).toHaveLength(1);
    }));

  test('does not count when the pull request brings it', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { 'stacks/net/main.tf': source });
      const { code } = await onPullRequest(github, SSH, step);
      expect(code).toBe(1);
      expect(github.comments[0]?.body).toContain(
        'The comment at `stacks/net/main.tf:19` is new or changed, so it accepts nothing before it is merged.',
      );
    }));

  test('does not count in a merge queue whose base lacks it', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { 'stacks/net/main.tf': source });
      const queued = { event: 'merge_group', payload: mergeGroupEvent(), ...step };
      expect((await runAction(github, queued)).code).toBe(1);
      github.files.set(BASE, { 'stacks/net/main.tf': WITH_COMMENT });
      expect((await runAction(github, queued)).code).toBe(0);
    }));

  test('does not count when the base cannot be read', () =>
    withGitHub(async (github) => {
      github.files.set(BASE, { 'stacks/net/main.tf': WITH_COMMENT });
      const { code, summary } = await onPullRequest(github, SSH, {
        ...step,
        inputs: { ...step.inputs, 'github-token': '' },
      });
      expect(code).toBe(1);
      expect(summary).toContain('do not count: without `github-token` the base branch cannot be read.');
    }));

  test('counts in an audit of the branch itself', () =>
    withGitHub(async (github) => {
      const { code, report } = await runAction(github, { event: 'workflow_dispatch', ...step });
      expect(code).toBe(0);
      expect(report).toContain('Guarded by MFA');
    }));
});
