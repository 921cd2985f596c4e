import { EXACT } from './federation-reach.ts';
import type { Grade, Reach } from './federation-reach.ts';

/** The first rule whose pattern fits a claim value decides. A value inside a subject is read with all that follows it. */
export type Rules = readonly (readonly [fits: RegExp, reach: Reach, reason: string])[];

/**
 * What a claim says of a token.
 *
 * - `workload`: it names one workload by itself.
 * - `project`: it names one project, whose runs still have to be told apart.
 * - `group`: it names the owner of many projects.
 * - `member`: it names one project among those of a group, so it says something only beside the group.
 * - `run`: it tells the runs of one project apart.
 */
export type Says = 'workload' | 'project' | 'group' | 'member' | 'run';

export interface Claim {
  readonly says: Says;
  /** What values leave open; a value that fits none names just one. */
  readonly rules: Rules;
}

/** The claim that says for whom a token was made, without which tokens for other services are taken too. */
export interface Audience {
  /** One of them must be tested. */
  readonly claims: readonly string[];
  readonly rules: Rules;
  readonly missing: Grade;
}

/** One kind of identity provider: which claims say who, and how their values read. */
export interface Provider {
  readonly name: string;
  readonly issuer: RegExp;
  /** Subjects of this form come from such a provider on a host of the team's own. */
  readonly subject?: RegExp;
  readonly claims: Readonly<Record<string, Claim>>;
  /** True when the subject is made of claims, names and values in turn: `repo:acme/app:ref:refs/heads/main`. */
  readonly isComposed?: boolean;
  /** Other claims that AWS knows as condition keys of this issuer; `any` when the list is long. */
  readonly mapped: readonly string[] | 'any';
  readonly audience: Audience;
  /** What is let in when no claim says who, when only the group is named, and when nothing tells runs apart. */
  readonly open: Grade;
  readonly group: Grade;
  readonly project: Grade;
}

/** Claims of every OpenID Connect token that STS maps to condition keys (IAM user guide, condition-keys-wif). */
export const STANDARD_CLAIMS: readonly string[] = ['amr', 'aud', 'azp', 'email', 'id', 'oaud', 'sub'];

const medium = (reason: string): Grade => ({ reach: 'medium', reason });
const low = (reason: string): Grade => ({ reach: 'low', reason });
const critical = (reason: string): Grade => ({ reach: 'critical', reason });

const AUDIENCE: Audience = {
  claims: ['aud'],
  rules: [],
  missing: medium('tokens for any audience, because aud is not tested'),
};

/** A claim that is one opaque id or name: any wildcard takes in those of others. */
const one = (says: Says, reason: string, reach: Reach = 'critical'): Claim => ({
  says,
  rules: [[/^[^:]*[*?]/, reach, reason]],
});

/** A claim that stands for many workloads, whatever its value. */
const many = (reach: Reach, reason: string, wild: string): Claim => ({
  says: 'group',
  rules: [
    [/^[^:]*[*?]/, 'critical', wild],
    [/.*/, reach, reason],
  ],
});

/** What a provider without groups and projects says of them. */
const NO_PROJECTS = { group: EXACT, project: EXACT } as const;

/**
 * `owner/name`. With immutable subjects (default since 2026-07-15, github/docs#45221) an id stands behind each name,
 * `owner@1/name@2`, and one of the two fixes it. What a wildcard stands for ends at a colon, which no name of a branch may
 * hold; without one behind it a wildcard takes the branch as well, which anybody may call `owner@1/name@2`.
 */
const REPOSITORY: Rules = [
  [/^(?!\*@\d+\/[^:]*:)[^/@:]*[*?]/, 'critical', 'repositories of any owner'],
  [
    /^[^/:]+\/(?!\*@\d+:)[^@:]*[*?]|^[^:]*[*?][^:]*$|^[^/:]*[*?][^/:]*(:|$)/,
    'medium',
    'every repository of the owner whose name fits',
  ],
];

