import type { AccessLevel, CatalogueAction } from '../data/catalogue.ts';
import { risksOf } from '../data/risk.ts';
import { SENSITIVE_ACTIONS } from '../data/sensitive-actions.ts';

/** From harmless to most dangerous. */
export const LEVELS: readonly AccessLevel[] = ['List', 'Read', 'Tagging', 'Write', 'Permissions management'];

const SENSITIVE: ReadonlySet<string> = new Set(SENSITIVE_ACTIONS.map(({ name }) => name));

const dangers = new WeakMap<CatalogueAction, number>();

/** How much an action weighs when one must stand for many. */
export function danger(action: CatalogueAction): number {
  const known = dangers.get(action);
  if (known !== undefined) return known;
  const { name, level, wildcardOnly } = action;
  const weight =
    (SENSITIVE.has(name) ? 20 : 0) + risksOf(name).length * 5 + LEVELS.indexOf(level) + (wildcardOnly ? 0 : 0.5);
  dangers.set(action, weight);
  return weight;
}

const sorted = new WeakMap<readonly CatalogueAction[], readonly CatalogueAction[]>();

/** The same list is asked for again and again: that of a wildcard. */
export function worstFirst(actions: readonly CatalogueAction[]): readonly CatalogueAction[] {
  const found = sorted.get(actions) ?? actions.toSorted((a, b) => danger(b) - danger(a));
  sorted.set(actions, found);
  return found;
}
