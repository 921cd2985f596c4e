import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { onPullRequest, PATIENCE, story, withGitHub } from '../support/github/action-test.ts';
import { HOSTILE, opensPorts } from '../support/github/plan.ts';
import { commands } from '../support/github/runner.ts';

/** Stories and the secrets that stand in their plans. */
const SECRETS = {
  'secret-in-variable-default': ['pX7vRk2Wm9Lq4TzB6nYc1HdGs8FjUe3Ao5Ki0VbN'],
  'secret-in-lambda-environment': ['vT9qLw3ZkR7m', 'q7Gm2XvT9bLw4ZkRp8Ns3Yd6'],
  'secret-in-database-password': ['Ahvoo7-rieTh4-quaeY9'],
  'secret-in-user-data': ['pX7vRk2Wm9Lq4TzB6nYc1HdGs8FjUe3Ao5Ki0VbN'],
};

const HOSTILE_PLAN = opensPorts(3, HOSTILE);

/** What GitHub makes of Markdown, without the code in which nothing is a link, mention or markup. */
const outsideOfCode = (markdown: string): string =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }).replace(
    /<(pre|code)[^>]*>[\s\S]*?<\/\1>/g,
    '',
  );

const summaryOf = (output: unknown): string =>
  typeof output === 'object' && output !== null && 'summary' in output ? String(output.summary) : '';

describe.concurrent('a hostile plan', PATIENCE, () => {
  test.for(['check-run', 'log'])('gives the runner no command of its own (annotations: %s)', (annotations) =>
    withGitHub(async (github) => {
      const { log, outputs } = await onPullRequest(github, HOSTILE_PLAN, { inputs: { annotations } });
      expect(new Set(commands(log))).toEqual(new Set(['error']));
      // eslint-disable-next-line no-control-regex -- these are the characters that must not be there
      expect(log).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(outputs['conclusion']).toBe('fail');
    }),
  );

  test('reaches nobody through comment, job summary or check run', () =>
    withGitHub(async (github) => {
      const { summary } = await onPullRequest(github, HOSTILE_PLAN);
      const texts = [github.comments[0]?.body ?? '', summary, summaryOf(github.checkRuns[0]?.['output'])];
      for (const text of texts) {
        expect(text).toContain('3 findings introduced');
        expect(text).toContain('octocat');
        expect(outsideOfCode(text)).not.toMatch(/@octocat|evil\.example|<img/);
      }
      expect(github.comments).toHaveLength(1);
      expect(github.comments[0]?.body.indexOf('<!-- planwarden:v1')).toBe(0);
    }));
});

describe.concurrent('a secret', PATIENCE, () => {
  test.for(Object.entries(SECRETS))('is in nothing that leaves the job (%s)', ([name, secrets]) =>
    withGitHub(async (github) => {
      const given = story(name);
      const { log, summary, outputs, report, sarif } = await onPullRequest(github, given);
      const sent = JSON.stringify(github.requests.map(({ body }) => body));
      for (const secret of secrets) {
        expect(given.plan).toContain(secret);
        for (const text of [log, summary, report, sarif, sent, JSON.stringify(outputs)])
          expect(text).not.toContain(secret);
      }
    }),
  );
});
