import { isUnknown, Unknown } from '../../plan/value.ts';
import { arnCovers } from './arn-pattern.ts';
import { actionsCover } from './pattern.ts';
import { allowsOf, deniesOf } from './statements.ts';
import { statementCovers } from './cover.ts';
import type { Document, Patterns, Statement } from './statement.ts';

/** Why a statement makes an administrator. */
export interface Admin {
  readonly statement: Statement;
  /** True when conditions stand beside it; they leave it an administrator under them. */
  readonly conditional: boolean;
}

const every = (...patterns: readonly string[]): Patterns => ({ kind: 'only', patterns });

/** True when the list holds every ARN: `*`, `arn:*`, `arn:aws:*`. Undefined when an unknown entry may do so. */
export function isEveryResource(resources: Patterns): boolean | undefined {
  if (resources.kind === 'except') return resources.patterns.length === 0;
  if (resources.patterns.some((pattern) => typeof pattern === 'string' && arnCovers(pattern, 'arn:aws:*'))) return true;
  return resources.patterns.some(isUnknown) ? undefined : false;
}

/**
 * True when the actions amount to all: `*`; everything but a list that leaves IAM in; or all of IAM, since who may do
 * anything there may give himself the rest.
 */
function isEveryAction(actions: Patterns): boolean | undefined {
  const whole = actionsCover(actions, every('*'));
  if (whole === 'yes') return true;
  if (actions.kind === 'except') return exceptLeavesIam(actions);
  if (actions.patterns.includes('iam:*')) return true;
  return whole === 'maybe' ? undefined : false;
}

function exceptLeavesIam({ patterns }: Patterns): boolean | undefined {
  const excluded = actionsCover({ kind: 'only', patterns }, every('iam:*'));
  return excluded === 'maybe' ? undefined : excluded === 'no';
}

/**
 * The statement that makes its holder an administrator, an unconditional one first; Unknown when that hangs on something
 * not known before apply; undefined when none does.
 */
export function adminOf(document: Document): Admin | Unknown | undefined {
  const allows = allowsOf(document).filter(
    (statement) => !deniesOf(document).some((deny) => statementCovers(deny, statement) === 'yes'),
  );
  const admins = allows.filter(isAdmin);
  const statement = admins.find((item) => !isConditional(item)) ?? admins[0];
  if (statement) return { statement, conditional: isConditional(statement) };
  return document.unread[0] ?? firstDoubt(allows);
}

const isAdmin = (statement: Statement): boolean =>
  isEveryAction(statement.actions) === true && isEveryResource(statement.resources) === true;

const isConditional = ({ conditions }: Statement): boolean => isUnknown(conditions) || conditions.length > 0;

function firstDoubt(allows: readonly Statement[]): Unknown | undefined {
  const doubtful = allows.find(
    (statement) => isEveryAction(statement.actions) !== false && isEveryResource(statement.resources) !== false,
  );
  if (!doubtful) return undefined;
  return [...doubtful.actions.patterns, ...doubtful.resources.patterns].find(isUnknown) ?? new Unknown();
}
