import type { InstanceKey, ModuleStep } from '../plan/address.ts';
import { allReferences, longestReferences, type ModuleConfiguration, moduleAt } from '../plan/configuration.ts';
import type { Expression } from '../plan/expression.ts';
import { type ParsedReference, parseReference } from '../plan/reference.ts';
import type { Reference } from '../plan/value.ts';
import type { ExpressionLookup } from './expressions.ts';
import { blockKey, callerOf, callPath, type Scope } from './scope.ts';

/** What resolving needs to know of the plan. */
export interface ReferenceContext {
  readonly root: ModuleConfiguration | undefined;
  readonly expressions: ExpressionLookup;
  /** Addresses of all instances of a block, by `blockKey`. */
  instances(block: string): readonly { readonly address: string; readonly key: InstanceKey | undefined }[];
}

/** Terraform allows no cycles, but a damaged plan must not hang us, nor locals that name each other twice at every step. */
const MAX_DEPTH = 32;
const MOST_STEPS = 10_000;

/** How far a resolution has come; the steps that are left are shared by all of it. */
interface Trail {
  readonly depth: number;
  readonly budget: Budget;
}

export interface Budget {
  steps: number;
}

const begin = (budget: Budget = { steps: MOST_STEPS }): Trail => ({ depth: 0, budget });

const deeper = ({ depth, budget }: Trail): Trail => ({ depth: depth + 1, budget });

const isKey = (step: string | number | undefined, known: readonly { key: InstanceKey | undefined }[]): boolean =>
  step !== undefined && known.some(({ key }) => key === step);

function resolveBlock(
  context: ReferenceContext,
  scope: Scope,
  mode: string,
  [type, name, ...rest]: readonly (string | number)[],
): Reference[] {
  const instances = context.instances(blockKey(scope.modules, mode, String(type), String(name)));
  const explicit = isKey(rest[0], instances);
  const attribute = rest.slice(explicit ? 1 : 0).join('.');
  const chosen = explicit
    ? instances.filter(({ key }) => key === rest[0])
    : instances.length > 1 && isKey(scope.key, instances)
      ? instances.filter(({ key }) => key === scope.key)
      : instances;
  return chosen.map(({ address }) => ({ address, attribute }));
}

function resolveModule(
  context: ReferenceContext,
  scope: Scope,
  [name, ...rest]: readonly (string | number)[],
  trail: Trail,
): Reference[] {
  const call = moduleAt(context.root, callPath(scope.modules))?.module_calls?.[String(name)];
  const outputs = call?.module?.outputs ?? {};
  const [first, second] = rest;
  const explicit = first !== undefined && !(String(first) in outputs) && second !== undefined;
  const key = explicit ? first : call?.for_each_expression || call?.count_expression ? scope.key : undefined;
  const step: ModuleStep = { name: String(name), key };
  const output = String(explicit ? second : first);
  const child: Scope = { modules: [...scope.modules, step], key: undefined, forEach: undefined, owner: undefined };
  return resolveReferences(context, child, outputs[output]?.expression?.references ?? [], trail);
}

function resolveVariable(
  context: ReferenceContext,
  scope: Scope,
  name: string,
  rest: readonly (string | number)[],
  trail: Trail,
): Reference[] {
  const caller = callerOf(scope.modules, context.root);
  if (!caller) return [];
  const resolved = resolveReferences(context, caller.scope, allReferences(caller.call?.expressions?.[name]), trail);
  return rest.length === 0
    ? resolved
    : resolved.map((one) => (one.attribute === '' ? { ...one, attribute: rest.join('.') } : one));
}

function resolveEach(
  context: ReferenceContext,
  scope: Scope,
  [, ...rest]: readonly (string | number)[],
  trail: Trail,
): Reference[] {
  const sources = resolveAll(context, { ...scope, forEach: undefined }, scope.forEach?.references ?? [], trail);
  return sources.map((one) => (one.attribute === '' ? { ...one, attribute: rest.join('.') } : one));
}