/** `owner/name/.github/workflows/file.yml@ref`: only a commit is fixed for good, a tag can be moved. */
const WORKFLOW: Rules = [
  [/^[^/:]*[*?]/, 'critical', 'workflows of any owner'],
  [/^[^/:]+\/[^/@:]*[*?]/, 'medium', 'workflows in every repository of the owner'],
  [/^[^:]*[*?]/, 'low', 'more than one workflow'],
  [/^[^:]*@refs\/tags\//, 'low', 'whoever may move the tag of the workflow'],
];

/** Claims by github/docs (openid-connect-reference); those of custom subjects are the same. */
const GITHUB: Omit<Provider, 'issuer' | 'mapped'> = {
  name: 'GitHub Actions',
  claims: {
    repo: { says: 'project', rules: REPOSITORY },
    repository: { says: 'project', rules: REPOSITORY },
    repository_id: one('project', 'repositories of any owner'),
    repository_owner: one('group', 'repositories of any owner'),
    repository_owner_id: one('group', 'repositories of any owner'),
    job_workflow_ref: { says: 'workload', rules: WORKFLOW },
    ref: {
      says: 'run',
      rules: [
        [/^refs\/pull\//, 'medium', 'pull requests of the repository'],
        [/^[^:]*[*?]/, 'low', 'more than one branch, tag or environment'],
      ],
    },
    environment: { says: 'run', rules: [[/^[^:]*[*?]/, 'low', 'more than one branch, tag or environment']] },
    pull_request: { says: 'run', rules: [[/.*/, 'medium', 'every pull request of the repository']] },
    actor: many('high', 'every repository in which that person starts a run', 'runs of anybody'),
    actor_id: many('high', 'every repository in which that person starts a run', 'runs of anybody'),
    enterprise: many('high', 'every repository of the enterprise', 'repositories of any enterprise'),
    enterprise_id: many('high', 'every repository of the enterprise', 'repositories of any enterprise'),
  },
  isComposed: true,
  audience: AUDIENCE,
  open: critical('every GitHub repository in the world'),
  group: medium('every repository of the owner'),
  project: low('every branch, tag, environment and pull request of the repository'),
};

const GITLAB_RUNS = 'more than one branch or tag of the project, merge requests among them';
const GITLAB_USER = many('high', 'every project in which that user runs a pipeline', 'pipelines of anybody');

/** Claims by GitLab's documentation of ID tokens. `ref_type` is read together with the `ref` behind it. */
const GITLAB: Omit<Provider, 'issuer' | 'mapped'> = {
  name: 'GitLab',
  claims: {
    project_path: {
      says: 'project',
      rules: [
        [/^[^/:]*[*?]/, 'critical', 'projects of any group'],
        [/^[^:]*[*?]/, 'medium', 'every project of the group'],
      ],
    },
    project_id: one('project', 'projects of any group'),
    namespace_id: one('group', 'projects of any group'),
    ref_type: { says: 'run', rules: [[/[*?]|^[^:]*$/, 'medium', GITLAB_RUNS]] },
    ref_protected: {
      says: 'run',
      rules: [
        [/^true$/, 'low', 'every protected branch and tag of the project'],
        [/.*/, 'medium', GITLAB_RUNS],
      ],
    },
    user_id: GITLAB_USER,
    user_login: GITLAB_USER,
    user_email: GITLAB_USER,
  },
  isComposed: true,
  audience: AUDIENCE,
  open: critical('every project on that GitLab'),
  group: medium('every project of the group'),
  project: medium(GITLAB_RUNS),
};

const TERRAFORM_RUNS = 'speculative plans as well as applies';

const CIRCLECI_ORGANIZATION = 'every project of the organization';
const CIRCLECI_PROJECT = 'every user and branch of the project, runs with SSH access among them';

const PROVIDERS: readonly Provider[] = [
  {
    ...GITHUB,
    issuer: /^token\.actions\.(githubusercontent\.com(\/|$)|[^/]+\.ghe\.com$)|^github\.com\/enterprises\//,
    // In condition keys since early 2026; so are actor, enterprise_id, environment, ref and the others in the table.
    mapped: [
      'actor',
      'actor_id',
      'enterprise_id',
      'environment',
      'job_workflow_ref',
      'ref',
      'repository',
      'repository_id',
      'repository_owner_id',
      'workflow',
    ],
  },
  // GitHub Enterprise Server signs on its own host, and AWS maps no claims of it but the standard ones.
  { ...GITHUB, issuer: /\/_services\/token$/, subject: /^(repo|repository|repository_owner):/, mapped: [] },
  {
    ...GITLAB,
    issuer: /^gitlab\.com$/,
    mapped: [
      'namespace_id',
      'pipeline_source',
      'project_id',
      'ref_protected',
      'runner_environment',
      'user_access_level',
      'user_email',
      'user_id',
      'user_login',
    ],
  },
  { ...GITLAB, issuer: /(^|\.)gitlab\./, subject: /^project_(path|id):/, mapped: [] },
  {
    name: 'Terraform Cloud',
    issuer: /^app(\.eu)?\.terraform\.io$/,
    subject: /^organization:.*workspace:/,
    claims: {
      organization: { says: 'group', rules: [[/^[^:]*[*?]/, 'critical', 'any organization']] },
      workspace: { says: 'member', rules: [[/^[^:]*[*?]/, 'medium', 'every workspace that fits']] },
      run_phase: { says: 'run', rules: [[/[*?]/, 'medium', TERRAFORM_RUNS]] },
    },
    isComposed: true,
    mapped: [],
    audience: AUDIENCE,
    open: critical('every Terraform Cloud organization'),
    group: medium('every workspace that fits'),
    project: medium(TERRAFORM_RUNS),
  },
  {
    name: 'Bitbucket',
    issuer: /^api\.bitbucket\.org\//,
    // `{repository}[:{deployment environment}]:{step}`, all of them UUIDs; the step is another one in every run.
    claims: {
      sub: {
        says: 'workload',
        rules: [
          [/^[*?]/, 'critical', 'every repository of the workspace'],
          [/^[^:]*[*?]/, 'medium', 'every repository of the workspace whose id fits'],
          [/^[^:]*:[^:]*[*?]/, 'low', 'every branch and deployment environment of the repository'],
        ],
      },
    },
    mapped: [],
    audience: AUDIENCE,
    open: critical('every repository of the workspace'),
    ...NO_PROJECTS,
  },
  {
    name: 'CircleCI',
    issuer: /^oidc\.circleci\.com\/org\//,
    claims: {
      sub: {
        says: 'workload',
        rules: [
          [/^[*?]/, 'critical', CIRCLECI_ORGANIZATION],
          [/^org\/[^/]*[*?]|^org\/[^/]+\/(\*|project\/[^/]*[*?])/, 'medium', CIRCLECI_ORGANIZATION],
          [/[*?]/, 'low', CIRCLECI_PROJECT],
        ],
      },
      'oidc.circleci.com/project-id': one('project', CIRCLECI_ORGANIZATION, 'medium'),
    },
    mapped: ['oidc.circleci.com/project-id'],
    audience: AUDIENCE,
    open: critical(CIRCLECI_ORGANIZATION),
    group: EXACT,
    project: low(CIRCLECI_PROJECT),
  },
  {
    name: 'Buildkite',
    issuer: /^agent\.(buildkite\.com|[^/]+\.buildkite\.(dev|site))$/,
    claims: {
      // With `--subject-claim` the subject is one claim alone, such as the id of the pipeline.
      sub: { says: 'workload', rules: [[/[*?:]/, 'critical', 'any organization']] },
      organization: { says: 'group', rules: [[/^[^:]*[*?]/, 'critical', 'any organization']] },
      organization_id: one('group', 'any organization'),
      organization_slug: one('group', 'any organization'),
      cluster_id: many('medium', 'every pipeline of the cluster', 'any organization'),
      pipeline: { says: 'member', rules: [[/^[^:]*[*?]/, 'medium', 'every pipeline of the organization']] },
      pipeline_slug: one('member', 'every pipeline of the organization', 'medium'),
      pipeline_id: one('project', 'any organization'),
      ref: { says: 'run', rules: [[/^[^:]*[*?]/, 'low', 'more than one branch']] },
      build_branch: one('run', 'more than one branch', 'low'),
    },
    isComposed: true,
    mapped: [
      'build_branch',
      'cluster_id',
      'cluster_name',
      'organization_id',
      'organization_slug',
      'pipeline_id',
      'pipeline_slug',
    ],
    audience: AUDIENCE,
    open: critical('every Buildkite organization'),
    group: medium('every pipeline of the organization'),
    project: low('more than one branch'),
  },
  {
    name: 'EKS',
    issuer: /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com/,
    subject: /^system:serviceaccount:/,
    claims: {
      sub: {
        says: 'workload',
        rules: [
          [/^[*?]/, 'critical', 'every pod of the cluster'],
          [
            /^[^:]*[*?]|^system:[^:]*[*?]|^system:serviceaccount:[^:]*[*?]/,
            'high',
            'service accounts of any namespace',
          ],
          [/[*?]/, 'medium', 'every service account of the namespace'],
        ],
      },
    },
    mapped: [],
    audience: AUDIENCE,
    open: critical('every pod of the cluster'),
    ...NO_PROJECTS,
  },
  {
    name: 'Cognito',
    issuer: /^cognito-identity(-us-gov)?(\.[a-z0-9-]+)?\.amazonaws\.com/,
    // The audience is the identity pool; `amr` tells those who signed in from guests.
    claims: { aud: one('workload', 'any identity pool'), sub: one('workload', 'any identity pool') },
    mapped: [],
    audience: {
      claims: ['amr'],
      rules: [[/^[*?]|^un/, 'medium', 'guests who have not signed in']],
      missing: medium('guests who have not signed in, because amr is not tested'),
    },
    open: critical('the identities of any Cognito identity pool'),
    ...NO_PROJECTS,
  },
  {
    name: 'Google',
    issuer: /^accounts\.google\.com$/,
    // `aud` is the application (azp), `oaud` the audience of the token.
    claims: { sub: one('workload', 'any Google account'), aud: one('group', 'any application') },
    mapped: ['google/organization_number'],
    audience: { ...AUDIENCE, claims: ['aud', 'oaud'] },
    open: critical('every Google account'),
    group: medium('everybody who signs in to the application'),
    project: EXACT,
  },
  {
    name: 'Facebook',
    issuer: /^graph\.facebook\.com$/,
    claims: { id: one('workload', 'any Facebook account'), app_id: one('group', 'any application') },
    mapped: ['app_id', 'id'],
    audience: { ...AUDIENCE, claims: ['app_id'] },
    open: critical('every Facebook account'),
    group: medium('everybody who signs in to the application'),
    project: EXACT,
  },
  {
    name: 'Amazon',
    issuer: /^www\.amazon\.com$/,
    claims: { user_id: one('workload', 'any Amazon account'), app_id: one('group', 'any application') },
    mapped: ['app_id', 'user_id'],
    audience: { ...AUDIENCE, claims: ['app_id'] },
    open: critical('every Amazon account'),
    group: medium('everybody who signs in to the application'),
    project: EXACT,
  },
  {
    name: 'SAML',
    issuer: /^saml$/,
    // The provider belongs to one company, which decides who may take the role.
    claims: {},
    mapped: 'any',
    audience: AUDIENCE,
    open: EXACT,
    ...NO_PROJECTS,
  },
];

const SUBJECT: Claim = {
  says: 'workload',
  rules: [
    [/^[*?]/, 'critical', 'any subject'],
    [/[*?]/, 'medium', 'every subject that fits'],
  ],
};

const ANY_PROVIDER: Provider = {
  name: 'the identity provider',
  issuer: /.*/,
  claims: { sub: SUBJECT, email: SUBJECT },
  mapped: ['rpst_id'],
  audience: AUDIENCE,
  open: critical('every identity of the provider'),
  ...NO_PROJECTS,
};

/**
 * The provider with this issuer (lower case); on a host of the team's own the form of the subjects tells. One that is
 * not in the table must name a subject.
 */
export const providerOf = (issuer: string, subjects: readonly string[] = []): Provider =>
  PROVIDERS.find((provider) => provider.issuer.test(issuer)) ??
  PROVIDERS.find(({ subject }) => subject !== undefined && subjects.some((text) => subject.test(text))) ??
  ANY_PROVIDER;
