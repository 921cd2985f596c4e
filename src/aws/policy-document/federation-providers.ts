/** How far a federated trust reaches beyond one workload, from not at all to anybody. */
export const REACHES = ['exact', 'low', 'medium', 'high', 'critical'] as const;
export type Reach = (typeof REACHES)[number];

export interface Grade {
  readonly reach: Reach;
  /** One clause for people: what is let in. */
  readonly reason: string;
}

/** The first rule whose pattern fits a claim value decides; a value that fits none is exact. */
export type Rules = readonly (readonly [fits: RegExp, reach: Reach, reason: string])[];

/** One kind of identity provider: which claim must say who, and how its values read. */
export interface Provider {
  readonly name: string;
  readonly issuer: RegExp;
  /** Claims that can identify the workload. */
  readonly claims: Readonly<Record<string, Rules>>;
  /** Claim that must name the audience. */
  readonly audience: string | null;
  /** What is let in when no claim says who. */
  readonly open: Grade;
}

const WILD_OWNER: Rules = [
  [/^[^/]*[*?]/, 'critical', 'any owner'],
  [/^[^/]+\/[^/@:]*[*?]/, 'medium', 'every repository of the owner'],
];
const FIXED: Rules = [[/[*?]/, 'medium', 'more than one of them']];

const GITHUB: Rules = [
  [/^[*?]/, 'critical', 'any subject'],
  [/^(repo|repository|repository_owner):[^/:]*[*?]/, 'critical', 'repositories of any owner'],
  [/^repo:[^/]+\/[^:]*[*?][^:]*(:|$)/, 'medium', 'every repository of the owner whose name fits'],
  [/^repo:[^/]+\/[^:]+:\*$/, 'low', 'every branch, tag, environment and pull request of the repository'],
  [/^repo:[^/]+\/[^:]+:pull_request$/, 'medium', 'every pull request of the repository'],
  [/^repo:.*[*?]/, 'low', 'more than one branch, tag or environment'],
  [/^repository_owner:/, 'medium', 'every repository of the owner'],
  [/^job_workflow_ref:[^/]*[*?]/, 'critical', 'workflows of any owner'],
  [/[*?]/, 'low', 'more than one workflow'],
];

const GITLAB: Rules = [
  [/^[*?]|^project_path:[^/:]*[*?]/, 'critical', 'projects of any group'],
  [/^project_path:[^:]*[*?]/, 'medium', 'every project of the group'],
  [/[*?]/, 'medium', 'more than one branch or tag of the project, merge requests among them'],
];

const TERRAFORM: Rules = [
  [/^[*?]|^organization:[^:]*[*?]/, 'critical', 'any organization'],
  [/project:[^:]*[*?]|workspace:[^:]*[*?]|^organization:[^:]+:\*$/, 'medium', 'every workspace that fits'],
  [/[*?]/, 'medium', 'speculative plans as well as applies'],
];

const EKS: Rules = [
  [/^[*?]|^system:serviceaccount:[^:]*[*?]|^system:[^:]*[*?]/, 'high', 'service accounts of any namespace'],
  [/[*?]/, 'medium', 'every service account of the namespace'],
];

const PROVIDERS: readonly Provider[] = [
  {
    name: 'GitHub Actions',
    issuer: /^token\.actions\.githubusercontent\.com(\/|$)|\/_services\/token$/,
    claims: {
      sub: GITHUB,
      job_workflow_ref: WILD_OWNER,
      repository: WILD_OWNER,
      repository_id: FIXED,
      repository_owner_id: [[/.*/, 'medium', 'every repository of the owner']],
      repository_owner: [
        [/[*?]/, 'critical', 'any owner'],
        [/.*/, 'medium', 'every repository of the owner'],
      ],
    },
    audience: 'aud',
    open: { reach: 'critical', reason: 'every GitHub repository in the world' },
  },
  {
    name: 'GitLab',
    issuer: /(^|\.)gitlab\./,
    claims: {
      sub: GITLAB,
      project_id: FIXED,
      project_path: WILD_OWNER,
      namespace_id: [[/.*/, 'medium', 'every project of the group']],
    },
    audience: 'aud',
    open: { reach: 'critical', reason: 'every project on that GitLab' },
  },
  {
    name: 'Terraform Cloud',
    issuer: /^app(\.eu)?\.terraform\.io$/,
    claims: { sub: TERRAFORM },
    audience: 'aud',
    open: { reach: 'critical', reason: 'every Terraform Cloud organization' },
  },
  {
    name: 'Bitbucket',
    issuer: /^api\.bitbucket\.org\//,
    claims: { sub: [[/^[*?]/, 'medium', 'every repository of the workspace']] },
    audience: 'aud',
    open: { reach: 'critical', reason: 'every repository of the workspace' },
  },
  {
    name: 'CircleCI',
    issuer: /^oidc\.circleci\.com\/org\//,
    claims: {
      sub: [
        [/^[*?]|^org\/[^/]*[*?]|^org\/[^/]+\/(\*|project\/[^/]*[*?])/, 'medium', 'every project of the organization'],
      ],
      'oidc.circleci.com/project-id': FIXED,
    },
    audience: 'aud',
    open: { reach: 'critical', reason: 'every project of the organization' },
  },
  {
    name: 'Buildkite',
    issuer: /^agent\.buildkite\.com$/,
    claims: {
      sub: [
        [/^[*?]|^organization:[^:]*[*?]/, 'critical', 'any organization'],
        [/pipeline:[^:]*[*?]|^organization:[^:]+:\*$/, 'medium', 'every pipeline of the organization'],
        [/[*?]/, 'low', 'more than one branch'],
      ],
    },
    audience: 'aud',
    open: { reach: 'critical', reason: 'every Buildkite organization' },
  },
  {
    name: 'EKS',
    issuer: /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com/,
    claims: { sub: EKS },
    audience: 'aud',
    open: { reach: 'critical', reason: 'every pod of the cluster' },
  },
  {
    name: 'Cognito',
    issuer: /^cognito-identity\.amazonaws\.com$/,
    claims: { aud: [[/[*?]/, 'critical', 'any identity pool']] },
    audience: 'amr',
    open: { reach: 'critical', reason: 'the identities of any Cognito identity pool' },
  },
  {
    name: 'SAML',
    issuer: /^saml$/,
    claims: {},
    audience: 'aud',
    open: { reach: 'exact', reason: '' },
  },
];

const ANY_PROVIDER: Provider = {
  name: 'the identity provider',
  issuer: /.*/,
  claims: {
    sub: [
      [/^[*?]/, 'critical', 'any subject'],
      [/[*?]/, 'medium', 'every subject that fits'],
    ],
  },
  audience: 'aud',
  open: { reach: 'critical', reason: 'every identity of the provider' },
};

/** The provider with this issuer (lower case); one that is not in the table must name a subject. */
export const providerOf = (issuer: string): Provider =>
  PROVIDERS.find((provider) => provider.issuer.test(issuer)) ?? ANY_PROVIDER;
