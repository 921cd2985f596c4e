import { groupBy } from '../../aws/group-by.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import type { CatalogueAction } from '../data/catalogue.ts';
import type { Gains, Region } from '../difference/difference.ts';
import type { Side } from '../difference/side.ts';
import { statementTest } from '../match/statement.ts';
import type { StatementTest } from '../match/statement.ts';
import { Symbols } from '../match/symbols.ts';
import { allowedOf } from '../query.ts';
import { CAPABILITIES } from './capability.ts';
import type { Capability } from './capability.ts';
import { classesOf, remembered } from './classes.ts';
import type { ActionClass, Scope } from './classes.ts';
import { contextFor, keysIn } from './limits.ts';
import { mayReachUnnamed, unnamedIn, withoutNamed } from './unnamed.ts';

export type { Scope };

/** A statement and the actions that it allows on resources that nobody named. */
export interface Grant {
  readonly statement: Statement;
  readonly actions: readonly CatalogueAction[];
  /** The resources of the statement that name none, as it has them. */
  readonly resources: readonly string[];
}

/** How far somebody holds a capability. */
export interface Holding {
  /** Empty when it is not held, as far as that is known. */
  readonly grants: readonly Grant[];
  /** Why it may be held though no grant says so. */
  readonly doubt: Unknown | undefined;
}

export type Holdings = Readonly<Record<Capability, Holding>>;

/**
 * What a side allows on resources that nobody named, by capability. Most policies name their resources, which is plain to
 * see; what the others allow is asked for, all actions at once, so that conditions, Denies and the boundary count as they
 * do in every comparison.
 */
export function holdingsOf(side: Side, scope: Scope = {}): Holdings {
  const [own = [], ...limits] = side.layers;
  const narrowed = new Map(own.map((statement) => [withoutNamed(statement), statement]));
  const reaching = [...narrowed.keys()].filter(mayReachUnnamed);
  const policies: Side = {
    layers: [reaching, ...limits.map((layer) => layer.map(withoutNamed))],
    denies: side.denies.map(withoutNamed),
    unread: [],
  };
  const answers = asked(policies, scope);
  const open = side.unread[0] ?? unknownAction(reaching);
  const holding = (capability: Capability): Holding => {
    const about = answers.filter((answer) => answer.about.capability === capability);
    const grants = grantsOf(about, (statement) => narrowed.get(statement) ?? statement);
    if (grants.length > 0) return { grants, doubt: undefined };
    return { grants, doubt: open ?? about.find(({ doubt }) => doubt)?.doubt };
  };
  return Object.fromEntries(CAPABILITIES.map((capability) => [capability, holding(capability)])) as unknown as Holdings;
}

/** An Allow of actions that are known only after apply. */
const unknownAction = (statements: readonly Statement[]): Unknown | undefined =>
  statements.flatMap(({ actions }) => actions.patterns).find(isUnknown);

/** What is known of some actions: who allows them, or why that cannot be told. */
interface Answer {
  readonly about: ActionClass;
  readonly statements: ReadonlySet<Statement>;
  readonly doubt?: Unknown | undefined;
}

type Context = ReturnType<typeof contextFor>;

/** Asks about all actions at once that are to be asked about in the same context. */
function asked(policies: Side, scope: Scope): readonly Answer[] {
  const [reaching = [], ...limits] = policies.layers;
  if (reaching.length === 0) return [];
  const symbols = new Symbols();
  const compile = (statement: Statement): StatementTest => statementTest(statement, symbols);
  const others = [...limits.flat(), ...policies.denies];
  const classes = classesOf({ allows: reaching.map(compile), others: others.map(compile), symbols }, scope);
  const keys = keysIn([...reaching, ...others]);
  const contexts = new Map(
    classes.map((one) => [one, one.actions[0] ? contextFor(one.capability, one.actions[0], keys) : {}]),
  );
  const groups = groupBy(classes, (one) => JSON.stringify(contexts.get(one)));
  return [...groups.values()].flatMap((group) => answersOf(group, policies, contexts.get(group[0] as ActionClass)));
}

function answersOf(classes: readonly ActionClass[], policies: Side, context: Context | undefined): readonly Answer[] {
  const { regions, doubts } = ask(classes, policies, context);
  const tests = regions.map(regionTest);
  const answers = classes.map((about): Answer => ({ about, statements: allowing(about, tests) }));
  if (doubts.length === 0) return answers;
  // What cannot be told of reading buckets is no doubt about passing roles.
  const open = groupBy(
    answers.filter(({ statements }) => statements.size === 0).map(({ about }) => about),
    ({ capability }) => capability,
  );
  const reasons = new Map(
    [...open].map(([capability, group]) => [capability, ask(group, policies, context).doubts[0]]),
  );
  return answers.map((answer) => ({ ...answer, doubt: reasons.get(answer.about.capability) }));
}

const ask = (classes: readonly ActionClass[], policies: Side, context: Context = {}): Gains =>
  allowedOf(policies, {
    actions: classes.map(({ asked: name }) => name),
    resources: [...new Set(classes.flatMap(({ needed }) => needed.flat()))],
    context,
  });

/** Whether a region holds a request for an action, on one of some resources. */
interface RegionTest {
  readonly statement: Statement;
  readonly hasAction: (name: string) => boolean;
  readonly hasOneOf: (arns: readonly string[]) => boolean;
}

function regionTest({ statement, space, box, comparison }: Region): RegionTest {
  const holds = (side: bigint, at: number): boolean => at >= 0 && ((side >> BigInt(at)) & 1n) === 1n;
  return {
    statement,
    hasAction: (name) => holds(box[0] ?? 0n, space.actions.find(name)),
    hasOneOf: remembered((arns) =>
      arns.some((arn) => holds(box[1] ?? 0n, space.resources.find(comparison.symbols.text(arn)))),
    ),
  };
}

const NOBODY: ReadonlySet<Statement> = new Set();

/** The statements that allow actions on all resources that they need. */
function allowing({ asked: name, needed }: ActionClass, regions: readonly RegionTest[]): ReadonlySet<Statement> {
  const near = regions.filter(({ hasAction }) => hasAction(name));
  const found = needed.map((arns) => near.filter(({ hasOneOf }) => hasOneOf(arns)));
  return found.some((some) => some.length === 0) ? NOBODY : new Set(found.flat().map(({ statement }) => statement));
}

/** Actions by the statement that allows them. */
function grantsOf(answers: readonly Answer[], originalOf: (statement: Statement) => Statement): readonly Grant[] {
  const pairs = answers.flatMap(({ about, statements }) =>
    [...statements].map((statement) => [statement, about] as const),
  );
  return [...groupBy(pairs, ([statement]) => statement)].map(([statement, group]) => ({
    statement: originalOf(statement),
    actions: group.flatMap(([, { actions }]) => actions),
    resources: unnamedIn(
      statement,
      group.flatMap(([, { arns }]) => [...arns]),
    ),
  }));
}
