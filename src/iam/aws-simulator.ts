import {
  IAMClient,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
  type ContextEntry,
  type IAMClientConfig,
  type PolicyIdentifier,
} from '@aws-sdk/client-iam';
import { setTimeout as delay } from 'node:timers/promises';
import { createAsk, type Send } from './aws-simulation/ask.ts';
import { typeOfGlobalKey, type TypeOfKey } from './aws-simulation/context.ts';
import { mayHaveAwsCredentials } from './aws-simulation/credential-sources.ts';
import { prepareDocument, type Mask, type PreparedDocument } from './aws-simulation/document.ts';
import { NO_CREDENTIALS } from './aws-simulation/failure.ts';
import { createGate } from './aws-simulation/gate.ts';
import type { Exclusion, Query } from './aws-simulation/query.ts';
import { createRetryStrategy, MOST_ATTEMPTS, type Sleep } from './aws-simulation/retry.ts';
import { createRun } from './aws-simulation/run.ts';
import { createSimulator } from './aws-simulation/simulate.ts';
import type { PolicySimulator } from './simulator.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export interface AwsSimulatorOptions {
  /** Takes what may be a secret out of every string before it leaves this machine. */
  readonly mask: Mask;
  /** Types of condition keys in AWS's own words; those of the global keys are known without it. */
  readonly typeOf?: TypeOfKey;
  /** Default: the SDK's own chain, with the metadata service of EC2 at its end. */
  readonly credentials?: AwsCredentials;
  /** It only chooses the partition, because IAM has one endpoint in each. Default: what AWS is configured with here. */
  readonly region?: string;
  readonly endpoint?: string;
  /** Calls in all that are made of IAM; a page of an answer is a call. */
  readonly maxCalls?: number;
  /** Calls at a time. */
  readonly concurrency?: number;
  /** Time from the first call after which nothing more is asked. */
  readonly deadlineMs?: number;
  readonly sleep?: Sleep;
}

const DEFAULT_REGION = 'us-east-1';

/** A silent IAM must not use up the whole deadline with one call. */
const TIMEOUTS = { connectionTimeout: 5000, requestTimeout: 15_000, throwOnRequestTimeout: true };

/** Signing in somewhere may be part of finding credentials. */
const LONGEST_CREDENTIALS_MS = 5000;

const ignore = (): void => {};

/** The SDK warns on the console where it has no logger; what matters is said in the answers. */
const QUIET = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

function createClient(config: IAMClientConfig): IAMClient {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  return new IAMClient({ logger: QUIET, requestHandler: TIMEOUTS, customUserAgent: 'planwarden', ...config });
}

/** The region of the environment or of the shared configuration, as the SDK reads it; Terraform knows AWS_DEFAULT_REGION too. */
async function configuredRegion(): Promise<string> {
  const set = process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'];
  if (set) return set;
  try {
    return await createClient({}).config.region();
  } catch {
    return DEFAULT_REGION;
  }
}

function toIdentifier(excluded: Exclusion): PolicyIdentifier {
  switch (excluded.kind) {
    case 'attached':
      return { PolicyArn: excluded.arn };
    case 'boundary':
      return { PolicyType: 'permission-boundary' };
    case 'inline': {
      const { name, holder, holderName } = excluded;
      return { InlinePolicyIdentifier: { PolicyName: name, AttachmentType: holder, AttachmentName: holderName } };
    }
  }
}

const toContextEntry = ({ key, values, type }: Query['context'][number]): ContextEntry => ({
  ContextKeyName: key,
  ContextKeyValues: [...values],
  ContextKeyType: type,
});

/** What both operations take. Empty lists are left out, because the query protocol has no form for them. */
function toInput({ policies, boundary, resource, context }: Query, actions: readonly string[], marker?: string) {
  return {
    ActionNames: [...actions],
    ResourceArns: [resource],
    ...(policies.length > 0 && { PolicyInputList: policies.map(({ text }) => text) }),
    ...(boundary !== null && { PermissionsBoundaryPolicyInputList: [boundary.text] }),
    ...(context.length > 0 && { ContextEntries: context.map(toContextEntry) }),
    ...(marker !== undefined && { Marker: marker }),
  };
}

/** Finds the credentials, which the client remembers, so that what goes wrong with them is no error of IAM. */
async function requireCredentials({ config }: IAMClient): Promise<void> {
  try {
    await config.credentials();
  } catch (cause) {
    throw Object.assign(new Error('no credentials', { cause }), { name: NO_CREDENTIALS });
  }
}

const sendWith =
  (client: IAMClient): Send =>
  async (query, actions, marker, abortSignal) => {
    await requireCredentials(client);
    const input = toInput(query, actions, marker);
    const { principal, excluded } = query;
    if (principal === null)
      return client.send(new SimulateCustomPolicyCommand({ PolicyInputList: [], ...input }), { abortSignal });
    const exclusions = excluded.length > 0 && { PolicyExclusionList: excluded.map(toIdentifier) };
    const command = new SimulatePrincipalPolicyCommand({ ...input, PolicySourceArn: principal, ...exclusions });
    return client.send(command, { abortSignal });
  };

const sleepFor: Sleep = (milliseconds, signal) => delay(milliseconds, undefined, { signal });

/** Remembers what it was asked for: the same policies stand in many cases. */
function remembering(prepare: (json: string) => PreparedDocument): (json: string) => PreparedDocument {
  const known = new Map<string, PreparedDocument>();
  return (json) => {
    const document = known.get(json) ?? prepare(json);
    known.set(json, document);
    return document;
  };
}

/**
 * AWS's own policy simulator, for one review. Only files that load this one with `import()` should use it: the SDK is
 * large. `calls()` says how many calls were made of IAM.
 */
export function createAwsSimulator(options: AwsSimulatorOptions): PolicySimulator & { calls(): number } {
  const { mask, typeOf, maxCalls = 200, concurrency = 3, deadlineMs = 60_000 } = options;
  const { credentials, endpoint, region, sleep = sleepFor } = options;
  let configured: Promise<string> | undefined;
  const run = createRun({ maxCalls, deadlineMs });
  const client = createClient({
    region: region ?? (() => (configured ??= configuredRegion())),
    maxAttempts: MOST_ATTEMPTS.throttled,
    retryStrategy: createRetryStrategy(run.signal, sleep),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
  });
  const preparation = {
    prepare: remembering((json) => prepareDocument(json, mask)),
    mask,
    typeOf: (key: string) => typeOf?.(key) ?? typeOfGlobalKey(key),
  };
  const simulator = createSimulator(createAsk(sendWith(client), run, createGate(concurrency)), preparation);
  return { ...simulator, calls: () => run.calls() };
}

/** The SDK's chain ends at the metadata service of EC2, which takes seconds to be silent everywhere else. */
async function withoutMetadataService<T>(act: () => Promise<T>): Promise<T> {
  const name = 'AWS_EC2_METADATA_DISABLED';
  const before = process.env[name];
  process.env[name] = 'true';
  try {
    return await act();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

/**
 * The credentials that the environment, the shared configuration, a web identity or a container gives, for `simulator:
 * auto`: null where there are none, quickly and without a word. The metadata service of EC2 is not asked.
 */
export async function resolveAwsCredentials(): Promise<AwsCredentials | null> {
  if (!mayHaveAwsCredentials()) return null;
  const { config } = createClient({ region: configuredRegion });
  try {
    const late = delay(LONGEST_CREDENTIALS_MS, null, { ref: false });
    return await Promise.race([withoutMetadataService(() => config.credentials()), late]);
  } catch {
    return null;
  }
}
