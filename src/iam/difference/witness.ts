import { and, not, or } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import type { Requester } from '../match/principal.ts';
import { conditionsHold, readsVariables, statementTest } from '../match/statement.ts';
import { isVariable } from '../match/symbols.ts';
import type { Symbols } from '../match/symbols.ts';
import type { Asked } from '../evaluate/document.ts';
import { resolver, scopeMatches } from '../evaluate/document.ts';
import type { Comparison, Compile } from './difference.ts';
import type { KeyValue } from './key-values.ts';
import type { Box } from './search.ts';
import type { Side } from './side.ts';
import { atomsIn } from './space.ts';
import type { Atom, Space } from './space.ts';

/** A request of a region, in the alphabet of the comparison. Values that are not known stay symbols. */
export interface Proven {
  readonly action: string;
  readonly resource: string;
  readonly requester: Requester;
  readonly context: ReadonlyMap<string, readonly string[]>;
  readonly symbols: Symbols;
}

/** How many requests of a region are tried. One mostly does: it takes more where variables tie context and resource together. */
const TRIES = 60;

/** A request of the box that the new side allows and the old side does not; undefined when none can be shown. */
export function provenRequest(space: Space, box: Box, comparison: Comparison): Proven | undefined {
  const [actions = 0n, resources = 0n, requesters = 0n, ...keys] = box;
  const choices = {
    action: atomsIn(space.actions, actions),
    resource: preferred(atomsIn(space.resources, resources)),
    requester: atomsIn(space.requesters, requesters),
    keys: space.keys.map(({ key, axis }, index) => [key, atomsIn(axis, keys[index] ?? 0n)] as const),
  };
  let tries = 0;
  for (const resource of choices.resource) {
    for (const requester of choices.requester) {
      for (const context of contexts(choices.keys)) {
        for (const action of choices.action.slice(0, 1)) {
          if (tries++ >= TRIES) return undefined;
          const request = concrete(action.value, resource.value, requester.value, context, comparison.symbols);
          if (request && proves(request, comparison)) return request;
        }
      }
    }
  }
  return undefined;
}

/** A request for something is told better by what it is for than by `*`. */
const preferred = (atoms: readonly Atom<string>[]): readonly Atom<string>[] =>
  atoms.toSorted((a, b) => Number(a.value === '*') - Number(b.value === '*'));

type Context = readonly (readonly [string, KeyValue])[];

/** Contexts of a box, that with the fewest keys first, then such as differ from it in one key. */
function* contexts(keys: readonly (readonly [string, readonly Atom<KeyValue>[]])[]): Generator<Context> {
  const first = keys.map(([key, atoms]) => [key, atoms[0]?.value] as const);
  yield first;
  for (const [index, [key, atoms]] of keys.entries())
    for (const { value } of atoms.slice(1)) yield first.with(index, [key, value]);
}

const FRESH = 'example';

/** Gives every policy variable the value that the context has for it, or one that no document names. */
function concrete(
  action: string,
  resource: string,
  requester: Requester,
  context: Context,
  symbols: Symbols,
): Proven | undefined {
  const values = new Map<string, readonly string[]>();
  for (const [key, value] of context) if (value !== undefined) values.set(key, value);
  const worth = new Map<string, string>();
  const texts = [resource, ...[...values.values()].flat()];
  for (const symbol of new Set(texts.flatMap((text) => text.split('').filter(isVariable)))) {
    const variable = symbols.variableOf(symbol);
    if (!variable) return undefined;
    const known = values.get(variable.key);
    if (known && (known.length !== 1 || isVariable(known[0] ?? ''))) return undefined;
    const value = known?.[0] ?? FRESH;
    worth.set(symbol, value);
    values.set(variable.key, [value]);
  }
  const put = (text: string): string =>
    worth.size === 0
      ? text
      : text
          .split('')
          .map((unit) => worth.get(unit) ?? unit)
          .join('');
  return {
    action,
    resource: put(resource),
    requester,
    context: new Map([...values].map(([key, list]) => [key, list.map(put)])),
    symbols,
  };
}

/** The evaluator has the last word on every witness. */
export const proves = (request: Proven, { before, after, compile }: Comparison): boolean =>
  sideAllows(after, request, compile) === 'yes' && sideAllows(before, request, compile) === 'no';

/** Whether a side allows a request: every layer must, and no Deny may speak about it. */
export function sideAllows({ layers, denies }: Side, request: Proven, compile: Compile): Ternary {
  const asked: Asked = { ...request, context: (key) => request.context.get(key), hasBoundary: false };
  const speaks = (statement: Statement): Ternary => {
    const test = readsVariables(statement)
      ? statementTest(statement, request.symbols, resolver(asked.context))
      : compile(statement);
    const scope = scopeMatches(test, asked);
    return scope === 'no' ? 'no' : and(scope, conditionsHold(test, asked.context));
  };
  const any = (statements: readonly Statement[]): Ternary => or(...statements.map(speaks));
  return and(...layers.map(any), not(any(denies)));
}
