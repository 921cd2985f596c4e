import { groupBy } from '../../aws/group-by.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Gains, Region } from '../difference/difference.ts';
import type { Side } from '../difference/side.ts';
import { statementTest } from '../match/statement.ts';
import type { StatementTest } from '../match/statement.ts';
import { Symbols } from '../match/symbols.ts';
import { allowedOf, SAMPLE_ACCOUNT } from '../query.ts';
import { classesOf, remembered } from './classes.ts';
import type { ActionClass } from './classes.ts';
import { contextFor, keysIn } from './limits.ts';
import { placesIn, unnamedArns } from './unnamed.ts';

/** What narrows the question. */
export interface Scope {
  /** The own account, for the ARNs that are asked about. */
  readonly account?: string | undefined;
  /** Names of the only actions that are of interest. */
  readonly among?: ReadonlySet<string> | undefined;
  /** What it is compared with: both sides are asked about the same regions and accounts, or a narrower one could hold more. */
  readonly other?: Side | undefined;
}

/** What one statement says of some actions. */
export interface Answer {
  readonly about: ActionClass;
  readonly statement: Statement;
  /** Which of the resources that they need it allows. */
  readonly met: readonly boolean[];
  /** Why it may allow more than it is known to. */
  readonly doubt?: Unknown | undefined;
}

type Context = ReturnType<typeof contextFor>;

/** Asks about each statement by itself: what one has conditions on is nothing to another. */
export function asked(
  { layers: [reaching = [], ...limits], denies }: Side,
  { account = SAMPLE_ACCOUNT, among, other }: Scope,
): readonly Answer[] {
  const symbols = new Symbols();
  const compile = (statement: Statement): StatementTest => statementTest(statement, symbols);
  const others = [...limits.flat(), ...denies];
  const compiled = reaching.length === 0 ? [] : others.map(compile);
  const kindsOf = unnamedArns(account, placesIn([...reaching, ...others, ...statementsOf(other)]));
  return reaching.flatMap((statement) => {
    const classes = classesOf({ allow: compile(statement), others: compiled, symbols, kindsOf }, among);
    const policies = { layers: [[statement], ...limits], denies, unread: [] };
    const groups = groupBy(withContexts(classes, keysIn([statement, ...others])), ([context]) => context);
    return [...groups].flatMap(([context, group]) =>
      answersOf(
        group.map(([, one]) => one),
        policies,
        JSON.parse(context) as Context,
      ),
    );
  });
}

const statementsOf = (side: Side | undefined): readonly Statement[] =>
  side ? [...side.layers.flat(), ...side.denies] : [];

/** Actions that are to be asked about in the same context are asked about at once. */
const withContexts = (
  classes: readonly ActionClass[],
  keys: readonly string[],
): readonly (readonly [string, ActionClass])[] =>
  classes.map((one) => {
    const [action] = one.actions;
    return [JSON.stringify(action ? contextFor(one.capability, action, keys) : {}), one];
  });

function answersOf(classes: readonly ActionClass[], policies: Side, context: Context): readonly Answer[] {
  const { regions, doubts } = ask(classes, policies, context);
  const tests = regions.map(regionTest);
  const statement = policies.layers[0]?.[0] as Statement;
  const answers = classes.map((about): Answer => ({ about, statement, met: metBy(tests, about) }));
  if (doubts.length === 0) return answers;
  // What cannot be told of reading buckets is no doubt about passing roles.
  const open = groupBy(
    answers.filter(({ met }) => met.includes(false)).map(({ about }) => about),
    ({ capability }) => capability,
  );
  const reasons = new Map(
    [...open].map(([capability, group]) => [capability, ask(group, policies, context).doubts[0]]),
  );
  return answers.map((answer) => ({ ...answer, doubt: reasons.get(answer.about.capability) }));
}

const ask = (classes: readonly ActionClass[], policies: Side, context: Context): Gains =>
  allowedOf(policies, {
    actions: classes.map(({ asked: name }) => name),
    resources: [...new Set(classes.flatMap(({ needed }) => needed.flat()))],
    context,
  });

/** Whether a region holds a request for an action, on one of some resources. */
interface RegionTest {
  readonly hasAction: (name: string) => boolean;
  readonly hasOneOf: (arns: readonly string[]) => boolean;
}

function regionTest({ space, box, comparison }: Region): RegionTest {
  const holds = (side: bigint, at: number): boolean => at >= 0 && ((side >> BigInt(at)) & 1n) === 1n;
  return {
    hasAction: (name) => holds(box[0] ?? 0n, space.actions.find(name)),
    hasOneOf: remembered((arns) =>
      arns.some((arn) => holds(box[1] ?? 0n, space.resources.find(comparison.symbols.text(arn)))),
    ),
  };
}

function metBy(regions: readonly RegionTest[], { asked: name, needed }: ActionClass): readonly boolean[] {
  const near = regions.filter(({ hasAction }) => hasAction(name));
  return needed.map((arns) => near.some(({ hasOneOf }) => hasOneOf(arns)));
}
