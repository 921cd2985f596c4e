import type { Unknown } from '../../plan/value.ts';
import type { EscalationPath } from '../data/escalation-paths.ts';
import type { Scope } from './aim.ts';
import type { Yes } from './answer.ts';
import type { Way } from './way.ts';

export type Severity = EscalationPath['severity'];

const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low'];

/** A severity some grades milder, low at the least. */
export const milderBy = (severity: Severity, grades: number): Severity =>
  SEVERITIES[SEVERITIES.indexOf(severity) + grades] ?? 'low';

/** Negative when `a` is graver. */
export const bySeverity = (a: Severity, b: Severity): number => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);

/** One request of a path that is allowed. */
export interface Step {
  readonly action: string;
  readonly resource: string;
  readonly answer: Yes;
}

/** A path that somebody can go to its end. */
export interface Completed {
  readonly path: EscalationPath;
  readonly severity: Severity;
  readonly scope: Scope;
  /** What it reaches, as people call it. */
  readonly target: string;
  readonly steps: readonly Step[];
  /** How it leads to somebody of the plan who controls the account, if it does. */
  readonly way: Way | undefined;
}

/** A path of which nobody can say before apply whether it leads to its end. */
export interface Doubtful {
  readonly path: EscalationPath;
  readonly because: Unknown;
}

export const isCompleted = (found: Completed | Doubtful): found is Completed => 'steps' in found;
