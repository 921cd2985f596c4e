import type { SimulatorChoice } from './config/config.ts';
import { mayHaveAwsCredentials } from './iam/aws-simulation/credential-sources.ts';
import type { AwsSimulator, FindAwsSimulator } from './iam/confirm.ts';

const NO_CREDENTIALS = 'there are no AWS credentials';

/**
 * How AWS's policy simulator is found: with `auto` only where credentials may be, with `aws` by all means. Neither the SDK
 * nor the network is touched before there is something to ask.
 * @returns null when nothing is to be simulated
 */
export function simulatorFor(choice: SimulatorChoice): FindAwsSimulator | null {
  if (choice === 'off') return null;
  if (choice === 'local') return () => Promise.resolve('AWS is not asked with `simulator: local`');
  let found: Promise<AwsSimulator> | undefined;
  return () => (found ??= connect(choice));
}

async function connect(choice: SimulatorChoice): Promise<AwsSimulator> {
  if (choice === 'auto' && !mayHaveAwsCredentials()) return NO_CREDENTIALS;
  const { createAwsSimulator, resolveAwsCredentials } = await import('./iam/aws-simulator.ts');
  const credentials = await resolveAwsCredentials();
  if (credentials === null) return choice === 'aws' ? silent(NO_CREDENTIALS) : NO_CREDENTIALS;
  const { conditionKeyType } = await import('./iam/data/catalogue.ts');
  const { mask } = await import('./secrets/mask.ts');
  return createAwsSimulator({ mask, credentials, typeOf: conditionKeyType });
}

/** Whoever asks for AWS by name is told in a line of its own that it did not answer. */
const silent = (reason: string): AwsSimulator => ({
  name: 'AWS',
  simulate: () => Promise.resolve({ before: { kind: 'unanswered', reason }, after: { kind: 'unanswered', reason } }),
});
