/** One line of the table that a bench prints. */
export const row = (name: string, value: string, goal: string): void =>
  console.log(`${name.padEnd(68)} ${value.padEnd(44)} goal ${goal}`);

/** The value below which a share of the values lies. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

export const median = (values: readonly number[]): number => quantile(values, 0.5);
