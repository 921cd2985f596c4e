import { groupBy } from '../../aws/group-by.ts';
import type { Statement } from '../../aws/policy-document/statement.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import type { CatalogueAction } from '../data/catalogue.ts';
import type { Side } from '../difference/side.ts';
import { asked } from './answers.ts';
import type { Answer, Scope } from './answers.ts';
import { CAPABILITIES } from './capability.ts';
import type { Capability } from './capability.ts';
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
 * see; what the others allow is asked for, one statement after the other and all its actions at once, so that conditions,
 * Denies and the boundary count as they do in every comparison.
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
