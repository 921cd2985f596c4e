import { Environment, EvaluationError, ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js';

import { Unknown, isUnknown } from '../plan/value.ts';
import type { Json } from '../plan/value.ts';
import type { Facts, Fate } from '../subjects/subject.ts';
import type { Moment } from './policy.ts';
import { calls, readsByIndex, withNullAsAbsent } from './syntax.ts';
import type { Node } from './syntax.ts';
import { HiddenRead, Holder, UnknownRead, View, isFactValue, unwrap, wrap } from './view.ts';
import type { HolderClass, Path, Reading } from './view.ts';

/** Named values that every expression can read: constant → field → value, e.g. `ports.admin`. */
export type Constants = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** What a subject kind says about its attributes; plain resource types have no table and are read without check. */
export interface Schema {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>> | undefined;
  readonly attributeTypes?: Readonly<Record<string, string>>;
  readonly facts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A mistake in an expression: what is wrong and, when known, at which character. */
export class ExpressionError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** The expression language of one subject kind at one moment. */
export interface Language {
  readonly schema: Schema;
  readonly environment: Environment;
  readonly Root: new (facts: Facts, reading: Reading) => View;
  readonly holders: ReadonlyMap<string, HolderClass>;
}

/** An expression that was parsed and checked. */
export interface Compiled {
  readonly source: string;
  readonly ast: Node;
  readonly run: (variables: Variables) => unknown;
  readonly ordered: boolean;
}

type Variables = Record<string, unknown>;

/** What the variables of an expression stand for. */
export interface Scope {
  readonly object?: Facts | undefined;
  readonly oldObject?: Facts | undefined;
  readonly fate?: Fate | undefined;
  readonly change?: 'created' | 'updated' | 'none' | undefined;
}

const VARIABLES: Readonly<Record<Moment, readonly string[]>> = {
  present: ['object'],
  changed: ['oldObject', 'object'],
  removed: ['oldObject'],
};

/** Builds the language of a kind. Throws a plain Error when the kind's own table of facts is wrong. */
export function language(schema: Schema, moment: Moment, constants: Constants): Language {
  const environment = new Environment({ homogeneousAggregateLiterals: false });
  const holders = new Map(Object.keys(schema.facts ?? {}).map((fact) => [fact, registerFact(environment, fact)]));
  for (const [fact, methods] of Object.entries(schema.facts ?? {})) registerMethods(environment, fact, Object.keys(methods), holders);
  const Root = class extends View {};
  const fields = schema.attributes && fieldTypes(schema);
  environment.registerType('Subject', fields ? { ctor: Root, fields } : { ctor: Root });
  for (const name of VARIABLES[moment]) environment.registerVariable(name, 'Subject');
  environment.registerVariable('fate', 'string').registerVariable('change', 'string');
  registerHelpers(environment);
  for (const [name, record] of Object.entries(constants)) registerConstant(environment, name, record);
  return { schema, environment, Root, holders };
}

const fieldTypes = ({ attributes = {}, attributeTypes = {} }: Schema): Record<string, string> =>
  Object.fromEntries(Object.keys(attributes).map((name) => [name, attributeTypes[name] ?? 'dyn']));

function registerFact(environment: Environment, fact: string): HolderClass {
  const HolderOf = class extends Holder {};
  environment.registerType(fact, { ctor: HolderOf, fields: {} });
  return HolderOf;
}

function registerMethods(
  environment: Environment,
  fact: string,
  signatures: readonly string[],
  holders: ReadonlyMap<string, HolderClass>,
): void {
  for (const signature of signatures) {
    const method = signature.slice(0, signature.indexOf('('));
    environment.registerFunction(`${fact}.${signature}`, {
      handler: (holder: Holder, ...args: unknown[]) => inCel(callMethod(holder, method, args), holder.path, holders),
      async: false,
    });
  }
}

function callMethod(holder: Holder, method: string, args: readonly unknown[]): unknown {
  const target: unknown = Reflect.get(holder.value, method);
  if (typeof target !== 'function') throw new Error(`the fact ${holder.value.fact} has no method ${method}`);
  const result: unknown = Reflect.apply(target, holder.value, args.map(unwrap));
  if (isUnknown(result)) throw new UnknownRead(result, holder.path);
  return result;
}

/** What a method gives, as CEL reads it: an integer, or the holder of another typed fact. */
function inCel(result: unknown, path: Path, holders: ReadonlyMap<string, HolderClass>): unknown {
  if (typeof result === 'number' && Number.isSafeInteger(result)) return BigInt(result);
  const HolderOf = isFactValue(result) ? holders.get(result.fact) : undefined;
  return HolderOf && isFactValue(result) ? new HolderOf(result, path) : result;
}

function registerHelpers(environment: Environment): void {
  const sync = { async: false };
  environment.registerFunction('isSet(dyn): bool', (value: unknown) => value !== null, sync);
  environment.registerFunction('items(dyn): dyn', (value: unknown) => value ?? [], sync);
  environment.registerFunction('size(null): int', () => 0n, sync);
}

function registerConstant(environment: Environment, name: string, record: Readonly<Record<string, Json>>): void {
  const Constant = class extends View {};
  const fields = Object.fromEntries(Object.keys(record).map((key) => [key, 'dyn']));
  const type = `Constants.${name}`;
  environment.registerType(type, { ctor: Constant, fields });
  environment.registerConstant(name, type, new Constant(record, { holders: new Map(), ordered: true, hides: undefined }));
}

/**
 * Parses and checks an expression. Throws ExpressionError for a syntax error, a name or method that does not exist,
 * operands that do not fit, `matches` (its regular expressions can take exponential time), or a result of the wrong type.
 */
export function compile({ environment }: Language, source: string, result: 'bool' | 'any' = 'bool'): Compiled {
  const parsed = attempt(() => environment.parse(source));
  const regex = calls(parsed.ast).find((call) => call.name === 'matches');
  if (regex) throw new ExpressionError('`matches` is not allowed; compare with ==, in, startsWith, endsWith or contains', regex.node.start);
  const checked = parsed.check();
  if (checked.error) throw mistake(checked.error);
  if (result === 'bool' && checked.type !== 'bool' && checked.type !== 'dyn') {
    throw new ExpressionError(`it gives ${checked.type ?? 'something'}; expected true or false`, 0);
  }
  const run = environment.parse(withNullAsAbsent(source, parsed.ast));
  return { source, ast: parsed.ast, run, ordered: readsByIndex(parsed.ast) };
}

function attempt<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw mistake(error);
  }
}

function mistake(error: unknown): Error {
  if (error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError) {
    return new ExpressionError(error.summary, error.range?.start ?? 0);
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** The variables of one subject, read as far as expressions ask for them. */
export interface Activation {
  readonly language: Language;
  readonly scope: Scope;
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
    if (error instanceof EvaluationError) return new Unknown(`\`${compiled.source}\` cannot be evaluated: ${error.summary}`);
    throw error;
  }
}

export { wrap };
