import { describe, expect, it } from 'vitest';
import { judgementsOf, planOf, reviewOf } from './review-of.ts';
import type { Instance } from './review-of.ts';

const ids = ['iam/access-key-created'];
const key = (before: object | null, after: object | null, name = 'ci'): Instance => ({
  address: `aws_iam_access_key.${name}`,
  before: before && { user: 'ci', status: 'Active', pgp_key: null, ...before },
  after: after && { user: 'ci', status: 'Active', pgp_key: null, ...after },
});
const review = (...instances: Instance[]) =>
  reviewOf(ids, instances).map((line) => line.split(' ').slice(0, 2).join(' '));

describe('an access key', () => {
  it.each([
    ['whose secret is in the state', {}, 'introduced high'],
    ['whose secret is encrypted', { pgp_key: 'keybase:team' }, 'introduced medium'],
    ['that is not active yet', { status: 'Inactive' }, 'introduced info'],
    ['of root', { user: 'root', pgp_key: 'keybase:team' }, 'introduced critical'],
  ])('%s is told', (_, after, expected) => {
    expect(review(key(null, after))).toEqual([expected]);
  });

  it('of a user for emergencies is silent', () => {
    expect(review(key(null, { user: 'emergency-1' }))).toEqual([]);
  });

  it('is told when it is activated, an improvement when it is not any more or is deleted', () => {
    expect(review(key({ status: 'Inactive' }, {}))).toEqual(['introduced high']);
    expect(review(key({}, { status: 'Inactive' }))).toEqual(['resolved high']);
    expect(review(key({}, null))).toEqual(['resolved high']);
  });

  it('that takes the place of another one of the same user is worth a note', () => {
    expect(review(key({}, null, 'old'), key(null, {}, 'new'))).toEqual(['introduced info']);
    const plan = JSON.parse(planOf([key({}, { tags: {} })])) as {
      resource_changes: { change: { actions: string[] } }[];
    };
    for (const { change } of plan.resource_changes) change.actions = ['delete', 'create'];
    expect(judgementsOf(ids, JSON.stringify(plan)).map(({ message, severity }) => [severity, message])).toEqual([
      [
        'info',
        'A new long-lived credential takes the place of the one of user ci, and its secret is kept in the state',
      ],
    ]);
    expect(review(key({ user: 'eve' }, null, 'old'), key(null, {}, 'new')).toSorted()).toEqual([
      'introduced high',
      'resolved high',
    ]);
  });

  it('is nothing new while it stays', () => {
    expect(review(key({}, { key_fingerprint: 'f' }))).toEqual(['persisting high']);
  });

  it('whose state is not known is a question', () => {
    const later: Instance = {
      address: 'aws_iam_access_key.ci',
      after: { user: 'ci', pgp_key: null },
      unknown: { status: true },
      references: { status: ['var.status'] },
    };
    expect(review(later)).toEqual(['undetermined medium']);
  });

  it('of a user that the plan creates names the user', () => {
    const user: Instance = { address: 'aws_iam_user.ci', after: { name: 'ci' }, unknown: { id: true } };
    const made: Instance = {
      address: 'aws_iam_access_key.ci',
      after: { pgp_key: null },
      unknown: { user: true, status: true },
      references: { user: ['aws_iam_user.ci.id', 'aws_iam_user.ci'] },
    };
    expect(judgementsOf(ids, planOf([user, made])).map(({ message }) => message)).toEqual([
      'A long-lived credential is active for user ci, and its secret is kept in the state',
    ]);
  });
});
