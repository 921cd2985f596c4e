import { Environment, EvaluationError, ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js';

import { isUnknown } from '../plan/value.ts';
import type { Json } from '../plan/value.ts';
import type { Facts } from '../subjects/subject.ts';
import { HELPERS } from './helpers.ts';
import type { Moment } from './policy.ts';
import { calls, readsByIndex, withNullAsAbsent } from './syntax.ts';
import type { Node } from './syntax.ts';
import { Holder, UnknownRead, View, isFactValue, unwrap } from './view.ts';
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

/** An expression that is ready to run. */
export interface Compiled {
  readonly source: string;
  readonly ast: Node;
  readonly run: (variables: Variables) => unknown;
  readonly ordered: boolean;
}

export type Variables = Record<string, unknown>;

const VARIABLES: Readonly<Record<Moment, readonly string[]>> = {
  present: ['object'],
  changed: ['oldObject', 'object'],
  removed: ['oldObject'],
  weakened: ['oldObject', 'object'],
};

/** What the languages of all kinds have in common: helpers and constants are registered once. */
export function vocabulary(constants: Constants): Environment {
  const environment = new Environment({ homogeneousAggregateLiterals: false });
  environment.registerVariable('fate', 'string').registerVariable('change', 'string');
  registerHelpers(environment);
  for (const [name, record] of Object.entries(constants)) registerConstant(environment, name, record);
  return environment;
}

/** Builds the language of a kind. Throws a plain Error when the kind's own table of facts is wrong. */
export function language(schema: Schema, moment: Moment, common: Environment): Language {
  const environment = common.clone();
  const holders = new Map(Object.keys(schema.facts ?? {}).map((fact) => [fact, registerFact(environment, fact)]));
  for (const [fact, methods] of Object.entries(schema.facts ?? {}))
    registerMethods(environment, fact, Object.keys(methods), holders);
  const Root = class extends View {};
  const fields = schema.attributes && fieldTypes(schema);
  environment.registerType('Subject', fields ? { ctor: Root, fields } : { ctor: Root });
  for (const name of VARIABLES[moment]) environment.registerVariable(name, 'Subject');
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
  for (const { signature, run } of HELPERS) environment.registerFunction(signature, run, { async: false });
}

function registerConstant(environment: Environment, name: string, record: Readonly<Record<string, Json>>): void {
  const Constant = class extends View {};
  const fields = Object.fromEntries(Object.keys(record).map((key) => [key, 'dyn']));
  const type = `Constants.${name}`;
  environment.registerType(type, { ctor: Constant, fields });
  environment.registerConstant(
    name,
    type,
    new Constant(record, { holders: new Map(), ordered: true, hides: undefined }),
  );
}

/**
 * Parses and checks an expression. Throws ExpressionError for a syntax error, a name or method that does not exist,
 * operands that do not fit, `matches` (its regular expressions can take exponential time), or a result of the wrong type.
 */
export function check({ environment }: Language, source: string, result: 'bool' | 'any' = 'bool'): Node {
  const parsed = attempt(() => environment.parse(source));
  rejectRegex(source, parsed.ast);
  const checked = parsed.check();
  if (checked.error) throw mistake(checked.error);
  if (result === 'bool' && checked.type !== 'bool' && checked.type !== 'dyn') {
    throw new ExpressionError(`it gives ${checked.type ?? 'something'}; expected true or false`, 0);
  }
  return parsed.ast;
}

/** Makes an expression ready to run. It was checked when its policy was loaded. */
export function compile({ environment }: Language, source: string): Compiled {
  const parsed = environment.parse(source);
  const rewritten = MAY_NEED_REWRITING.test(source) ? withNullAsAbsent(source, parsed.ast) : source;
  const run = rewritten === source ? parsed : environment.parse(rewritten);
  return { source, ast: parsed.ast, run, ordered: source.includes('[') && readsByIndex(parsed.ast) };
}

/** Looking at the text is much cheaper than walking the tree, and most expressions are short. */
const MAY_NEED_REWRITING = /\b(has|isSet|isOwnKey|exists|exists_one|all|map|filter|in)\b/;

function rejectRegex(source: string, ast: Node): void {
  const regex = source.includes('matches') ? calls(ast).find((call) => call.name === 'matches') : undefined;
  if (!regex) return;
  const message = '`matches` is not allowed; compare with ==, in, startsWith, endsWith or contains';
  throw new ExpressionError(message, regex.node.start);
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

/** What went wrong in an evaluation, when it is the expression's fault. */
export const failureOf = (error: unknown): string | undefined =>
  error instanceof EvaluationError ? error.summary : undefined;
