import type { Statement } from '../../aws/policy-document/statement.ts';
import { Unknown } from '../../plan/value.ts';
import { statementTest } from '../match/statement.ts';
import type { StatementTest } from '../match/statement.ts';
import { Symbols, TooManySymbols } from '../match/symbols.ts';
import type { TextPattern } from '../match/text-pattern.ts';
import type { TextSet } from '../match/text-set.ts';
import { Budget, TooMuchWork } from './budget.ts';
import { cancelling, leftOver } from './cancel.ts';
import { reasonOf } from './reason.ts';
import { plainlyCovers } from './same.ts';
import { intersection, isEmpty, uncovered } from './search.ts';
import type { Box, Deciders } from './search.ts';
import type { Side } from './side.ts';
import { boxesOf, spaceOf } from './space.ts';
import type { Boxes, Space } from './space.ts';
import { provenRequest } from './witness.ts';
import type { Proven } from './witness.ts';

/** Requests that are allowed on one side only, all for the same reason. */
export interface Region {
  /** The statement that allows them. */
  readonly statement: Statement;
  readonly space: Space;
  readonly box: Box;
  readonly comparison: Comparison;
  /** One of the requests, for which the evaluator confirms both answers. */
  readonly witness: Proven;
}

/** What one side allows beyond the other. */
export interface Gains {
  readonly regions: readonly Region[];
  /** Why more may be allowed than the regions say. Empty means: nothing else is. */
  readonly doubts: readonly Unknown[];
}

/** Compiled statements of one comparison: all of it is told in one alphabet. */
export type Compile = (statement: Statement) => StatementTest;

/**
 * What `after` allows and `before` does not: exact but for the doubts, because the space of requests is cut into cells on
 * which both sides are constant. Every region has a request that proves it; when there are neither regions nor doubts, no
 * request is newly allowed. Statements that cannot be read take no region away: they are doubts beside them.
 * @param budget what it may cost; what is left then is a doubt
 */
export function gainsOf(before: Side, after: Side, budget = new Budget()): Gains {
  const symbols = new Symbols();
  const compiled = new Map<Statement, StatementTest>();
  const compile: Compile = (statement) => {
    const test = compiled.get(statement) ?? statementTest(statement, symbols);
    compiled.set(statement, test);
    return test;
  };
  const comparison = { before, after, compile, symbols, oldDenies: dropped(before.denies, after.denies), budget };
  const cancel = cancelling(before, after);
  const [allows = [], ...limits] = after.layers;
  const regions: Region[] = [];
  const doubts: Unknown[] = [...after.unread, ...(after.layers[0]?.length === 0 ? [] : before.unread)];
  for (const statement of allows) {
    const left = cancel(statement);
    if (!left) continue;
    for (const within of combinations(limits)) {
      try {
        const found = gainsOfStatement(left, within, comparison);
        regions.push(...found.regions.map((region) => ({ ...region, statement })));
        doubts.push(...found.doubts);
      } catch (error) {
        doubts.push(new Unknown(tooLarge(error)));
      }
    }
  }
  return { regions, doubts: [...new Set(doubts)] };
}

/** A question that is too large has no answer; any other failure is a mistake of ours. */
function tooLarge(error: unknown): string {
  if (error instanceof TooMuchWork || error instanceof TooManySymbols)
    return `the policies are too complex to compare: ${error.message}`;
  throw error;
}

/** One statement of every further layer: a request must be allowed by each of them. */
const combinations = (layers: readonly (readonly Statement[])[]): readonly (readonly Statement[])[] =>
  layers.reduce<readonly (readonly Statement[])[]>(
    (found, layer) => found.flatMap((chosen) => layer.map((statement) => [...chosen, statement])),
    [[]],
  );

export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  readonly compile: Compile;
  readonly symbols: Symbols;
  /** The Denies of the old side that are gone. */
  readonly oldDenies: readonly Statement[];
  /** What it may cost. */
  readonly budget: Budget;
}

const NOTHING: Gains = { regions: [], doubts: [] };

