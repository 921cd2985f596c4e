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
import { mayReachUnnamed, placesIn, unnamedIn, withoutNamed } from './unnamed.ts';

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

/** What one statement says of some actions. */
interface Answer {
  readonly about: ActionClass;
  readonly statement: Statement;
  /** Which of the resources that they need it allows. */
  readonly met: readonly boolean[];
  /** Why it may allow more than it is known to. */
  readonly doubt?: Unknown | undefined;
}

type Context = ReturnType<typeof contextFor>;

/** Asks about each statement by itself: what one has conditions on is nothing to another. */
function asked({ layers: [reaching = [], ...limits], denies }: Side, scope: Scope): readonly Answer[] {
  const symbols = new Symbols();
  const compile = (statement: Statement): StatementTest => statementTest(statement, symbols);
  const others = [...limits.flat(), ...denies];
  const compiled = reaching.length === 0 ? [] : others.map(compile);
  const places = placesIn([...reaching, ...others, ...statementsOf(scope.other)]);
  return reaching.flatMap((statement) => {
    const classes = classesOf({ allow: compile(statement), others: compiled, symbols, places }, scope);
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

/** Actions by the statement that allows them, alone or with others that allow the rest of what they need. */
function grantsOf(answers: readonly Answer[], originalOf: (statement: Statement) => Statement): readonly Grant[] {
  const together = metTogether(answers);
  const allowed = answers.flatMap(({ about, statement, met }) => {
    if (!met.includes(true)) return [];
    const actions = met.includes(false)
      ? about.actions.filter(({ name }) => together.get(name)?.includes(false) === false)
      : about.actions;
    return actions.length === 0 ? [] : [{ statement, actions, arns: about.arns }];
  });
  return [...groupBy(allowed, ({ statement }) => statement)].map(([statement, group]) => ({
    statement: originalOf(statement),
    actions: group.flatMap(({ actions }) => actions),
    resources: unnamedIn(
      statement,
      group.flatMap(({ arns }) => [...arns]),
    ),
  }));
}

/** What each action needs of that some statement allows, as far as no statement allows all of it. */
function metTogether(answers: readonly Answer[]): ReadonlyMap<string, readonly boolean[]> {
  const found = new Map<string, readonly boolean[]>();
  for (const { about, met } of answers) {
    if (!met.includes(false)) continue;
    for (const { name } of about.actions) {
      const known = found.get(name);
      found.set(
        name,
        met.map((one, index) => one || known?.[index] === true),
      );
    }
  }
  return found;
}
