import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentTest } from '../../../src/iam/evaluate/document.ts';
import { evaluate } from '../../../src/iam/evaluate/evaluate.ts';
import { requestContext } from '../../../src/iam/escalation/answer.ts';
import { powersOf } from '../../../src/iam/escalation/powers.ts';
import { allowedOf } from '../../../src/iam/query.ts';
import { actor, completedBy, documentOf, estate, iam } from './cast.ts';

/** Few words, so that statements meet. */
const actions = fc.constantFrom(
  'iam:PassRole',
  'iam:Put*',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
  'iam:Create*',
  'iam:CreateAccessKey',
  'iam:AttachUserPolicy',
  'lambda:CreateFunction',
  'lambda:*',
  'ec2:*Instance*',
  'ssm:SendCommand',
  'sts:AssumeRole',
  '*',
);
const resources = fc.constantFrom(
  '*',
  iam('*'),
  iam('role/*'),
  iam('role/c*'),
  iam('role/ci'),
  iam('user/*'),
  iam('user/${aws:username}'),
  iam('user/alice'),
  'arn:aws:lambda:*:*:function:*',
  'arn:aws:lambda:eu-west-1:*:function:shop-*',
  'arn:aws:ec2:*:*:instance/i-*',
  'arn:aws:ssm:*::document/AWS-RunShellScript',
);
const conditions = fc.constantFrom<object | undefined>(
  undefined,
  undefined,
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  { StringNotEquals: { 'iam:PermissionsBoundary': iam('policy/edge') } },
  { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' } },
  { ArnLike: { 'aws:PrincipalArn': iam('role/*') } },
  { StringEquals: { 'aws:username': '${aws:username}' } },
  { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
);

const some = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.uniqueArray(item, { minLength: 1, maxLength: 3 });

const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    actions: fc.tuple(fc.constantFrom('Action', 'Action', 'Action', 'NotAction'), some(actions)),
    resources: fc.tuple(fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'), some(resources)),
    Condition: conditions,
  })
  .map(({ Effect, actions: [action, listed], resources: [resource, named], Condition }) => ({
    Effect,
    [action]: listed,
    [resource]: named,
    ...(Condition && { Condition }),
  }));

const statements = fc.array(statement, { minLength: 1, maxLength: 5 });
const boundary = fc.option(statements, { nil: undefined });
const kind = fc.constantFrom('role', 'user' as const);

describe('a path that is reported', () => {
  it('has a request for every step that the evaluator allows', () => {
    let steps = 0;
    fc.assert(
      fc.property(statements, boundary, kind, (grants, limits, of) => {
        const one = actor('alice', grants, { kind: of, ...(limits && { boundary: limits }) });
        const policies = {
          identity: [documentTest(documentOf(grants))],
          boundary: limits && [documentTest(documentOf(limits))],
        };
        for (const step of completedBy(one).flatMap((path) => path.steps)) {
          steps++;
          const request = { action: step.action, resource: step.resource, context: requestContext(step.answer) };
          expect(evaluate(policies, { ...request, requester: { kind: 'holder' } }).decision).toBe('allowed');
        }
      }),
      { numRuns: 300 },
    );
    expect(steps).toBeGreaterThan(1_000);
  });
});

/** Without variables, which are bound before anything is asked. */
const plain = statements.filter((all) => !JSON.stringify(all).includes('${'));

describe('an answer', () => {
  const requests = fc.constantFrom<readonly [string, string]>(
    ['iam:PutRolePolicy', iam('role/ci')],
    ['iam:PutRolePolicy', iam('role/planwarden-any')],
    ['iam:CreateAccessKey', iam('user/alice')],
    ['lambda:CreateFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:shop-a'],
    ['iam:PassRole', iam('role/x')],
  );
  const fixed = fc.constantFrom<Record<string, string | null>>(
    {},
    { 'iam:PassedToService': 'lambda.amazonaws.com' },
    { 'iam:PassedToService': 'ec2.amazonaws.com' },
    { 'iam:PermissionsBoundary': null },
  );

  it('is what the whole policy says, though only what speaks of the request is asked', () => {
    fc.assert(
      fc.property(
        plain,
        boundary,
        fc.array(fc.tuple(requests, fixed), { minLength: 4, maxLength: 4 }),
        (grants, limits, all) => {
          if (JSON.stringify(limits ?? '').includes('${')) return;
          const one = actor('ci', grants, limits && { boundary: limits });
          const powers = powersOf(estate(one), one);
          for (const [[action, resource], context] of all) {
            const { regions } = allowedOf(one.grants(), {
              actions: [action],
              resources: [resource],
              context: { ...powers.identity.context, ...context },
            });
            expect(powers.may(action, resource, context).kind).toBe(regions.length > 0 ? 'yes' : 'no');
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
