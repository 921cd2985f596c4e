import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that say where credentials are; all of one line must be set (AWS SDKs and tools reference guide). */
const VARIABLES: readonly (readonly string[])[] = [
  ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  ['AWS_PROFILE'],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'],
  ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI'],
];

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

function sharedFiles(environment: Environment): string[] {
  const home = environment['HOME'] ?? environment['USERPROFILE'] ?? homedir();
  return [
    environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home, '.aws', 'credentials'),
    environment['AWS_CONFIG_FILE'] ?? join(home, '.aws', 'config'),
  ];
}

/**
 * False when there is nothing that AWS credentials could come from, but for the metadata service of an EC2 instance. It
 * costs no network and no SDK, so that a review without credentials loads neither.
 */
export const mayHaveAwsCredentials = (environment: Environment = process.env): boolean =>
  VARIABLES.some((names) => names.every((name) => isSet(environment[name]))) ||
  sharedFiles(environment).some((file) => existsSync(file));
