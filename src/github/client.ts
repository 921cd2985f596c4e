import type { Octokit } from '@octokit/rest';
import { statusOf } from './failure.ts';
import { soundAnswers, withTimeout } from './fetch.ts';

/** What the publishers ask of a client. */
export type Client = Octokit;

/** Longer waits than this belong to the primary limit, which can ask for an hour; a job must not sleep that long. */
const LONGEST_WAIT_SECONDS = 60;
const MOST_LIMIT_RETRIES = 2;

/** Repeats after a server error, with pauses that grow by squares of seconds. */
const MOST_RETRIES = 2;

/** Octokit sends no version of its own; without one GitHub may move the default under us. */
const API_VERSION = '2022-11-28';

const isWorthWaiting = (retryAfter: number, _options: object, _octokit: object, retries: number): boolean =>
  retryAfter <= LONGEST_WAIT_SECONDS && retries < MOST_LIMIT_RETRIES;

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
    request: { ...defaults.request, fetch: soundAnswers(withTimeout(defaults.request?.fetch ?? globalThis.fetch)) },
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

/** GitHub lists at most 3,000 files of a pull request and keeps at most 2,500 comments of one. */
const MOST_PAGES = 30;
const PAGE = 100;

interface Page<T> {
  readonly data: readonly T[];
  readonly headers: { readonly link?: string | undefined };
}

/**
 * All items of a list, page by page. A full page is followed by the next with or without a `Link` to it: a list that is
 * thought to end too early hides our own comment, and then there would be two. The number of pages is limited, since a
 * `Link` can lead in a circle. `whole` is false where the limit cut the list off.
 */
export async function listAll<T>(
  request: (page: { readonly page: number; readonly per_page: number }) => Promise<Page<T>>,
): Promise<{ readonly items: readonly T[]; readonly whole: boolean }> {
  const items: T[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data, headers } = await request({ page, per_page: PAGE });
    items.push(...data);
    const isLast = data.length < PAGE && !(headers.link ?? '').includes('rel="next"');
    if (isLast || data.length === 0) return { items, whole: true };
  }
  return { items, whole: false };
}
