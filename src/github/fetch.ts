type Fetch = typeof globalThis.fetch;

const REQUEST_TIMEOUT_MS = 30_000;

/** A silent GitHub must not hold the job until the runner kills it. */
export const withTimeout =
  (fetch: Fetch): Fetch =>
  (url, options) =>
    fetch(url, { ...options, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });

const BAD_GATEWAY = 502;

const isJson = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
};

/** The standard turns a POST that is answered with 301 or 302 into a GET, which then seems to have worked. */
const wasTurnedIntoGet = (method: string | undefined, { redirected, status }: Response): boolean =>
  method === 'POST' && redirected && status === 200;

/**
 * Every answer that GitHub gives to what is asked here is a JSON object or list, or 204. Anything else (an error page
 * with status 200, half an answer, nothing) comes from something on the way, and read as GitHub's it would be an empty
 * list of comments. So it is made what it is, a bad gateway, which the client repeats and explains.
 */
export const soundAnswers =
  (fetch: Fetch): Fetch =>
  async (url, options) => {
    const response = await fetch(url, options);
    if (!response.ok || response.status === 204) return response;
    const text = await response.text();
    const isSound = isJson(text) && !wasTurnedIntoGet(options?.method, response);
    const headers = new Headers(response.headers);
    headers.set('content-type', 'application/json');
    return new Response(isSound ? text : '{}', { status: isSound ? response.status : BAD_GATEWAY, headers });
  };
