import type { Statement } from '../../aws/policy-document/statement.ts';
import type { CatalogueAction } from '../data/catalogue.ts';
import type { Side } from '../difference/side.ts';
import type { StatementTest } from '../match/statement.ts';
import type { Symbols } from '../match/symbols.ts';
import { SAMPLE_ACCOUNT } from '../query.ts';
import { notableIn } from './candidates.ts';
import type { Capability } from './capability.ts';
import { kindsTogether, placesIn, unnamedArns } from './unnamed.ts';

/** What narrows the question. */
export interface Scope {
  /** The own account, for the ARNs that are asked about. */
  readonly account?: string | undefined;
  /** Names of the only actions that are of interest. */
  readonly among?: ReadonlySet<string> | undefined;
  /** What it is compared with: both sides are asked about the same regions and accounts, or a narrower one could hold more. */
  readonly other?: Side | undefined;
}

/** Actions about which all statements say the same, so that asking about one of them asks about all. */
export interface ActionClass {
  readonly capability: Capability;
  readonly actions: readonly CatalogueAction[];
  /** The name of one of them in lower case. */
  readonly asked: string;
  /** Lists of ARNs of resources that nobody named; one of each list must be allowed. */
  readonly needed: Needed;
  /** All ARNs that these stand for. */
  readonly arns: ReadonlySet<readonly string[]>;
}

type Needed = readonly (readonly string[])[];

/** The resources of an action. */
interface Resources {
  readonly needed: Needed;
  /** Equal for actions that need the same. */
  readonly number: number;
  readonly arns: readonly string[];
}

/** A class while it is put together. */
type Draft = ActionClass & { readonly actions: CatalogueAction[]; readonly arns: Set<readonly string[]> };

/** All statements that have a say, in one alphabet. */
export interface Tests {
  /** Those that may allow something. */
  readonly allows: readonly StatementTest[];
  readonly others: readonly StatementTest[];
  readonly symbols: Symbols;
}

/**
 * The actions that count for a capability and that some statement may allow on resources that nobody named. A service has
 * hundreds of them, and policies tell few apart.
 */
export function classesOf(
  { allows, others, symbols }: Tests,
  { account = SAMPLE_ACCOUNT, among, other }: Scope,
): readonly ActionClass[] {
  const tests = [...allows, ...others];
  const places = placesIn([...tests.map(({ statement }) => statement), ...statementsOf(other)]);
  const resourcesOf = resourcesFor(tests, symbols, (templates) => unnamedArns(templates, account, places));
  const classes = new Map<string, Draft>();
  const seen = new Set<string>();
  for (const allow of allows) {
    const reaches = remembered(({ needed }: Resources) =>
      needed.some((arns) => arns.some((arn) => allow.resources.matches(symbols.text(arn)) !== 'no')),
    );
    for (const { action, capability, asked } of notableIn(allow, among)) {
      const resources = seen.has(asked) ? undefined : resourcesOf(action);
      if (!resources || !reaches(resources)) continue;
      seen.add(asked);
      const said = tests.map(({ actions }) => actions.matches(asked)).join();
      const key = `${capability} ${action.level === 'Tagging'} ${resources.number} ${said}`;
      const one = classes.get(key) ?? { capability, actions: [], asked, needed: resources.needed, arns: new Set() };
      classes.set(key, one);
      one.actions.push(action);
      one.arns.add(resources.arns);
    }
  }
  return [...classes.values()];
}

const statementsOf = (side: Side | undefined): readonly Statement[] =>
  side ? [...side.layers.flat(), ...side.denies] : [];

/** What actions need, with one ARN for all of which the statements say the same. */
function resourcesFor(
  tests: readonly StatementTest[],
  symbols: Symbols,
  kindsOf: (templates: CatalogueAction['resources']) => Needed,
): (action: CatalogueAction) => Resources {
  const first = new Map<string, string>();
  const standIn = remembered((arn: string): string => {
    const said = tests.map(({ resources }) => resources.matches(symbols.text(arn))).join();
    const known = first.get(said) ?? arn;
    first.set(said, known);
    return known;
  });
  let numbers = 0;
  const numberOf = remembered((_needed: string) => numbers++);
  const toResources = (kinds: Needed): Resources => {
    const needed = kinds.map((arns) => unique(arns.map(standIn)));
    const number = numberOf(needed.map((arns) => arns.join(' ')).join('\n'));
    return { needed, number, arns: kinds.flat() };
  };
  const ofAny = remembered((templates: CatalogueAction['resources']) => toResources([kindsOf(templates).flat()]));
  return (action) => {
    const together = kindsTogether(action);
    if (together === undefined) return ofAny(action.resources);
    return toResources(kindsOf(action.resources).slice(0, together));
  };
}

const unique = (items: readonly string[]): readonly string[] => [...new Set(items)];

/** A pure function that is asked the same again and again. */
export function remembered<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
