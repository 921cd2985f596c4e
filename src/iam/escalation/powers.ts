import type { Statement } from '../../aws/policy-document/statement.ts';
import { atomsOf, filled } from '../difference/atoms.ts';
import { statementTest } from '../match/statement.ts';
import type { StatementTest } from '../match/statement.ts';
import { isToken, Symbols } from '../match/symbols.ts';
import { arnPattern, matchText } from '../match/text-pattern.ts';
import { UNNAMED } from '../query.ts';
import type { Actor, Estate } from './actor.ts';
import { bound, ofOthers, ofUnnamed } from './binding.ts';
import type { Answer, Ready, View } from './answer.ts';
import { decider } from './decide.ts';
import { identityOf, referencesIn } from './identity.ts';
import type { Fixed, Identity } from './identity.ts';
import { keeping, remembering } from './remembering.ts';

/** Whose resources a question is about. What `${aws:username}` singles out is the own of whoever asks. */
export type Whose = 'all' | 'others';

/** What somebody may do, question by question. */
export interface Powers {
  readonly actor: Actor;
  readonly estate: Estate;
  readonly identity: Identity;
  /** False when no Allow speaks of the action, whatever the resource. */
  readonly mentions: (action: string) => boolean;
  /** False when no Allow speaks of the action on the resource. */
  readonly reaches: (action: string, resource: string) => boolean;
  /** What statements allow the action on, when that is a list of names; undefined when there are patterns. */
  readonly listed: (action: string) => readonly string[] | undefined;
  readonly may: (action: string, resource: string, fixed?: Fixed, whose?: Whose) => Answer;
  /** The same for what somebody else grants: only a Deny keeps him from it, and for all but users a boundary. */
  readonly mayBeGiven: (action: string, resource: string) => Answer;
  /**
   * One resource at least, of those that a pattern matches, for every way in which the statements about these actions
   * come out together.
   * @throws TooManyStates
   */
  readonly singledOut: (actions: readonly string[], pattern: string, whose?: Whose) => readonly string[];
  /** Regions that statements about the action name. */
  readonly regions: (action: string) => readonly string[];
  /** How a statement that allows the action on a resource writes it: `arn:aws:s3:::shop-*`. */
  readonly written: (action: string, resource: string) => string | undefined;
  /** True when a statement about the action names exactly this resource. */
  readonly isListed: (action: string, resource: string) => boolean;
}

/** What somebody may do on one side of a plan. */
export const powersOf = remembering((estate: Estate, actor: Actor): Powers => build(actor, estate));

/** `unnamed`: of resources of others that nobody has named. */
type Reading = Whose | 'unnamed';

