import type { Octokit } from '@octokit/rest';
import { statusOf } from './failure.ts';

/** What the publishers ask of a client. */
export type Client = Octokit;

/** Longer waits than this belong to the primary limit, which can ask for an hour; a job must not sleep that long. */
const LONGEST_WAIT_SECONDS = 60;
const MOST_LIMIT_RETRIES = 2;

/** Repeats after a server error, with pauses that grow by squares of seconds. */
const MOST_RETRIES = 2;
const REQUEST_TIMEOUT_MS = 30_000;

/** Octokit sends no version of its own; without one GitHub may move the default under us. */
const API_VERSION = '2022-11-28';

const isWorthWaiting = (retryAfter: number, _options: object, _octokit: object, retries: number): boolean =>
  retryAfter <= LONGEST_WAIT_SECONDS && retries < MOST_LIMIT_RETRIES;

/** A silent GitHub must not hold the job until the runner kills it. */
const withTimeout =
  (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  (url, options) =>
    fetch(url, { ...options, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });

const ignore = (): void => {};

/**
 * A GitHub client for the API at `baseUrl`, through the runner's proxy when there is one. It waits for rate limits and
 * repeats requests after server errors, but for those that say `request: CREATES`. Everything behind it loads only now,
 * since a review without publishing needs none of it.
 */
export async function createClient(token: string, baseUrl: string): Promise<Client> {
  const [{ Octokit: Plain }, { throttling }, { retry }, { defaults }] = await Promise.all([
    import('@octokit/rest'),
    import('@octokit/plugin-throttling'),
    import('@octokit/plugin-retry'),
    import('@actions/github/lib/utils'),
  ]);
  const octokit = new (Plain.plugin(throttling, retry))({
    baseUrl,
    auth: token,
    userAgent: 'planwarden',
    request: { ...defaults.request, fetch: withTimeout(defaults.request?.fetch ?? globalThis.fetch) },
    retry: { retries: MOST_RETRIES },
    throttle: { onRateLimit: isWorthWaiting, onSecondaryRateLimit: isWorthWaiting },
    // The plugins would print request details; what matters is said by the publishers.
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  });
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = API_VERSION;
  });
  return octokit;
}

/** The retry plugin repeats a POST after a server error too, although it may have gone through: a double comment. */
export const CREATES = { retries: 0 } as const;

/**
 * Makes a request that must take effect at most once. After a server error it looks whether the request went through
 * (`find`) before it is made again; other errors pass on.
 */
export async function once<T>(request: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (statusOf(error) < 500) throw error;
    return (await find()) ?? (await request());
  }
}
