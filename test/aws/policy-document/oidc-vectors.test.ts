import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConditions } from '../../../src/aws/policy-document/condition.ts';
import { gradeFederation } from '../../../src/aws/policy-document/federation.ts';
import type { Reach } from '../../../src/aws/policy-document/federation-reach.ts';
import { isUnknown } from '../../../src/plan/value.ts';
import { holds } from './evaluator.ts';

/** Third-party material that may be read and not copied: beside the repository, or beside the folder of a worktree. */
const FILE = ['../shared', '../../shared']
  .map((folder) => `${folder}/data/iam/vectors-oidc-aws.json`)
  .find((path) => existsSync(path));

type Grade = 'safe' | 'caution' | 'dangerous';

interface Single {
  readonly consumer: 'aws-stringequals' | 'aws-stringlike';
  readonly claim: string;
  readonly pattern: string | readonly string[];
}
type Vector = {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly claims?: Readonly<Record<string, string>>;
  readonly condition: Single | { readonly consumer: 'aws-all'; readonly of: readonly Single[] };
  readonly expect: 'match' | 'no-match';
  readonly judgment?: { readonly grade: Grade };
};

const vectors: readonly Vector[] = FILE ? JSON.parse(readFileSync(FILE, 'utf8')).vectors : [];

const ISSUERS: Readonly<Record<string, string>> = {
  github: 'token.actions.githubusercontent.com',
  gitlab: 'gitlab.com',
  bitbucket: 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
  circleci: 'oidc.circleci.com/org/acme',
  'terraform-cloud': 'app.terraform.io',
};

/** What a grade of the vectors is among ours. Repository-wide is "caution" there and low here, a whole owner is medium. */
const REACHES: Readonly<Record<Grade, readonly Reach[]>> = {
  safe: ['exact', 'low'],
  caution: ['low', 'medium'],
  dangerous: ['medium', 'high', 'critical'],
};

const FRAGMENT =
  'one claim of a policy is graded there; a trust that tests nothing else lets in anybody who has such a claim';
const NAMES =
  'a path or name may be taken by somebody else later: so may those of classic GitHub subjects, called safe there';
const NO_IDS = 'names are all that Terraform Cloud puts into a subject: nothing tighter can be written';
const BRANCH = 'a branch of a named repository is as strong as its protection, also where it holds the workflow';
const NOBODY = 'nothing ever matches, so nobody gets in: a mistake and no danger';
const WHOLE_REPOSITORY =
  'the condition of another vector, which is called caution: a whole repository, pull requests included, is low';
const WHOLE_PROJECT = 'the condition of another vector, which is called caution: a whole project, SSH included, is low';

/** Where we judge otherwise, and why. */
const DISAGREE: Readonly<Record<string, string>> = {
  'gh-aws-aud-pinned-official-action': FRAGMENT,
  'gh-aws-aud-default-owner-url-rejected': FRAGMENT,
  'gh-aws-environment-key-absent-claim-rejected': FRAGMENT,
  'gh-aws-pull-request-subject': WHOLE_REPOSITORY,
  'gh-aws-all-aws-branch-wildcard-example': WHOLE_REPOSITORY,
  'circleci-aws-ssh-rerun-debug-token-admitted': WHOLE_PROJECT,
  'gh-aws-custom-sub-jwr-exact': BRANCH,
  'gitlab-aws-exact-branch-namebased-stringequals': NAMES,
  'gitlab-aws-path-reuse-no-projectid': NAMES,
  'gitlab-aws-tag-ref-pinned-stringequals': NAMES,
  'gitlab-aws-all-aws-example-namespace-pin': NAMES,
  'gitlab-aws-all-refprotected-guard-match': NAMES,
  'gitlab-aws-all-refprotected-rejects-unprotected': NAMES,
  'tfc-aws-docs-exact-apply-sub-aud': NO_IDS,
  'tfc-aws-name-based-no-immutable-lever': NO_IDS,
  'bitbucket-aws-full-sub-stringequals-breaks-next-run': NOBODY,
  'bitbucket-aws-env-name-not-uuid-never-matches': NOBODY,
};

const singles = ({ condition }: Vector): readonly Single[] =>
  condition.consumer === 'aws-all' ? condition.of : [condition];

const conditionsOf = (vector: Vector) =>
  singles(vector).flatMap(({ consumer, claim, pattern }) => {
    const parsed = parseConditions({
      [consumer === 'aws-stringlike' ? 'StringLike' : 'StringEquals']: {
        [`${ISSUERS[vector.issuer] ?? ''}:${claim}`]: typeof pattern === 'string' ? pattern : [...pattern],
      },
    });
    return isUnknown(parsed) ? [] : parsed;
  });

/** A vector that is not about the audience is graded as if that were tested. */
function reachOf(vector: Vector): Reach | 'unknown' {
  const issuer = ISSUERS[vector.issuer] ?? '';
  const audience = parseConditions({ StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' } });
  const conditions = [...conditionsOf(vector), ...(isUnknown(audience) ? [] : audience)];
  const { grade } = gradeFederation({ name: issuer, isKnown: true }, conditions);
  return isUnknown(grade) ? 'unknown' : grade.reach;
}

const tokenOf = ({ subject, claims }: Vector): Readonly<Record<string, string>> => ({ sub: subject, ...claims });

describe.skipIf(FILE === undefined)(
  'a graded OIDC condition of ../shared/data/iam/vectors-oidc-aws.json, when that is there',
  () => {
    it.each(vectors.map((vector) => [vector.id, vector] as const))('%s matches or not', (_, vector) => {
      const issuer = ISSUERS[vector.issuer] ?? '';
      const token = tokenOf(vector);
      const matches = conditionsOf(vector).every((condition) =>
        holds(condition, token[condition.key.slice(issuer.length + 1)]),
      );
      expect(matches ? 'match' : 'no-match').toBe(vector.expect);
    });

    const graded = vectors.filter(({ judgment }) => judgment !== undefined);
    it.each(graded.map((vector) => [vector.id, vector] as const))(
      '%s reaches as far as its grade says',
      (id, vector) => {
        const { grade } = vector.judgment ?? { grade: 'safe' };
        const agrees: readonly string[] = REACHES[grade];
        const reach = reachOf(vector);
        expect(agrees.includes(reach), `${grade} there, ${reach} here`).toBe(!(id in DISAGREE));
      },
    );

    it('is still there where we judge otherwise', () => {
      expect(Object.keys(DISAGREE).filter((id) => !graded.some((vector) => vector.id === id))).toEqual([]);
    });
  },
);
