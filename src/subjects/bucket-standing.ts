import { isUnknown } from '../plan/value.ts';
import type { Unknown, Value } from '../plan/value.ts';
import type { Facts } from './subject.ts';

/** What stands, by name, and what may stand: of that it is not known before apply. */
export interface Standing {
  readonly names: readonly string[];
  readonly unsure: ReadonlyMap<string, Unknown>;
}

export const NOTHING_STANDS: Standing = { names: [], unsure: new Map() };

/** Sorts things by whether they stand: true, unknown, or anything else for no. */
export function standing(things: readonly (readonly [string, Value])[]): Standing {
  return {
    names: things.filter(([, stands]) => stands === true).map(([name]) => name),
    unsure: new Map(things.flatMap(([name, stands]) => (isUnknown(stands) ? [[name, stands] as const] : []))),
  };
}

/** What stands in one or in the other. */
export function either(one: Standing, other: Standing): Standing {
  const names = [...new Set([...one.names, ...other.names])];
  return {
    names,
    unsure: new Map([...one.unsure, ...other.unsure].filter(([name]) => !names.includes(name))),
  };
}

/** The facts `unsure` and `unread` of a subject that has such a list. */
export const doubts = ({ unsure }: Standing): Facts => ({
  unsure: [...unsure.keys()],
  unread: [...unsure.values()][0] ?? false,
});

/** Their descriptions. */
export const DOUBTS = {
  unsure: 'What may be on that list: known only after apply.',
  unread: 'False when nothing is unsure; not known when something is.',
} as const;