function gainsOfStatement(statement: Statement, within: readonly Statement[], comparison: Comparison): Gains {
  const { before, after, compile, budget } = comparison;
  const region = [compile(statement), ...within.map(compile)] as const;
  if (!region.every((one, at) => region.slice(0, at).every((other) => mayMeet(one, other)))) return NOTHING;
  budget.spend(after.denies.length + comparison.oldDenies.length + before.layers.flat().length);
  const near = (statements: readonly Statement[]): readonly StatementTest[] =>
    statements.map(compile).filter((test) => region.every((other) => mayMeet(other, test)));
  const newDenies = near(after.denies);
  const oldLayers = before.layers.map(near);
  const oldDenies = near(comparison.oldDenies);
  const space = spaceOf(region, [...newDenies, ...oldLayers.flat(), ...oldDenies], budget);
  const told = readingsOf(boxesOf(space, 'answers'), region.length, newDenies.length, oldLayers);
  const sure = isEmpty(told.region.surely)
    ? []
    : uncovered(told.region.surely, told.deciders('possibly', 'surely'), budget);
  const open = space.isOpen ? readingsOf(boxesOf(space, 'open'), region.length, newDenies.length, oldLayers) : told;
  const surely = open.deciders('surely', 'possibly');
  const possible =
    open.isOpen && !isEmpty(open.region.possibly)
      ? uncovered(open.region.possibly, { ...surely, newDenies: [...surely.newDenies, ...sure] }, budget)
      : [];
  // Without variables, what is only possible hangs on values that are not known: no request can prove it.
  const provable = space.isOpen ? [...sure, ...possible] : sure;
  const proven = provable.map((box) => ({
    box,
    witness: provenRequest(space, box, { ...comparison, region: [statement, ...within] }),
  }));
  const regions = proven.flatMap(({ box, witness }) =>
    witness ? [{ statement, space, box, witness, comparison }] : [],
  );
  const isDoubtful = regions.length < provable.length || (!space.isOpen && possible.length > 0);
  return { regions, doubts: isDoubtful ? [reasonOf(space.tests)] : [] };
}

/** What is gone of the Denies of the old side: what the new side denies as well is not gained, whatever it means. */
function dropped(before: readonly Statement[], after: readonly Statement[]): readonly Statement[] {
  const left = leftOver(after);
  return before
    .filter((deny) => !after.some((kept) => plainlyCovers(kept, deny)))
    .map(left)
    .filter((deny) => deny !== undefined);
}

interface Readings {
  readonly region: Boxes;
  deciders(wide: keyof Boxes, narrow: keyof Boxes): Deciders;
  /** True when some statement possibly speaks about more than it surely does. */
  readonly isOpen: boolean;
}

/** The boxes of the statements of a space, by what they do: region, Denies of the new side, layers and Denies of the old. */
function readingsOf(
  boxes: readonly Boxes[],
  regionSize: number,
  newDenies: number,
  oldLayers: readonly (readonly StatementTest[])[],
): Readings {
  const take = (count: number): readonly Boxes[] => rest.splice(0, count);
  const rest = [...boxes];
  const region = take(regionSize).reduce((a, b) => ({
    surely: intersection(a.surely, b.surely),
    possibly: intersection(a.possibly, b.possibly),
  }));
  const denies = take(newDenies);
  const layers = oldLayers.map((layer) => take(layer.length));
  const of = (group: readonly Boxes[], reading: keyof Boxes): readonly Box[] => group.map((each) => each[reading]);
  return {
    region,
    deciders: (wide, narrow) => ({
      newDenies: of(denies, wide),
      oldLayers: layers.map((layer) => of(layer, wide)),
      oldDenies: of(rest, narrow),
    }),
    isOpen: boxes.some(differ),
  };
}

const differ = ({ surely, possibly }: Boxes): boolean => surely.some((side, axis) => side !== possibly[axis]);

/** False when two statements plainly speak about different requests. */
const mayMeet = (a: StatementTest, b: StatementTest): boolean =>
  setsMayMeet(a.actions, b.actions) && setsMayMeet(a.resources, b.resources);

function setsMayMeet(a: TextSet, b: TextSet): boolean {
  if (a.kind === 'except' || b.kind === 'except' || a.isOpen || b.isOpen) return true;
  const [few, many] = a.patterns.length <= b.patterns.length ? [a, b] : [b, a];
  return few.patterns.some((pattern) => many.near(pattern).some((other) => patternsMayMeet(pattern, other)));
}

function patternsMayMeet(a: TextPattern, b: TextPattern): boolean {
  if (a.literal === a.head && b.literal === b.head) return a.literal === b.literal;
  const length = Math.min(a.head.length, b.head.length);
  return a.head.slice(0, length) === b.head.slice(0, length);
}
