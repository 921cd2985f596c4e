import { groupBy } from '../../aws/group-by.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import type { CatalogueAction } from '../data/catalogue.ts';
import type { Gains, Region } from '../difference/difference.ts';
import type { Side } from '../difference/side.ts';
import { statementTest } from '../match/statement.ts';
import { Symbols } from '../match/symbols.ts';
import { allowedOf, SAMPLE_ACCOUNT } from '../query.ts';
import { notableIn } from './candidates.ts';
import type { Notable } from './candidates.ts';
import { CAPABILITIES } from './capability.ts';
import type { Capability } from './capability.ts';
import { contextFor, keysIn } from './limits.ts';
import { kindsTogether, mayReachUnnamed, placesIn, unnamedArns, withoutNamed } from './unnamed.ts';

/** A statement and the actions that it allows on resources that nobody named. */
export interface Grant {
  readonly statement: Statement;
  readonly actions: readonly CatalogueAction[];
}

/** How far somebody holds a capability. */
export interface Holding {
  /** Empty when it is not held, as far as that is known. */
  readonly grants: readonly Grant[];
  /** Why it may be held though no grant says so. */
  readonly doubt: Unknown | undefined;
}

export type Holdings = Readonly<Record<Capability, Holding>>;

/** What narrows the question. */
export interface Scope {
  /** The own account, for the ARNs that are asked about. */
  readonly account?: string | undefined;
  /** Names of the only actions that are of interest. */
  readonly among?: ReadonlySet<string> | undefined;
}

/** An action that some statement allows on resources that nobody named, if nothing else keeps it out. */
interface Candidate extends Notable {
  readonly kinds: Kinds;
}

/** ARNs of resources that nobody named, for each kind that an action takes. The same list for actions that take the same. */
type Kinds = readonly (readonly string[])[];

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
  const candidates = candidatesOf(reaching, scope);
  const answers = asked(candidates, policies);
  const open = side.unread[0] ?? unknownAction(reaching);
  const holding = (capability: Capability): Holding => {
    const own = answers.filter((answer) => answer.candidate.capability === capability);
    const grants = grantsOf(own, (statement) => narrowed.get(statement) ?? statement);
    if (grants.length > 0) return { grants, doubt: undefined };
    return { grants, doubt: open ?? own.find(({ doubt }) => doubt)?.doubt };
  };
  return Object.fromEntries(CAPABILITIES.map((capability) => [capability, holding(capability)])) as unknown as Holdings;
}

/** An Allow of actions that are known only after apply. */
const unknownAction = (statements: readonly Statement[]): Unknown | undefined =>
  statements.flatMap(({ actions }) => actions.patterns).find(isUnknown);

/** The actions that some statement may allow, with the resources that they are to be asked about. */
function candidatesOf(
  statements: readonly Statement[],
  { account = SAMPLE_ACCOUNT, among }: Scope,
): readonly Candidate[] {
  const places = placesIn(statements);
  const kindsOf = remembered((templates: CatalogueAction['resources']) => unnamedArns(templates, account, places));
  const symbols = new Symbols();
  const found = new Map<string, Candidate>();
  for (const test of statements.map((statement) => statementTest(statement, symbols))) {
    const reaches = remembered((kinds: Kinds) =>
      kinds.some((arns) => arns.some((arn) => test.resources.matches(symbols.text(arn)) !== 'no')),
    );
    for (const notable of notableIn(test)) {
      const { action, asked: name } = notable;
      if (found.has(name) || among?.has(action.name) === false) continue;
      const kinds = kindsOf(action.resources);
      if (reaches(kinds)) found.set(name, { ...notable, kinds });
    }
  }
  return [...found.values()];
}

/** Most actions of a service take the same resources as others of it, so what is said of these is said once. */
function remembered<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}

/** What is known of an action: who allows it, or why that cannot be told. */
interface Answer {
  readonly candidate: Candidate;
  readonly statements: ReadonlySet<Statement>;
  readonly doubt?: Unknown | undefined;
}

/** Asks about all actions at once that are to be asked about in the same context. */
function asked(candidates: readonly Candidate[], policies: Side): readonly Answer[] {
  const keys = keysIn([...policies.layers.flat(), ...policies.denies]);
  const byKind = groupBy(candidates, ({ capability, action }) => `${capability} ${action.level === 'Tagging'}`);
  const kinds = [...byKind.values()].map((group) => ({ group, context: contextOf(group, keys) }));
  const byContext = groupBy(kinds, ({ context }) => JSON.stringify(context));
  return [...byContext.values()].flatMap((same) =>
    answersOf(
      same.flatMap(({ group }) => group),
      policies,
      same[0]?.context,
    ),
  );
}

const contextOf = ([first]: readonly Candidate[], keys: readonly string[]): ReturnType<typeof contextFor> =>
  first ? contextFor(first.capability, first.action, keys) : {};

function answersOf(candidates: readonly Candidate[], policies: Side, context: Context): readonly Answer[] {
  const { regions, doubts } = ask(candidates, policies, context);
  const tests = regions.map(regionTest);
  const answers = candidates.map((candidate): Answer => ({ candidate, statements: allowing(candidate, tests) }));
  if (doubts.length === 0) return answers;
  // What cannot be told of reading buckets is no doubt about passing roles.
  const open = groupBy(
    answers.filter(({ statements }) => statements.size === 0),
    ({ candidate }) => candidate.capability,
  );
  const reasons = new Map(
    [...open].map(([capability, group]) => [
      capability,
      ask(
        group.map(({ candidate }) => candidate),
        policies,
        context,
      ).doubts[0],
    ]),
  );
  return answers.map((answer) => ({ ...answer, doubt: reasons.get(answer.candidate.capability) }));
}

type Context = ReturnType<typeof contextFor> | undefined;

const ask = (candidates: readonly Candidate[], policies: Side, context: Context = {}): Gains =>
  allowedOf(policies, {
    actions: candidates.map(({ asked: name }) => name),
    resources: [...new Set(candidates.flatMap(({ kinds }) => kinds.flat()))],
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

/** The statements that allow an action on unnamed resources: of any kind that it takes, or of all that it needs at once. */
function allowing({ action, asked: name, kinds }: Candidate, regions: readonly RegionTest[]): ReadonlySet<Statement> {
  const near = regions.filter(({ hasAction }) => hasAction(name));
  const byKind = kinds.map((arns) => near.filter(({ hasOneOf }) => hasOneOf(arns)));
  const together = kindsTogether(action);
  const needed = together === undefined ? byKind : byKind.slice(0, together);
  if (together !== undefined && needed.some((found) => found.length === 0)) return NOBODY;
  return new Set(needed.flat().map(({ statement }) => statement));
}

/** Actions by the statement that allows them. */
function grantsOf(answers: readonly Answer[], originalOf: (statement: Statement) => Statement): readonly Grant[] {
  const grants = new Map<Statement, CatalogueAction[]>();
  for (const { candidate, statements } of answers) {
    for (const statement of statements) {
      const original = originalOf(statement);
      const actions = grants.get(original);
      if (actions) actions.push(candidate.action);
      else grants.set(original, [candidate.action]);
    }
  }
  return [...grants].map(([statement, actions]) => ({ statement, actions }));
}
