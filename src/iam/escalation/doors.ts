import type { PrincipalEntry } from '../../aws/policy-document/statement.ts';
import { hasToken } from '../../aws/policy-document/text.ts';
import type { Actor, Estate } from './actor.ts';
import { literalArn } from './identity.ts';
import { gateOf } from './trust.ts';

/** The roles of an estate by whom they may let in, so that nobody has to knock at every door. */
export interface Doors {
  readonly roles: readonly Actor[];
  readonly byArn: ReadonlyMap<string, Actor>;
  /** Roles that name somebody, or everybody: he needs no permission of his own. */
  readonly naming: (arn: string) => readonly Actor[];
  /** Roles that leave it to the policies of the account, for all that is known. */
  readonly delegating: ReadonlySet<Actor>;
  readonly admitting: (service: string) => ReadonlySet<Actor>;
}

const known = new WeakMap<Estate, Doors>();

export function doorsOf(estate: Estate): Doors {
  const found = known.get(estate) ?? build(estate);
  known.set(estate, found);
  return found;
}

const EVERYBODY = '*';

/** Roles by who is let in, `*` for whoever asks. */
type Shelf = Map<string, Set<Actor>>;

function build(estate: Estate): Doors {
  const roles = estate.actors.filter(({ kind }) => kind === 'role');
  const [named, services, delegating]: readonly [Shelf, Shelf, Set<Actor>] = [new Map(), new Map(), new Set()];
  for (const role of roles) {
    for (const entry of gateOf(estate, role).entries ?? [UNKNOWN]) {
      if (entry.kind === 'service') put(services, entry.name, role);
      else if (entry.kind === 'account') delegating.add(role);
      else if (isOne(entry)) put(named, entry.arn, role);
      else if (entry.kind !== 'federated' && entry.kind !== 'canonical')
        for (const shelf of [named, services]) put(shelf, EVERYBODY, role);
    }
  }
  return {
    roles,
    byArn: new Map(roles.map((role) => [literalArn(role.kind, role.arn, estate), role])),
    naming: (arn) => [...new Set([...onShelf(named, arn), ...onShelf(named, EVERYBODY)])],
    delegating,
    admitting: (service) => new Set([...onShelf(services, service), ...onShelf(services, EVERYBODY)]),
  };
}

/** Somebody, nobody knows who. */
const UNKNOWN = { kind: 'everyone' } as const;

const isOne = (entry: PrincipalEntry): entry is Extract<PrincipalEntry, { kind: 'aws' }> =>
  entry.kind === 'aws' && !hasToken(entry.arn);

const NOBODY: ReadonlySet<Actor> = new Set();

const onShelf = (shelf: Shelf, key: string): ReadonlySet<Actor> => shelf.get(key) ?? NOBODY;

function put(shelf: Shelf, key: string, role: Actor): void {
  const found = shelf.get(key) ?? new Set<Actor>();
  shelf.set(key, found.add(role));
}
