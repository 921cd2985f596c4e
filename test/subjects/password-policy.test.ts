import { describe, expect, it } from 'vitest';
import { reviewOf } from './review-of.ts';

const strict = {
  minimum_password_length: 14,
  max_password_age: 90,
  password_reuse_prevention: 24,
  require_symbols: true,
  require_numbers: true,
  require_lowercase_characters: true,
  require_uppercase_characters: true,
  hard_expiry: true,
};
const review = (before: object | null, after: object | null, forgotten = false) =>
  reviewOf(
    ['iam/password-policy-weakened'],
    [{ address: 'aws_iam_account_password_policy.a', before, after, forgotten }],
  );
const TOLD = ['introduced high iam/password-policy-weakened aws_iam_account_password_policy.a'];

describe('the password policy of the account', () => {
  it.each([
    ['a shorter password', { minimum_password_length: 8 }],
    ['a later expiry', { max_password_age: 180 }],
    ['no expiry', { max_password_age: 0 }],
    ['reuse', { password_reuse_prevention: 5 }],
    ['no symbols', { require_symbols: false }],
  ])('is weakened by %s', (_, more) => {
    expect(review(strict, { ...strict, ...more })).toEqual(TOLD);
    expect(review({ ...strict, ...more }, strict)).toEqual([]);
  });

  it('falls back to the default of AWS when it is destroyed, and stays when it is forgotten', () => {
    expect(review(strict, null)).toEqual(TOLD);
    expect(review(strict, null, true)).toEqual([]);
  });

  it('is not weakened by being created, unless it asks for less than AWS does', () => {
    expect(review(null, strict)).toEqual([]);
    expect(review(null, { minimum_password_length: 6 })).toEqual(TOLD);
  });

  it('is not weakened by availability settings', () => {
    expect(review(strict, { ...strict, hard_expiry: false, allow_users_to_change_password: true })).toEqual([]);
  });
});
