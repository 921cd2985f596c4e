import { Unknown } from '../plan/value.ts';
import type { Facts, Fate } from '../subjects/subject.ts';
import { failureOf } from './cel.ts';
import type { Compiled, Language, Variables } from './cel.ts';
import { HiddenRead, UnknownRead, View } from './view.ts';
import type { Path } from './view.ts';

/** What the variables of an expression stand for. */
export interface Scope {
  readonly object?: Facts | undefined;
  readonly oldObject?: Facts | undefined;
  readonly fate?: Fate | undefined;
  readonly change?: 'created' | 'updated' | 'none' | undefined;
}

/** The variables of one subject, read as far as expressions ask for them. */
export interface Activation {
  readonly language: Language;
  scope: Scope;
  readonly hides: ((path: Path) => boolean) | undefined;
  variables: Variables | undefined;
  inOrder: Variables | undefined;
}

/** Prepares the variables for expressions. With `hides`, reading a hidden path makes the result HIDDEN (for display). */
export const activate = (language: Language, scope: Scope, hides?: (path: Path) => boolean): Activation => ({
  language,
  scope,
  hides,
  variables: undefined,
  inOrder: undefined,
});

function variablesOf(activation: Activation, ordered: boolean): Variables {
  if (ordered) return (activation.inOrder ??= bind(activation, true));
  return (activation.variables ??= bind(activation, false));
}

function bind({ language, scope, hides }: Activation, ordered: boolean): Variables {
  const reading = { holders: language.holders, ordered, hides };
  const variables: Variables = { fate: scope.fate ?? 'kept', change: scope.change ?? 'none' };
  if (scope.object) variables['object'] = new language.Root(scope.object, reading);
  if (scope.oldObject) variables['oldObject'] = new language.Root(scope.oldObject, reading);
  return variables;
}

/** Lets an activation for `object` stand for the next subject, so that judging many does not make one each. */
export function reactivate(activation: Activation, object: Facts): void {
  activation.scope = { object };
  showIn(activation.variables, object);
  showIn(activation.inOrder, object);
}

function showIn(variables: Variables | undefined, object: Facts): void {
  const view = variables?.['object'];
  if (view instanceof View) view.show(object);
}

/** The result of a displayed expression that read something which must not be shown. */
export const HIDDEN = Symbol('hidden');

/**
 * Evaluates an expression: its value, or Unknown with the reason when the answer depends on what is not known before
 * apply. A failing expression (no such element, operands that do not fit) is unknown too: it never passes silently.
 */
export function evaluate(compiled: Compiled, activation: Activation): unknown {
  try {
    return compiled.run(variablesOf(activation, compiled.ordered));
  } catch (error) {
    if (error instanceof UnknownRead) return error.unknown;
    if (error instanceof HiddenRead) return HIDDEN;
    const failure = failureOf(error);
    if (failure !== undefined) return new Unknown(`\`${compiled.source}\` cannot be evaluated: ${failure}`);
    throw error;
  }
}