function build(actor: Actor, estate: Estate): Powers {
  const identity = identityOf(actor, estate);
  const symbols = new Symbols();
  const view = viewer(actor, identity, estate, symbols);
  const decide = decider(symbols);
  const all = [{ test: statementTest(EVERYTHING, symbols), origin: EVERYTHING }];
  const allowing = (action: string): readonly Ready[] => view(action, 'all').layers[0] ?? [];
  const speaking = (action: string, resource: string): readonly Ready[] => {
    const text = symbols.text(resource);
    return allowing(action).filter(({ test }) => test.resources.matches(text) !== 'no');
  };
  return {
    actor,
    estate,
    identity,
    mentions: (action) => allowing(action).length > 0,
    reaches: (action, resource) => speaking(action, resource).length > 0,
    listed: (action) => {
      const sets = allowing(action).map(({ test }) => test.resources);
      const patterns = sets.flatMap((set) => set.patterns);
      const literals = patterns.flatMap(({ literal, hasTokens }) => (hasTokens ? [] : (literal ?? [])));
      const isList = sets.every(({ kind, isOpen }) => kind === 'only' && !isOpen);
      return isList && literals.length === patterns.length ? literals : undefined;
    },
    may: (action, resource, fixed, whose = 'all') =>
      decide(view(action, resource.includes(UNNAMED) ? 'unnamed' : whose), {
        action: action.toLowerCase(),
        resource,
        fixed: fixed ? { ...identity.context, ...fixed } : identity.context,
      }),
    mayBeGiven: (action, resource) => {
      const { layers, denies, unread } = view(action, 'all');
      const limits = actor.kind === 'user' ? [] : layers.slice(1);
      const given = { layers: [all, ...limits], denies, unread };
      return decide(given, { action: action.toLowerCase(), resource, fixed: identity.context });
    },
    singledOut: (actions, pattern, whose = 'all') => {
      const universe = arnPattern(pattern);
      const views = actions.map((action) => view(action, whose));
      const sets = views
        .flatMap(({ layers, denies }) => [...layers.flat(), ...denies])
        .map(({ test }) => test.resources);
      const allowed = views.flatMap(({ layers: [first = []] }) => first).flatMap(({ test }) => test.resources.patterns);
      // What is known only after apply is no text that the pattern matches, and may turn out to be one.
      const references = allowed.filter(({ hasTokens, units }) => hasTokens && isToken(units.charAt(0)));
      const texts = [
        ...atomsOf(
          universe,
          sets.map((set) => set.near(universe)),
        ),
        ...references.map((reference) => filled(reference, 'example')),
      ];
      return [...new Set(texts)].map((text) => symbols.decode(text));
    },
    regions: (action) => [
      ...new Set(
        allowing(action)
          .flatMap(({ test }) => test.resources.patterns)
          .flatMap(({ prefix }) => REGION.exec(prefix)?.[1] ?? []),
      ),
    ],
    written: (action, resource) => {
      const text = symbols.text(resource);
      const found = speaking(action, resource)
        .flatMap(({ test: { resources } }) => (resources.kind === 'only' ? resources.patterns : []))
        .find((pattern) => matchText(pattern, text) === 'yes');
      return found && symbols.decode(found.units);
    },
    isListed: (action, resource) => {
      const text = symbols.text(resource);
      return allowing(action).some(({ test }) => test.resources.patterns.some(({ literal }) => literal === text));
    },
  };
}

const EVERYTHING: Statement = {
  index: 0,
  sid: null,
  effect: 'Allow',
  principals: { kind: 'holder' },
  actions: { kind: 'only', patterns: ['*'] },
  resources: { kind: 'only', patterns: ['*'] },
  conditions: [],
};

const REGION = /^arn:[^:]+:[^:]*:([a-z]{2}(?:-[a-z]+)+-\d):/;

/**
 * What decides about an action, narrowed to the statements that speak of it. What cannot be read has no part in it: it
 * would leave every question open, and is told as that.
 */
function viewer(
  actor: Actor,
  identity: Identity,
  estate: Estate,
  symbols: Symbols,
): (action: string, reading: Reading) => View {
  const { layers, denies } = actor.grants();
  const compile = compiler(identity, estate, symbols);
  const all: Partial<Record<Reading, View>> = {};
  const whole = (reading: Reading): View =>
    (all[reading] ??= {
      layers: layers.map((layer) => layer.map((statement) => compile(statement, reading))),
      denies: denies.map((statement) => compile(statement, reading)),
      unread: [],
    });
  const views = new Map<string, View>();
  return (action, reading) =>
    keeping(views, `${reading} ${action}`, () => {
      const name = action.toLowerCase();
      const about = (ready: readonly Ready[]): readonly Ready[] =>
        ready.filter(({ test }) => test.actions.matches(name) !== 'no');
      const view = whole(reading);
      return { layers: view.layers.map(about), denies: about(view.denies), unread: [] };
    });
}

/** A variable that is not bound is one that the requests lack: what it stands in matches nothing, or nobody knows what. */
const UNRESOLVED = (): null => null;

function compiler(
  { variable }: Identity,
  estate: Estate,
  symbols: Symbols,
): (statement: Statement, reading: Reading) => Ready {
  const binding = { reference: referencesIn(estate), variable };
  const tests = new Map<Statement, StatementTest>();
  const read = (statement: Statement, reading: Reading): Statement => {
    if (reading === 'all') return bound(statement, binding);
    const others = bound(ofOthers(statement), binding);
    return reading === 'unnamed' ? ofUnnamed(others) : others;
  };
  return (statement, reading) => {
    const asked = read(statement, reading);
    return { test: keeping(tests, asked, () => statementTest(asked, symbols, UNRESOLVED)), origin: statement };
  };
}
