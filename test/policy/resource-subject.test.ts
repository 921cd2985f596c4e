import { expect, test } from 'vitest';

import { judgeAll } from '../../src/policy/engine.ts';
import { resourceKind } from '../../src/policy/resource-subject.ts';
import { buildWorlds } from '../../src/world/build.ts';
import { noExpressions } from '../../src/world/expressions.ts';
import { changeOf, planOf } from '../support/plan.ts';
import { policy } from './facts.ts';

const repositories = resourceKind('github_repository');

function judge(
  change: object,
  bad: string,
  message: string,
  actions: readonly string[] = ['update'],
  configuration: object = {},
): ReturnType<typeof judgeAll> {
  const worlds = buildWorlds(
    planOf({ resource_changes: [changeOf('github_repository.r', actions, change)], configuration }),
    noExpressions,
  );
  const own = policy({ id: 'team/repository', subject: ['github_repository'], bad, message });
  return judgeAll(
    [own],
    [
      {
        kind: repositories,
        ...repositories.build(worlds, {
          audit: false,
          ownAccounts: [],
          trustedAccounts: [],
          organizationId: undefined,
          logBuckets: [],
          publicBuckets: [],
          breakGlass: [],
        }),
      },
    ],
    {
      audit: false,
      constants: {},
      isGone: () => false,
    },
  );
}

test('any resource of any provider is judged on both sides', () => {
  const [found] = judge(
    { before: { visibility: 'private' }, after: { visibility: 'public' } },
    'object.visibility == "public"',
    'visibility is {object.visibility}',
  );
  expect(found).toMatchObject({
    status: 'introduced',
    message: 'visibility is public',
    attribute: 'visibility',
    subject: {
      address: 'github_repository.r',
      causes: [{ address: 'github_repository.r', path: ['visibility'] }, { path: [] }],
    },
  });
});

test('nested blocks, lists and absent attributes', () => {
  const pages = { pages: [{ source: [{ branch: 'main' }] }], topics: ['a', 'b'] };
  expect(
    judge(
      { after: pages },
      'object.pages.exists(p, p.source.exists(s, s.branch == "main")) && "b" in object.topics && !has(object.homepage)',
      '{object.topics}',
      ['create'],
    )[0]?.message,
  ).toBe('a, b');
  expect(judge({ after: {} }, 'object.pages.exists(p, p.source == "x")', '-', ['create'])).toEqual([]);
});

test('a value that is known only after apply', () => {
  const configuration = {
    root_module: {
      resources: [
        {
          address: 'github_repository.r',
          mode: 'managed',
          type: 'github_repository',
          name: 'r',
          expressions: { visibility: { references: ['var.visibility'] } },
        },
      ],
    },
  };
  const change = { after: { archived: false }, after_unknown: { visibility: true } };
  expect(judge(change, 'object.visibility == "public"', '-', ['create'], configuration)[0]?.status).toBe(
    'undetermined',
  );
  expect(judge(change, 'object.visibility == "public" && object.archived', '-', ['create'], configuration)).toEqual([]);
});

test('a sensitive value is judged and never shown', () => {
  const [found] = judge(
    { after: { token_name: 'hunter2' }, after_sensitive: { token_name: true } },
    'object.token_name == "hunter2"',
    'it is {object.token_name}',
    ['create'],
  );
  expect(found?.message).toBe('it is (sensitive)');
});
