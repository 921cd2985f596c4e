import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BASELINE } from '../../src/config/config.ts';
import { parsePlanText } from '../../src/plan/parse.ts';
import { constants } from '../../src/policy/constants.ts';
import { judgeAll } from '../../src/policy/engine.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { kindsOf, subjectsOf } from '../../src/policy/subjects-of.ts';
import { KINDS } from '../../src/subjects/index.ts';
import { buildWorlds } from '../../src/world/build.ts';
import { noExpressions } from '../../src/world/expressions.ts';
import { OPTIONS, planOf, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const removed = (address: string, before: object): Instance => ({ address, before, after: null });

describe('a safeguard', () => {
  it('is told when it goes, milder when Terraform only forgets it', () => {
    const analyzer = removed('aws_accessanalyzer_analyzer.main', { analyzer_name: 'main', type: 'ACCOUNT' });
    const ids = ['access-analyzer/analyzer-removed'];
    expect(reviewOf(ids, [analyzer])).toEqual([`introduced medium ${ids[0]} ${analyzer.address}`]);
    expect(reviewOf(ids, [{ ...analyzer, forgotten: true }])).toEqual([`introduced low ${ids[0]} ${analyzer.address}`]);
  });

  it('is silent when a new one does what it did', () => {
    const old = removed('aws_accessanalyzer_analyzer.main', { analyzer_name: 'main', type: 'ACCOUNT' });
    const wider = { address: 'aws_accessanalyzer_analyzer.all', after: { analyzer_name: 'all', type: 'ORGANIZATION' } };
    expect(reviewOf(['access-analyzer/analyzer-removed'], [old, wider])).toEqual([]);
    const other = { ...wider, after: { analyzer_name: 'all', type: 'ACCOUNT_UNUSED_ACCESS' } };
    expect(reviewOf(['access-analyzer/analyzer-removed'], [old, other])).toHaveLength(1);
  });

  it('is not told by itself when it goes with what it is a part of', () => {
    const attachment = removed('aws_iam_role_policy_attachment.support', {
      role: 'operations',
      policy_arn: 'arn:aws:iam::aws:policy/AWSSupportAccess',
    });
    const role = removed('aws_iam_role.operations', { name: 'operations', assume_role_policy: '{}' });
    const ids = ['iam/security-or-support-role-removed'];
    expect(reviewOf(ids, [attachment])).toEqual([`introduced medium ${ids[0]} ${attachment.address}`]);
    expect(reviewOf(ids, [attachment, role])).toEqual([]);
  });

  it('names what its attribute names before the id is known', () => {
    const account: Instance = {
      address: 'aws_organizations_account.shop',
      before: { name: 'shop', email: 'shop@example.com', parent_id: 'ou-1' },
      after: { name: 'shop', email: 'shop@example.com' },
      unknown: { parent_id: true },
      references: {
        parent_id: ['aws_organizations_organizational_unit.new.id', 'aws_organizations_organizational_unit.new'],
      },
    };
    const unit: Instance = {
      address: 'aws_organizations_organizational_unit.new',
      after: { name: 'new', parent_id: 'r-1' },
      unknown: { id: true },
    };
    expect(reviewOf(['organizations/account-removed-or-moved'], [account, unit])).toEqual([
      'introduced high organizations/account-removed-or-moved aws_organizations_account.shop',
    ]);
  });

  it('tells who still serves TLS with a certificate that goes', () => {
    const arn = 'arn:aws:acm:eu-central-1:111122223333:certificate/1';
    const certificate = removed('aws_acm_certificate.shop', { arn, domain_name: 'shop.example.com' });
    const listener = { certificate_arn: arn, port: 443 };
    const used: Instance = { address: 'aws_lb_listener.https', before: listener, after: listener };
    expect(reviewOf(['acm/certificate-removed'], [certificate, used])).toEqual([
      'introduced low acm/certificate-removed aws_acm_certificate.shop',
    ]);
    expect(reviewOf(['acm/certificate-removed'], [certificate])).toEqual([]);
  });
});

/** What policies say when the configuration names decoys and emergency users. */
function configured(ids: readonly string[], instances: readonly Instance[]): string[] {
  const lists = {
    ownAccounts: [],
    trustedAccounts: [],
    organizationId: undefined,
    officeNetworks: [],
    breakGlass: ['emergency-*'],
    securityRoles: ['soc-*'],
    honeytokens: ['backup-admin'],
    requiredTags: [],
    logBuckets: [],
    publicBuckets: [],
    trustedSources: [],
    baseline: BASELINE,
  };
  const known = { kinds: new Map(KINDS.map((kind) => [kind.name, kind])), constants: constants(lists) };
  const policies = ids.map((id) => loadPolicy(readFileSync(`policies/${id}.yaml`, 'utf8'), id, id, known));
  const plan = parsePlanText(planOf(instances), 'plan.json');
  const touched = new Set(plan.changes.map(({ type }) => type));
  const subjects = subjectsOf(kindsOf(policies, KINDS), buildWorlds(plan, noExpressions), touched, OPTIONS);
  return judgeAll(policies, subjects, { audit: false, constants: known.constants, isGone: () => false }).map(
    ({ policy, subject }) => `${policy.id} ${subject.address}`,
  );
}

describe('decoys and emergency users', () => {
  const made = (name: string): Instance[] => [
    { address: 'aws_iam_user.one', after: { name } },
    { address: 'aws_iam_user_login_profile.one', after: { user: name, pgp_key: 'keybase:team' } },
    { address: 'aws_iam_access_key.one', after: { user: name, status: 'Active', pgp_key: 'keybase:team' } },
  ];
  const ids = ['iam/user-created', 'iam/user-console-access', 'iam/user-without-group', 'iam/access-key-created'];

  it.each([
    ['alice', 4],
    ['backup-admin', 0],
    ['emergency-1', 0],
  ])('%s is told %d times', (name, times) => {
    expect(configured(ids, made(name))).toHaveLength(times);
  });

  it('are told when a decoy or a role of the security team goes', () => {
    const role = { name: 'soc-reader', assume_role_policy: '{"Principal":{"Service":"ec2.amazonaws.com"}}' };
    expect(
      configured(
        ['iam/security-or-support-role-removed'],
        [
          removed('aws_iam_user.decoy', { name: 'backup-admin' }),
          removed('aws_iam_user.alice', { name: 'alice' }),
          removed('aws_iam_role.reader', role),
          { address: 'aws_iam_role.other', before: { ...role, name: 'other' }, after: { ...role, name: 'other' } },
        ],
      ).toSorted(),
    ).toEqual([
      'iam/security-or-support-role-removed aws_iam_role.reader',
      'iam/security-or-support-role-removed aws_iam_user.decoy',
    ]);
  });
});
