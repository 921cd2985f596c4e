import { allowsOf, deniesOf } from '../../aws/policy-document/statements.ts';
import type { Document, PrincipalEntry, Statement } from '../../aws/policy-document/statement.ts';
import { statementTest } from '../match/statement.ts';
import { Symbols } from '../match/symbols.ts';
import type { Actor, Estate } from './actor.ts';
import { bound } from './binding.ts';
import { NO } from './answer.ts';
import type { Answer, Ready, Requester, View } from './answer.ts';
import { decider } from './decide.ts';
import { referencesIn } from './identity.ts';
import type { Fixed, Identity } from './identity.ts';
import { keeping, remembering } from './remembering.ts';

/** The trust policy of a role, ready to be asked. */
export interface Gate {
  /** Whether a service may take the role for whoever passes it. */
  readonly admitsService: (name: string) => Answer;
  /** Whether somebody of the account may assume the role, if his own policies let him. */
  readonly admits: (identity: Identity) => Answer;
  /** True when that needs no permission of his own: he, or everyone, is named (user guide, "policy evaluation logic"). */
  readonly names: (identity: Identity) => boolean;
  /** Everybody whom an Allow speaks of; undefined when that cannot be listed. */
  readonly entries: readonly PrincipalEntry[] | undefined;
}

const CLOSED: Gate = { admitsService: () => NO, admits: () => NO, names: () => false, entries: [] };

export const gateOf = remembering((estate: Estate, role: Actor): Gate => {
  const document = role.trust();
  return document ? build(document, estate) : CLOSED;
});

const ASSUME = 'sts:assumerole';

function build(document: Document, estate: Estate): Gate {
  const symbols = new Symbols();
  const binding = { reference: referencesIn(estate), variable: () => undefined };
  const ready = (origin: Statement): Ready => {
    const statement = bound(origin, binding);
    return { test: statementTest(statement, symbols), origin };
  };
  const about = (all: readonly Ready[]): readonly Ready[] =>
    all.filter(({ test }) => test.actions.matches(ASSUME) !== 'no');
  const view: View = {
    layers: [about(allowsOf(document).map(ready))],
    denies: about(deniesOf(document).map(ready)),
    unread: document.unread,
  };
  const entries = entriesOf(view);
  const decide = decider(symbols);
  const services = new Map<string, Answer>();
  const ask = (principal: Requester, fixed: Fixed): Answer =>
    decide(view, { action: ASSUME, resource: '*', fixed, principal });
  return {
    admitsService: (name) => keeping(services, name, () => ask({ kind: 'service', name }, {})),
    admits: ({ arn, context }) => ask({ kind: 'aws', arn }, context),
    names: ({ arn }) => entries?.some((entry) => isFor(entry, arn)) === true,
    entries,
  };
}

const isFor = (entry: PrincipalEntry, arn: string): boolean =>
  entry.kind === 'everyone' || (entry.kind === 'aws' && entry.arn === arn);

function entriesOf({ layers, unread }: View): readonly PrincipalEntry[] | undefined {
  const all = layers.flat().map(({ test }) => test.statement.principals);
  const listed = all.flatMap((principals) => (principals.kind === 'only' ? [principals.entries] : []));
  return unread.length > 0 || listed.length < all.length ? undefined : listed.flat();
}
