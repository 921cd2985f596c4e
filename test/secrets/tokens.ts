/**
 * Credentials that open nothing, one for each format, put together at run time so that no secret scanner stops this
 * repository.
 */
import * as fc from 'fast-check';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const LETTERS = LOWER + LOWER.toUpperCase();
const WORD = LETTERS + DIGITS;
const URL_SAFE = `${WORD}-_`;
const BASE64 = `${WORD}+/`;
const HEX = '0123456789abcdef';

const text = (alphabet: string, length: number, max = length): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: max });

const glue = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((all) => all.join(''));

const base64url = (value: string): string => Buffer.from(value).toString('base64url');

/** Four times the same letters and digits in any order: never a filler, never a word. */
const strong = (length: number): fc.Arbitrary<string> => text(WORD, length).map((end) => `q7${end.slice(2)}`);

export interface Sample {
  /** The text as it would stand somewhere, and the part of it that nobody may see. */
  readonly text: string;
  readonly secret: string;
}

const whole = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<Sample> =>
  arbitrary.map((secret) => ({ text: secret, secret }));

const labelled = (label: string, value: fc.Arbitrary<string>, end = ''): fc.Arbitrary<Sample> =>
  value.map((secret) => ({ text: label + secret + end, secret }));

const PEM_LABELS = ['RSA PRIVATE KEY', 'EC PRIVATE KEY', 'PRIVATE KEY', 'DSA PRIVATE KEY'];

const pem: fc.Arbitrary<Sample> = fc
  .tuple(fc.constantFrom(...PEM_LABELS), text(BASE64, 200, 1200))
  .map(([label, body]) => ({
    text: `-----BEGIN ${label}-----\nMII${body.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----`,
    secret: body.slice(0, 40),
  }));

