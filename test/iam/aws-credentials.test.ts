import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mayHaveAwsCredentials } from '../../src/iam/aws-simulation/credential-sources.ts';
import { resolveAwsCredentials } from '../../src/iam/aws-simulator.ts';

let home: string;
let server: Server;
/** What was asked of the server, which stands where the metadata service and the credentials of a container would. */
let asked: string[];

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'hunter2' };

const give: RequestListener = (request, response) => {
  asked.push(request.url ?? '');
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = KEYS;
  const Expiration = new Date(Date.now() + 3_600_000).toISOString();
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ AccessKeyId, SecretAccessKey, Token: 'session', Expiration }));
};

const setEnvironment = (environment: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
};

const addressOf = (): string => {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
};

function writeHome(path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}

beforeEach(async () => {
  asked = [];
  server = createServer(give);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  home = mkdtempSync(join(tmpdir(), 'planwarden-aws-'));
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  setEnvironment({ HOME: home, USERPROFILE: home, AWS_EC2_METADATA_SERVICE_ENDPOINT: addressOf() });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(home, { recursive: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('an empty environment has none, and nobody is asked', async () => {
  expect(mayHaveAwsCredentials()).toBe(false);
  expect(await resolveAwsCredentials()).toBeNull();
  expect(asked).toEqual([]);
});

test.each([
  ['keys', { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }, true],
  ['half of the keys', { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: '' }, false],
  ['a profile', { AWS_PROFILE: 'dev' }, true],
  [
    'a web identity',
    { AWS_WEB_IDENTITY_TOKEN_FILE: '/token', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/ci' },
    true,
  ],
  ['a container', { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2' }, true],
  ['a region', { AWS_REGION: 'eu-west-1' }, false],
  ['files elsewhere that are not there', { AWS_CONFIG_FILE: '/nowhere/config' }, false],
])('%s in the environment', (_, environment, expected) => {
  setEnvironment(environment);
  expect(mayHaveAwsCredentials()).toBe(expected);
});

test.each([
  ['a configuration without credentials', { AWS_CONFIG_FILE: '' }],
  ['a profile that is not there', { AWS_PROFILE: 'production' }],
  [
    'a web identity whose token is not there',
    { AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/ci' },
  ],
])('%s gives none, and the metadata service is not asked', async (_, environment) => {
  writeHome('.aws/config', '[default]\nregion = eu-west-1\n');
  setEnvironment({ ...environment, AWS_CONFIG_FILE: join(home, '.aws/config') });
  expect(mayHaveAwsCredentials()).toBe(true);
  expect(await resolveAwsCredentials()).toBeNull();
  expect(asked).toEqual([]);
  expect(process.env).not.toHaveProperty('AWS_EC2_METADATA_DISABLED');
});

test('keys in the environment', async () => {
  setEnvironment({
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    AWS_SESSION_TOKEN: 's',
  });
  expect(await resolveAwsCredentials()).toMatchObject({ ...KEYS, sessionToken: 's' });
});

test('a profile beside keys, without a word', async () => {
  const warn = vi.spyOn(console, 'warn');
  writeHome('.aws/credentials', `[dev]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = hunter2\n`);
  setEnvironment({ AWS_PROFILE: 'dev', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
  expect(await resolveAwsCredentials()).toMatchObject({ accessKeyId: 'AKIDPROFILE' });
  expect(warn).not.toHaveBeenCalled();
});

test('a container', async () => {
  setEnvironment({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${addressOf()}/credentials` });
  expect(await resolveAwsCredentials()).toMatchObject({ ...KEYS, sessionToken: 'session' });
  expect(asked).toEqual(['/credentials']);
});
