import { and, not, some } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import type { Requester } from '../match/principal.ts';
import { conditionsHold, readsVariables, statementTest } from '../match/statement.ts';
import { hasVariables } from '../match/symbols.ts';
import type { Symbols } from '../match/symbols.ts';
import type { Asked } from '../evaluate/document.ts';
import { resolver, scopeMatches } from '../evaluate/document.ts';
import type { Comparison, Compile } from './difference.ts';
import type { KeyValue } from './key-values.ts';
import type { Box } from './search.ts';
import type { Side } from './side.ts';
import { atomsIn } from './space.ts';
import type { Atom, Space } from './space.ts';
import { combinations, instances, variableChoices } from './variable-values.ts';
import type { Choices, VariableValues } from './variable-values.ts';

/** A request of a region, in the alphabet of the comparison. Values that are not known stay symbols. */
export interface Proven {
  readonly action: string;
  readonly resource: string;
  readonly requester: Requester;
  readonly context: ReadonlyMap<string, readonly string[]>;
  readonly symbols: Symbols;
}

/** How many requests of a region are tried. One mostly does: it takes more where variables tie context and resource together. */
const TRIES = 200;

/** A comparison, and the statements that allow the requests of a region, each in its layer. */
export interface RegionComparison extends Comparison {
  readonly region: readonly Statement[];
}

/** A request of the box that the new side allows and the old side does not; undefined when none can be shown. */
export function provenRequest(space: Space, box: Box, comparison: RegionComparison): Proven | undefined {
  const [actions = 0n, resources = 0n, requesters = 0n, ...keys] = box;
  const [action] = atomsIn(space.actions, actions);
  const choices = {
    resource: [
      ...(space.isOpen ? instances(space.tests).filter((text) => holds(resources, space.resources.find(text))) : []),
      ...preferred(atomsIn(space.resources, resources)).map(({ value }) => value),
    ],
    requester: atomsIn(space.requesters, requesters),
    keys: space.keys.map(({ key, axis }, index) => [key, atomsIn(axis, keys[index] ?? 0n)] as const),
  };
  const isIdentity = choices.requester.every(({ value }) => value.kind === 'holder');
  const texts = {
    resources: choices.resource,
    values: new Map(choices.keys.map(([key, atoms]) => [key, atoms.flatMap(({ value }) => value ?? [])])),
  };
  const variables = space.isOpen ? variableChoices(space.tests, texts, comparison.symbols, isIdentity) : [];
  const cost = statementsOf(comparison.before) + statementsOf(comparison.after);
  comparison.budget.spend(space.isOpen ? space.tests.length * variables.length : 0);
  let tries = 0;
  for (const resource of choices.resource) {
    for (const requester of choices.requester) {
      for (const context of contexts(choices.keys)) {
        for (const values of combinations(within(variables, context))) {
          if (tries++ >= TRIES) return undefined;
          comparison.budget.spend(cost);
          const request = concrete(
            action?.value ?? '',
            resource,
            requester.value,
            { context, values },
            comparison.symbols,
          );
          if (request && isIn(request, comparison) && proves(request, comparison)) return request;
        }
      }
    }
  }
  return undefined;
}

const holds = (side: bigint, atom: number): boolean => atom >= 0 && ((side >> BigInt(atom)) & 1n) === 1n;

const statementsOf = ({ layers, denies }: Side): number =>
  layers.reduce((count, layer) => count + layer.length, denies.length);

/** Variables whose keys the context settles have no other value; several values are none. */
const within = (variables: Choices, context: Context): Choices =>
  variables.map(([key, values]) => {
    const settled = context.find(([name]) => name === key);
    if (!settled) return [key, values];
    return [key, [settled[1]?.length === 1 ? settled[1][0] : undefined]];
  });

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

interface Circumstances {
  readonly context: Context;
  readonly values: VariableValues;
}

/** Puts in what the policy variables stand for; undefined when one that occurs has no value. */
function concrete(
  action: string,
  resource: string,
  requester: Requester,
  { context, values }: Circumstances,
  symbols: Symbols,
): Proven | undefined {
  let isWhole = true;
  const put = (text: string): string =>
    text.replace(/[\uF000-\uF8FF]/g, (symbol) => {
      const variable = symbols.variableOf(symbol);
      const value = values.get(variable?.key ?? '') ?? variable?.fallback;
      if (value === undefined || hasVariables(value)) isWhole = false;
      return value ?? '';
    });
  const carried = new Map<string, readonly string[]>();
  for (const [key, value] of values) if (value !== undefined) carried.set(key, [value]);
  for (const [key, value] of context) if (value !== undefined) carried.set(key, value);
  const request: Proven = {
    action,
    resource: put(resource),
    requester,
    context: new Map([...carried].map(([key, list]) => [key, list.map(put)])),
    symbols,
  };
  return isWhole ? request : undefined;
}

/** The evaluator has the last word on every witness. */
export const proves = (request: Proven, { before, after, compile }: Comparison): boolean =>
  sideAllows(after, request, compile) === 'yes' && sideAllows(before, request, compile) === 'no';

/** Whether the statements of the region themselves speak about a request, and not only others beside them. */
const isIn = (request: Proven, { region, compile }: RegionComparison): boolean =>
  region.every((statement) => speaks(statement, request, compile) === 'yes');

/** Whether a side allows a request: every layer must, and no Deny may speak about it. */
export function sideAllows({ layers, denies }: Side, request: Proven, compile: Compile): Ternary {
  const any = (statements: readonly Statement[]): Ternary =>
    some(statements, (statement) => speaks(statement, request, compile));
  return and(...layers.map(any), not(any(denies)));
}

function speaks(statement: Statement, request: Proven, compile: Compile): Ternary {
  const asked: Asked = { ...request, context: (key) => request.context.get(key), hasBoundary: false };
  const test = readsVariables(statement)
    ? statementTest(statement, request.symbols, resolver(asked.context))
    : compile(statement);
  const scope = scopeMatches(test, asked);
  return scope === 'no' ? 'no' : and(scope, conditionsHold(test, asked.context));
}
