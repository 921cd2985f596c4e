import type { Worlds } from '../../world/world.ts';
import type { AccessAt, Compared, Granted } from './access-difference.ts';
import { differenceOf } from './access.ts';
import { namedUsersOf } from './key-policy-users.ts';
import { fixedSource } from './policy-source.ts';

/** What a policy newly lets through, and what is to be compared for simulators to see it. */
export interface LetThrough {
  readonly gains: readonly AccessAt[];
  readonly gaining: Compared;
}

/** The gains of a comparison. Two kinds of policies let more through without allowing more themselves. */
export function letThrough(compared: Compared, worlds: Worlds): LetThrough {
  const { gained, lostDenies } = differenceOf(compared, worlds);
  if (gained().length > 0) return { gains: gained(), gaining: compared };
  switch (compared.kind) {
    // Whoever is named needs no policy of his own any more, though his account may have let him in before.
    case 'kms': {
      const gaining = onBothSides(compared, namedUsersOf);
      return { gains: differenceOf(gaining, worlds).gained(), gaining };
    }
    // It grants nothing: what a lost Deny lets through is asked with full access beside it.
    case 'control policy':
      return { gains: lostDenies, gaining: onBothSides(compared, withFullAccess) };
    default:
      return { gains: [], gaining: compared };
  }
}

const onBothSides = ({ before, after, ...rest }: Compared, restated: (granted: Granted) => Granted): Compared => ({
  ...rest,
  before: restated(before),
  after: restated(after),
});

const FULL_ACCESS = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

const withFullAccess = (granted: Granted): Granted => ({
  ...granted,
  sources: granted.sources.flatMap((source) => [source, fixedSource(source.resource, source.path, FULL_ACCESS)]),
});
