/** The answer to a question about values some of which are not known before apply. */
export type Ternary = 'yes' | 'no' | 'maybe';

export const ternary = (value: boolean): Ternary => (value ? 'yes' : 'no');

export const not = (value: Ternary): Ternary => (value === 'maybe' ? 'maybe' : ternary(value === 'no'));

export const and = (...values: readonly Ternary[]): Ternary =>
  values.includes('no') ? 'no' : values.includes('maybe') ? 'maybe' : 'yes';

export const or = (...values: readonly Ternary[]): Ternary =>
  values.includes('yes') ? 'yes' : values.includes('maybe') ? 'maybe' : 'no';

/** Whether the answer is yes for one item at least; stops at the first yes. */
export function some<T>(items: readonly T[], ask: (item: T) => Ternary): Ternary {
  let result: Ternary = 'no';
  for (const item of items) {
    const answer = ask(item);
    if (answer === 'yes') return 'yes';
    if (answer === 'maybe') result = 'maybe';
  }
  return result;
}

/** Whether the answer is yes for all items; stops at the first no. */
export function every<T>(items: readonly T[], ask: (item: T) => Ternary): Ternary {
  return not(some(items, (item) => not(ask(item))));
}
