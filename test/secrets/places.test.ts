import { describe, expect, it } from 'vitest';
import { isNeverSecret } from '../../src/secrets/places.ts';
import { SENSITIVE_ARGUMENTS } from '../../src/secrets/sensitive-arguments.ts';

describe('isNeverSecret', () => {
  it.each([
    'arn',
    'role_arn',
    'id',
    'vpc_id',
    'etag',
    'source_code_hash',
    'content_sha256',
    'public_key',
    'certificate_body',
    'ciphertext_blob',
    'thumbprint_list',
    'key_fingerprint',
    'subnet_ids',
  ])('skips %s', (attribute) => {
    expect(isNeverSecret(attribute)).toBe(true);
  });

  it.each(['password', 'user_data', 'value', 'access_key_id', 'private_key', 'description', 'policy', 'token'])(
    'reads %s',
    (attribute) => {
      expect(isNeverSecret(attribute)).toBe(false);
    },
  );

  it('skips no sensitive argument', () => {
    const last = Object.values(SENSITIVE_ARGUMENTS)
      .flat()
      .map((path) => path.split('.').at(-1) ?? '');
    expect(last.filter((attribute) => isNeverSecret(attribute))).toEqual([]);
  });
});
