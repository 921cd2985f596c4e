import { explain, type Failure } from './failure.ts';
import type { Gate } from './gate.ts';
import { keyOf, operationOf, type Query } from './query.ts';
import type { EvaluationResult, Page } from './result.ts';
import type { Run } from './run.ts';

/** Makes one call; `marker` asks for the next page of the same. */
export type Send = (
  query: Query,
  actions: readonly string[],
  marker: string | undefined,
  signal: AbortSignal,
) => Promise<Page>;

/** What came of a call, for each of its actions the same. */
export type Reply = { readonly kind: 'results'; readonly results: readonly EvaluationResult[] } | Failure;

/** Asks for one action. */
export type Ask = (query: Query, action: string) => Promise<Reply>;

/** No limit is published; as many as go through in practice (iam reference 1.4). */
const MOST_ACTIONS = 50;

const isRejected = ({ kind }: Reply): boolean => kind === 'rejected';

/** The principals that IAM told us not to ask for. A missing permission is for all of them. */
interface Refusals {
  all: Failure | null;
  readonly ofPrincipal: Map<string, Failure>;
}

/** Resolves when what was asked in this turn of the event loop has been collected. */
const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Halves of a list of two or more. */
function halves<T>(items: readonly T[]): [T[], T[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

interface Batch {
  readonly actions: string[];
  readonly replies: Promise<ReadonlyMap<string, Reply>>;
}

/**
 * Asks IAM, and the same only once. Actions that share everything else and are asked for in one turn of the event loop go
 * in one call. A call that is rejected is tried again in halves, so that one action that IAM does not know takes no other
 * with it; when both halves are rejected, what they share is at fault.
 */
export function createAsk(send: Send, run: Run, gate: Gate): Ask {
  const open = new Map<string, Batch>();
  const asked = new Map<string, Promise<Reply>>();
  const refusals: Refusals = { all: null, ofPrincipal: new Map() };

  const refusalOf = ({ principal }: Query): Failure | null =>
    principal === null ? null : (refusals.all ?? refusals.ofPrincipal.get(principal) ?? null);

  function remember(failure: Failure, { principal }: Query): Failure {
    if (failure.kind === 'over') run.end(failure.reason);
    if (failure.kind === 'no-permission') refusals.all ??= failure;
    if (failure.kind === 'no-principal' && principal !== null) refusals.ofPrincipal.set(principal, failure);
    return failure;
  }

  async function callAllPages(query: Query, actions: readonly string[]): Promise<Reply> {
    const results: EvaluationResult[] = [];
    let marker: string | undefined;
    do {
      const obstacle = run.claim();
      if (obstacle !== null) return { kind: 'over', reason: obstacle };
      const page = await send(query, actions, marker, run.signal);
      results.push(...(page.EvaluationResults ?? []));
      marker = page.IsTruncated ? page.Marker : undefined;
    } while (marker !== undefined);
    return { kind: 'results', results };
  }

  const call = (query: Query, actions: readonly string[]): Promise<Reply> =>
    gate(async () => {
      const refusal = refusalOf(query);
      if (refusal !== null) return refusal;
      try {
        return await Promise.race([callAllPages(query, actions), run.ended]);
      } catch (error) {
        const reason = run.over();
        return reason === null ? remember(explain(error, operationOf(query)), query) : { kind: 'over', reason };
      }
    });

  async function settle(query: Query, actions: readonly string[], reply: Reply): Promise<ReadonlyMap<string, Reply>> {
    const same = new Map(actions.map((action) => [action, reply]));
    if (!isRejected(reply) || actions.length === 1) return same;
    const [left, right] = halves(actions);
    const [ofLeft, ofRight] = await Promise.all([call(query, left), call(query, right)]);
    if (isRejected(ofLeft) && isRejected(ofRight)) return same;
    const settled = await Promise.all([settle(query, left, ofLeft), settle(query, right, ofRight)]);
    return new Map(settled.flatMap((replies) => [...replies]));
  }

  function openBatch(query: Query, key: string): Batch {
    const actions: string[] = [];
    const replies = endOfTurn().then(async () => {
      if (open.get(key)?.actions === actions) open.delete(key);
      return settle(query, actions, await call(query, actions));
    });
    const batch = { actions, replies };
    open.set(key, batch);
    return batch;
  }

  async function join(query: Query, key: string, action: string): Promise<Reply> {
    const current = open.get(key);
    const batch = current !== undefined && current.actions.length < MOST_ACTIONS ? current : openBatch(query, key);
    batch.actions.push(action);
    return (await batch.replies).get(action) ?? { kind: 'rejected', reason: 'the action was not asked for' };
  }

  return (query, action) => {
    const key = keyOf(query);
    const name = `${action.toLowerCase()} ${key}`;
    const reply = asked.get(name) ?? join(query, key, action);
    asked.set(name, reply);
    return reply;
  };
}
