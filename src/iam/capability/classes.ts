import type { CatalogueAction } from '../data/catalogue.ts';
import { requiredResources } from '../data/required-resources.ts';
import type { StatementTest } from '../match/statement.ts';
import type { Symbols } from '../match/symbols.ts';
import { notableIn } from './candidates.ts';
import type { Capability } from './capability.ts';

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

/** One statement that may allow something with all others that have a say, in one alphabet. */
export interface Tests {
  readonly allow: StatementTest;
  readonly others: readonly StatementTest[];
  readonly symbols: Symbols;
  /** ARNs of resources that nobody named, for each kind of resource that an action takes. */
  readonly kindsOf: (templates: CatalogueAction['resources']) => Needed;
}

/**
 * The actions that count for a capability and that a statement may allow on resources that nobody named. A service has
 * hundreds of them, and policies tell few apart.
 * @param among names of the only actions that are of interest
 */
export function classesOf(
  { allow, others, symbols, kindsOf }: Tests,
  among: ReadonlySet<string> | undefined,
): readonly ActionClass[] {
  const tests = [allow, ...others];
  const resourcesOf = resourcesFor(tests, symbols, kindsOf);
  const reaches = remembered(({ needed }: Resources) =>
    needed.some((arns) => arns.some((arn) => allow.resources.matches(symbols.text(arn)) !== 'no')),
  );
  const classes = new Map<string, Draft>();
  for (const { action, capability, asked } of notableIn(allow, among)) {
    const resources = resourcesOf(action);
    if (!reaches(resources)) continue;
    const said = tests.map(({ actions }) => actions.matches(asked)).join();
    const key = `${capability} ${action.level === 'Tagging'} ${resources.number} ${said}`;
    const one = classes.get(key) ?? { capability, actions: [], asked, needed: resources.needed, arns: new Set() };
    classes.set(key, one);
    one.actions.push(action);
    one.arns.add(resources.arns);
  }
  return [...classes.values()];
}

/** What actions need, with one ARN for all of which the statements say the same. */
function resourcesFor(
  tests: readonly StatementTest[],
  symbols: Symbols,
  kindsOf: Tests['kindsOf'],
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
  const ofTemplates = remembered((templates: CatalogueAction['resources']) =>
    remembered((required: number) => {
      const kinds = kindsOf(templates);
      return toResources(required === 0 ? [kinds.flat()] : kinds.slice(0, required));
    }),
  );
  return ({ name, resources }) => ofTemplates(resources)(requiredResources(name));
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
