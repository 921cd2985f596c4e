import { describe, expect, it } from 'vitest';
import { entropy, secretlike } from '../../src/secrets/secretlike.ts';

const VALUE = 'q7Gm2XvT9bLw4ZkRp8Ns3Yd6';

describe('secretlike', () => {
  it.each([
    'DB_PASSWORD',
    'dbPassword',
    'POSTGRES_PASSWD',
    'DB_PASS',
    'SIGNING_SECRET',
    'API_KEY',
    'apiKey',
    'STRIPE_API-KEY',
    'AUTH_TOKEN',
    'PRIVATE_KEY',
    'CREDENTIALS',
    'CONNECTION_STRING',
    'AWS_SECRET_ACCESS_KEY',
    'smtp_pwd',
  ])('takes a random value of %s for a secret', (name) => {
    expect(secretlike(name, VALUE)).toBe(true);
  });

  it.each([
    'DB_PASSWORD_FILE',
    'SECRET_ARN',
    'SECRET_NAME',
    'TOKEN_PATH',
    'CLIENT_SECRET_ID',
    'TOKEN_URL',
    'secretArn',
    'RELEASE_COMMIT',
    'STAGE',
    'COMPASS_VIEW',
    'PASSWORD_POLICY',
  ])('takes the value of %s for something else', (name) => {
    expect(secretlike(name, VALUE)).toBe(false);
  });

  it.each([
    ['an empty value', ''],
    ['a short value', 'q7Gm2'],
    ['a placeholder', 'changeme-please'],
    ['a template hole', '${data.vault.password}'],
    ['angle brackets', '<set-in-console>'],
    ['an ARN', 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:checkout-db-AbCdEf'],
    ['a dynamic reference', '{{resolve:ssm-secure:/shop/db:1}}'],
    ['a parameter path', '/shop/production/db/password'],
    ['a secret name', 'prod/checkout/db-password'],
    ['a secret name with words only', 'orders-api-key'],
    ['a file path', './secrets/token.txt'],
    ['a URL without credentials', 'https://login.shop.example/oauth2/token'],
    ['a boolean', 'disabled'],
    ['a number', '1209600000'],
    ['a filled value', '****************'],
  ])('is silent about %s under a secret name', (_, value) => {
    expect(secretlike('DB_PASSWORD', value)).toBe(false);
  });

  it('takes a password with two kinds of characters for a secret, however repetitive', () => {
    expect(secretlike('DB_PASSWORD', 'hunter22')).toBe(true);
    expect(secretlike('DB_PASSWORD', 'aaaabbbb')).toBe(false);
  });

  it('takes a URL with a password under a secret name for a secret', () => {
    expect(secretlike('CONNECTION_STRING', 'sqlserver://db.internal;user=app?password=Ahvoo7rieTh4')).toBe(true);
  });
});

describe('entropy', () => {
  it('is the number of bits a character says', () => {
    expect(entropy('aaaa')).toBe(0);
    expect(entropy('abab')).toBe(1);
    expect(entropy('abcdefgh')).toBe(3);
    expect(entropy('')).toBe(0);
  });
});
