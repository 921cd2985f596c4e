import type { Statement } from '../../aws/policy-document/statement.ts';
import { Unknown } from '../../plan/value.ts';
import { statementTest } from '../match/statement.ts';
import type { StatementTest } from '../match/statement.ts';
import { Symbols, TooManySymbols } from '../match/symbols.ts';
import type { TextPattern } from '../match/text-pattern.ts';
import type { TextSet } from '../match/text-set.ts';
import { TooManyStates } from './atoms.ts';
import { cancelling } from './cancel.ts';
import { reasonOf } from './reason.ts';
import { intersection, isEmpty, TooManySteps, uncovered } from './search.ts';
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
 * request is newly allowed.
 */
export function gainsOf(before: Side, after: Side): Gains {
  const symbols = new Symbols();
  const compiled = new Map<Statement, StatementTest>();
  const compile: Compile = (statement) => {
    const test = compiled.get(statement) ?? statementTest(statement, symbols);
    compiled.set(statement, test);
    return test;
  };
  const cancel = cancelling(before, after);
  const [allows = [], ...limits] = after.layers;
  const regions: Region[] = [];
  const doubts: Unknown[] = [...after.unread, ...(after.layers[0]?.length === 0 ? [] : before.unread)];
  for (const statement of allows) {
    const left = cancel(statement);
    if (!left) continue;
    for (const within of combinations(limits)) {
      try {
        const found = gainsOfStatement(left, within, { before, after, compile, symbols });
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
  if (error instanceof TooManyStates || error instanceof TooManySteps || error instanceof TooManySymbols)
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
}

function gainsOfStatement(statement: Statement, within: readonly Statement[], comparison: Comparison): Gains {
  const { before, after, compile } = comparison;
  const subject = compile(statement);
  const limits = within.map(compile);
  const near = (statements: readonly Statement[]): readonly StatementTest[] =>
    statements.map(compile).filter((test) => [subject, ...limits].every((other) => mayMeet(other, test)));
  const newDenies = near(after.denies);
  const oldLayers = before.layers.map(near);
  const oldDenies = near(before.denies);
  const tests = [subject, ...limits, ...newDenies, ...oldLayers.flat(), ...oldDenies] as const;
  const space = spaceOf(tests);
  const boxes = new Map(boxesOf(space, tests).map((box, index) => [tests[index], box]));
  const of = (test: StatementTest): Boxes => boxes.get(test) ?? { surely: [], possibly: [] };
  const region = (reading: keyof Boxes): Box =>
    limits.reduce<Box>((box, limit) => intersection(box, of(limit)[reading]), of(subject)[reading]);
  const deciders = (wide: keyof Boxes, narrow: keyof Boxes): Deciders => ({
    newDenies: newDenies.map((test) => of(test)[wide]),
    oldLayers: oldLayers.map((layer) => layer.map((test) => of(test)[wide])),
    oldDenies: oldDenies.map((test) => of(test)[narrow]),
  });
  const sure = isEmpty(region('surely')) ? [] : uncovered(region('surely'), deciders('possibly', 'surely'));
  const proven = sure.map((box) => ({ box, witness: provenRequest(space, box, comparison) }));
  const regions = proven.flatMap(({ box, witness }) =>
    witness ? [{ statement, space, box, witness, comparison }] : [],
  );
  const unproven = proven.some(({ witness }) => witness === undefined);
  const isOpen = tests.some((test) => differ(of(test)));
  const possible =
    isOpen && !isEmpty(region('possibly'))
      ? uncovered(region('possibly'), {
          ...deciders('surely', 'possibly'),
          newDenies: [...deciders('surely', 'possibly').newDenies, ...sure],
        })
      : [];
  return {
    regions,
    doubts: unproven || possible.length > 0 ? [reasonOf(tests, comparison)] : [],
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
  if (a.hasTokens || b.hasTokens) return true;
  if (a.literal !== undefined && b.literal !== undefined) return a.literal === b.literal;
  const length = Math.min(a.prefix.length, b.prefix.length);
  return a.prefix.slice(0, length) === b.prefix.slice(0, length);
}