/** The references an expression tree contains, as texts are written in the plan. */
export function expressionReferences(expression: Expression): ParsedReference[] {
  if (expression.kind === 'reference') {
    const steps: (string | number)[] = [];
    for (const step of expression.steps) {
      if (step.kind === 'attribute') steps.push(step.name);
      else if (step.key.kind === 'literal' && step.key.value !== null)
        steps.push(typeof step.key.value === 'boolean' ? String(step.key.value) : step.key.value);
      else break;
    }
    return [{ root: expression.root, steps }];
  }
  return Object.values(expression).flatMap((part: unknown) => nestedReferences(part));
}

const nestedReferences = (part: unknown): ParsedReference[] => {
  if (Array.isArray(part)) return part.flatMap(nestedReferences);
  if (typeof part !== 'object' || part === null) return [];
  if ('kind' in part && part.kind !== 'attribute' && part.kind !== 'index')
    return expressionReferences(part as Expression);
  return Object.values(part).flatMap(nestedReferences);
};

function resolveLocal(
  context: ReferenceContext,
  scope: Scope,
  name: string,
  rest: readonly (string | number)[],
  trail: Trail,
): Reference[] {
  const expression = context.expressions(callPath(scope.modules), { kind: 'local', name });
  if (!expression) return [];
  const module: Scope = { ...scope, key: undefined, forEach: undefined, owner: undefined };
  const resolved = expressionReferences(expression).flatMap((one) => resolveParsed(context, module, one, trail));
  return resolved.map((one) => (one.attribute === '' && rest.length > 0 ? { ...one, attribute: rest.join('.') } : one));
}

function resolveParsed(
  context: ReferenceContext,
  scope: Scope,
  { root, steps }: ParsedReference,
  trail: Trail,
): Reference[] {
  trail.budget.steps -= 1;
  if (trail.depth > MAX_DEPTH || trail.budget.steps < 0) return [];
  const [first, ...rest] = steps;
  switch (root) {
    case 'var':
      return resolveVariable(context, scope, String(first), rest, deeper(trail));
    case 'local':
      return resolveLocal(context, scope, String(first), rest, deeper(trail));
    case 'module':
      return resolveModule(context, scope, steps, deeper(trail));
    case 'each':
      return resolveEach(context, scope, steps, deeper(trail));
    case 'data':
      return resolveBlock(context, scope, 'data', steps);
    case 'count':
    case 'path':
    case 'self':
    case 'terraform':
      return [];
    default:
      return resolveBlock(context, scope, 'managed', [root, ...steps]);
  }
}

const CHOOSES = /^(?:each|count)\./;

/** Resolves the references of one expression to resource instances, through module inputs and outputs, locals and `each`. */
export function resolveReferences(
  context: ReferenceContext,
  scope: Scope,
  references: readonly string[],
  trail = begin(),
): Reference[] {
  // `x[each.key]` names both, `x[*]` names `x` alone and means all of them.
  const chooses = references.some((reference) => CHOOSES.test(reference));
  const resolved = resolveAll(context, chooses ? scope : { ...scope, key: undefined }, references, trail);
  return trail.budget.steps < 0 ? [] : resolved;
}

function resolveAll(context: ReferenceContext, scope: Scope, references: readonly string[], trail: Trail): Reference[] {
  const resolved = longestReferences(references).flatMap((text) =>
    resolveParsed(context, scope, parseReference(text), trail),
  );
  const unique = new Map(resolved.map((one) => [`${one.address} ${one.attribute}`, one]));
  return [...unique.values()];
}

/** Resolves a reference that is already parsed. `budget` is shared with whoever asks for many. */
export function resolveReference(
  context: ReferenceContext,
  scope: Scope,
  reference: ParsedReference,
  budget?: Budget,
): Reference[] {
  const trail = begin(budget);
  const resolved = resolveParsed(context, scope, reference, trail);
  return trail.budget.steps < 0 ? [] : resolved;
}