export const SAMPLES: Readonly<Record<string, fc.Arbitrary<Sample>>> = {
  'aws-access-key-id': whole(glue(fc.constantFrom('AK', 'AS'), 'IA', text(LOWER.toUpperCase() + DIGITS, 16))),
  'aws-secret-access-key': fc
    .constantFrom('AWS_SECRET_ACCESS_KEY=', 'aws_secret_access_key = ', 'secretAccessKey: ', '"SecretAccessKey": "')
    .chain((label) => labelled(label, strong(40), label.endsWith('"') ? '"' : '')),
  'aws-session-token': whole(glue(fc.constantFrom('IQoJb3JpZ2lu', 'FwoGZXIvYXdz'), text(BASE64, 150, 400))),
  'private-key': pem,
  'github-token': whole(
    fc.oneof(
      glue('gh', fc.constantFrom(...'pousr'), '_', strong(36)),
      glue('github', '_pat_', strong(82)),
      glue('gh', 's_', text(DIGITS, 1, 12), '_eyJ', text(URL_SAFE, 20), '.', text(URL_SAFE, 80, 300), '.', strong(43)),
    ),
  ),
  'gitlab-token': whole(glue('gl', 'pat-', strong(20))),
  'slack-token': whole(
    fc.oneof(
      glue('xo', 'x', fc.constantFrom(...'bpaor'), '-', text(DIGITS, 12), '-', text(DIGITS, 12), '-', strong(24)),
      glue('xo', 'xs-', text(DIGITS, 12), '-', text(DIGITS, 12), '-', strong(40)),
    ),
  ),
  'slack-webhook': whole(
    glue(
      fc.constantFrom('https://hooks.sla', 'https://Hooks.Sla'),
      'ck.com/services/T',
      text(WORD, 9),
      '/B',
      text(WORD, 9),
      '/',
      strong(24),
    ),
  ),
  'stripe-key': whole(glue(fc.constantFrom('sk', 'rk'), '_li', 've_', strong(24))),
  'stripe-test-key': whole(glue(fc.constantFrom('sk', 'rk'), '_te', 'st_', strong(99))),
  'google-api-key': whole(glue('AI', 'za', strong(35))),
  'npm-token': fc.oneof(
    whole(glue('np', 'm_', strong(36))),
    labelled(['//registry.example/:_auth', 'Token='].join(''), strong(36)),
  ),
  'pypi-token': whole(glue('pypi', '-AgEIcHlwaS5vcmc', text(URL_SAFE, 120))),
  'sendgrid-key': whole(glue('SG', '.', text(URL_SAFE, 22), '.', strong(43))),
  'twilio-key': whole(glue('S', 'K', text(HEX, 32))),
  jwt: fc
    .tuple(fc.constantFrom('HS256', 'RS256'), text(LOWER, 1, 30), strong(43))
    .map(
      ([alg, sub, signature]) =>
        `${base64url(JSON.stringify({ alg }))}.${base64url(JSON.stringify({ sub }))}.${signature}`,
    )
    .map((secret) => ({ text: secret, secret })),
  'terraform-cloud-token': whole(glue(text(WORD, 14), '.atl', 'asv1.', strong(67))),
  'azure-storage-key': labelled(
    ['AccountName=shop;Account', 'Key='].join(''),
    text(BASE64, 86).map((key) => `q7${key.slice(2)}==`),
  ),
  'vault-token': whole(
    fc.oneof(glue('hv', 's.', strong(90)), glue('hv', 'b.', strong(140)), glue('hv', 'r.', strong(100))),
  ),
  'docker-hub-token': whole(glue('dckr', '_pat_', strong(27))),
  'openai-key': whole(
    fc.oneof(
      glue('s', 'k-', strong(20), 'T3Blbk', 'FJ', strong(20)),
      glue('s', 'k-proj-', strong(74), 'T3Blbk', 'FJ', strong(74)),
    ),
  ),
  'anthropic-key': whole(glue('sk', '-ant-', 'api03-', strong(93), 'AA')),
  'shopify-key': whole(glue('shp', fc.constantFrom('at', 'ss', 'pa', 'ca'), '_', strong(32))),
  'grafana-token': whole(fc.oneof(glue('gl', 'c_', strong(60)), glue('gl', 'sa_', strong(32), '_', text(HEX, 8)))),
  'groq-key': whole(glue('gs', 'k_', strong(52))),
  'hugging-face-token': whole(glue('h', 'f_', text(LETTERS, 34))),
  'linear-key': whole(glue('lin', '_api_', strong(40))),
  'notion-token': whole(glue('nt', 'n_', text(DIGITS, 11), strong(35))),
  '1password-token': whole(
    text(WORD, 92).map((value) => `op${'s_'}${Buffer.from(`{"e":"${value}"}`).toString('base64')}`),
  ),
  'vercel-token': whole(glue('vc', fc.constantFrom(...'park'), '_', strong(24))),
  'databricks-token': whole(glue('da', 'pi', text(HEX, 32))),
  'figma-token': whole(glue('fi', 'gd_', strong(40))),
  'cloudflare-token': whole(glue('cf', fc.constantFrom('k', 'ut', 'at'), '_', strong(40), text(HEX, 8))),
  'tailscale-key': whole(glue('ts', 'key-auth-', strong(16), '-', strong(32))),
  'database-connection-string': fc
    .tuple(fc.constantFrom('postgres', 'postgresql', 'mysql', 'mongodb', 'mongodb+srv', 'jdbc:mysql'), strong(12))
    .map(([scheme, secret]) => ({ text: `${scheme}://app:${secret}@db.internal:5432/shop`, secret })),
  'url-credentials': fc
    .tuple(fc.constantFrom('redis', 'amqps', 'https', 'ftp'), fc.constantFrom('', 'app'), strong(12))
    .map(([scheme, user, secret]) => ({ text: `${scheme}://${user}:${secret}!@queue.internal/x`, secret })),
};

/** Harmless text around a credential, as it would stand in a plan. */
export const AROUND = fc.tuple(
  fc.constantFrom('', 'export TOKEN=', '{"Value":"', 'x ', 'arn:aws:iam::123456789012:role/', 'line one\nline two '),
  fc.constantFrom('', '\n', '" }', ' and more', '\nhttps://example.internal:8080/path'),
);

export const anySample = (): fc.Arbitrary<Sample> => fc.oneof(...Object.values(SAMPLES));
