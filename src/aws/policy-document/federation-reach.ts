/** How far a federated trust reaches beyond one workload, from not at all to anybody. */
export const REACHES = ['exact', 'low', 'medium', 'high', 'critical'] as const;
export type Reach = (typeof REACHES)[number];

export interface Grade {
  readonly reach: Reach;
  /** One clause for people: what is let in. Empty for one workload. */
  readonly reason: string;
}

/** One workload and nothing else. */
export const EXACT: Grade = { reach: 'exact', reason: '' };

export const rank = ({ reach }: Grade): number => REACHES.indexOf(reach);

/** Of conditions that must all hold the tightest decides; undefined says nothing. */
export const tighter = (a: Grade | undefined, b: Grade | undefined): Grade | undefined =>
  a === undefined || (b !== undefined && rank(b) < rank(a)) ? b : a;

/** Of alternatives the loosest decides. */
export const looserOf = (a: Grade, b: Grade): Grade => (rank(b) > rank(a) ? b : a);
