import type { Finding, Status } from '../../src/finding/finding.ts';
import type { Review, SeverityCounts } from '../../src/finding/review.ts';

const NO_COUNTS: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };

const countOf = (findings: readonly Finding[], select: (finding: Finding) => boolean): SeverityCounts =>
  findings
    .filter(select)
    .reduce<SeverityCounts>((counts, { severity }) => ({ ...counts, [severity]: counts[severity] + 1 }), NO_COUNTS);

/** A finding as the engine makes it: SSH opened by an edited rule. */
export const finding = (change: Partial<Finding> = {}): Finding => ({
  policy: 'security-group/ingress-open-to-world-admin-port',
  title: 'Security group lets the whole internet reach a remote-administration port',
  severity: 'critical',
  status: 'introduced',
  waived: null,
  plan: 'plan.json',
  address: 'aws_security_group.bastion',
  previousAddress: null,
  resourceType: 'aws_security_group',
  attribute: 'ingress[0].cidr_blocks',
  message: '22/tcp is reachable from 0.0.0.0/0',
  evidence: [{ label: 'cidr_blocks', before: '10.0.0.0/8', after: '0.0.0.0/0' }],
  access: [],
  location: { path: 'network.tf', startLine: 12, endLine: 12 },
  fingerprint: 'b7a1c9d04e52f3886f1d',
  grant: '5f0c2a17',
  why: 'Open administration ports are scanned within minutes; one leaked key or unpatched daemon is then enough.',
  fix: 'Limit the source to your own networks, or open nothing and use SSM Session Manager.',
  references: ['CIS AWS 5.0.0 5.3', 'FSBP EC2.13'],
  ...change,
});

/** A review of these findings; the counts follow from them, and it fails when something is introduced. */
export function review(change: Partial<Review> = {}): Review {
  const findings = change.findings ?? [];
  const active = (status: Status) => (candidate: Finding) => candidate.status === status && candidate.waived === null;
  return {
    schemaVersion: 1,
    tool: { name: 'planwarden', version: '0.1.0' },
    conclusion: findings.some(active('introduced')) ? 'fail' : 'pass',
    mode: 'review',
    neutral: false,
    plans: [
      {
        path: 'plan.json',
        formatVersion: '1.2',
        terraformVersion: '1.14.0',
        complete: true,
        errored: false,
        timestamp: '2026-11-22T08:00:00Z',
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        resourceChanges: 14,
      },
    ],
    counts: {
      introduced: countOf(findings, active('introduced')),
      resolved: countOf(findings, active('resolved')),
      persisting: countOf(findings, active('persisting')),
      undetermined: countOf(findings, active('undetermined')),
      waived: countOf(findings, ({ waived }) => waived !== null),
    },
    notEvaluated: [],
    notes: [],
    iamData: null,
    ...change,
    findings,
  };
}
