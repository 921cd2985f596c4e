import { type InstanceKey, parseAddress, parseModuleAddress } from '../plan/address.ts';
import type { Change } from '../plan/change.ts';
import { blockIn, moduleAt, type ModuleConfiguration, type ResourceConfiguration } from '../plan/configuration.ts';
import type { Expression } from '../plan/expression.ts';
import type { Plan, StateModule, StateResource } from '../plan/plan.ts';
import { isUnknown, type Json, type Reference, Unknown, type Value } from '../plan/value.ts';
import { asDocument, deferredDocument, parseJsonText } from './document.ts';
import { evaluate, type EvaluationContext } from './evaluate.ts';
import type { ExpressionLookup } from './expressions.ts';
import { pairRecreated, recreationCandidates } from './pairing.ts';
import { resolveReferences } from './references.ts';
import { PlanResource, type Surroundings } from './resource.ts';
import { blockKey, callPath } from './scope.ts';
import type { Resource, Side, World, Worlds } from './world.ts';

type Origin = ConstructorParameters<typeof PlanResource>[1];

const DEFERRED_JSON = new Set(['json', 'minified_json']);

/** All instances of one side, made when first asked for. */
class PlanWorld implements World {
  readonly side: Side;
  readonly account: string | undefined;
  private readonly origins: ReadonlyMap<string, readonly Origin[]>;
  private readonly surroundings: Surroundings;
  private readonly made = new Map<string, readonly PlanResource[]>();
  /** By type, then by attribute. */
  private readonly indexes = new Map<string, Map<string, Map<string, PlanResource>>>();
  private addresses: Map<string, PlanResource> | undefined;

  constructor(
    side: Side,
    origins: ReadonlyMap<string, readonly Origin[]>,
    surroundings: Surroundings,
    account: string | undefined,
  ) {
    this.side = side;
    this.origins = origins;
    this.surroundings = surroundings;
    this.account = account;
  }

  get types(): Iterable<string> {
    return this.origins.keys();
  }

  resources(...types: string[]): readonly PlanResource[] {
    const [only] = types;
    return types.length === 1 && only !== undefined ? this.ofType(only) : types.flatMap((type) => this.ofType(type));
  }

  at(address: string): PlanResource | undefined {
    this.addresses ??= new Map(
      [...this.origins.keys()].flatMap((type) => this.ofType(type)).map((resource) => [resource.address, resource]),
    );
    return this.addresses.get(address);
  }

  find(types: readonly string[], attribute: string, value: string): PlanResource | undefined {
    for (const type of types) {
      const found = this.index(type, attribute).get(value);
      if (found) return found;
    }
    return undefined;
  }

  target(
    from: Resource,
    attribute: string,
    types: readonly string[],
    keys: readonly string[] = ['id', 'arn', 'name'],
  ): PlanResource | undefined {
    const value = from.get(attribute);
    if (typeof value === 'string') {
      for (const key of keys) {
        const found = this.find(types, key, value);
        if (found) return found;
      }
    }
    const referenced = from
      .references(attribute)
      .map((reference) => this.at(reference.address))
      .filter((resource) => resource !== undefined && types.includes(resource.type));
    return referenced.length === 1 ? referenced[0] : undefined;
  }

  identify(from: Resource, attribute: string, types: readonly string[], keys?: readonly string[]): string | undefined {
    const target = this.target(from, attribute, types, keys);
    if (target) return target.identity;
    const value = from.get(attribute);
    if (typeof value === 'string') return value;
    const [only, ...others] = isUnknown(value) ? value.references : [];
    return only && others.length === 0 ? `${only.address}.${only.attribute}` : undefined;
  }

  private ofType(type: string): readonly PlanResource[] {
    let resources = this.made.get(type);
    if (!resources) {
      resources = (this.origins.get(type) ?? []).map(
        (origin) => new PlanResource(this.side, origin, this.surroundings),
      );
      this.made.set(type, resources);
    }
    return resources;
  }

  private index(type: string, attribute: string): Map<string, PlanResource> {
    let ofType = this.indexes.get(type);
    if (!ofType) this.indexes.set(type, (ofType = new Map()));
    let index = ofType.get(attribute);
    if (!index) {
      index = new Map();
      for (const resource of this.ofType(type)) {
        const value = resource.get(attribute);
        if (typeof value === 'string' && !index.has(value)) index.set(value, resource);
      }
      ofType.set(attribute, index);
    }
    return index;
  }
}

const typeOf = (mode: string, type: string): string => (mode === 'data' ? `data.${type}` : type);

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function* stateResources(module: StateModule | undefined): Iterable<StateResource> {
  if (!module) return;
  yield* module.resources ?? [];
  for (const child of module.child_modules ?? []) yield* stateResources(child);
}

/** Sorts the plan's entries by side and type; the prior state adds the neighbours that the plan does not mention. */
function originsOf(plan: Plan): Record<Side, Map<string, Origin[]>> {
  const sides = { before: new Map<string, Origin[]>(), after: new Map<string, Origin[]>() };
  const mentioned = new Set<string>();
  for (const change of plan.changes) {
    if (change.deposed !== undefined) continue;
    if (plan.priorState !== undefined) {
      mentioned.add(change.address);
      if (change.previousAddress !== undefined) mentioned.add(change.previousAddress);
    }
    const origin: Origin = { kind: 'change', change };
    const type = typeOf(change.mode, change.type);
    if (change.before !== null) push(sides.before, type, origin);
    if (change.after !== null) push(sides.after, type, origin);
  }
  for (const state of stateResources(plan.priorState)) {
    if (state.deposed_key !== undefined || mentioned.has(state.address)) continue;
    const origin: Origin = { kind: 'state', state };
    const type = typeOf(state.mode, state.type);
    push(sides.before, type, origin);
    push(sides.after, type, origin);
  }
  return sides;
}

const ACCOUNT_IN_ARN = /^arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:(\d{12}):/;

/** Own account id: what aws_caller_identity says, else the one that most ARNs of the first resources carry. */
function accountOf(origins: Record<Side, Map<string, Origin[]>>): string | undefined {
  const valuesOf = (origin: Origin): Json | undefined =>
    origin.kind === 'state' ? origin.state.values : (origin.change.before ?? origin.change.after);
  const read = (origin: Origin, attribute: string): string => {
    const value = (valuesOf(origin) as { [key: string]: Json } | undefined)?.[attribute];
    return typeof value === 'string' ? value : '';
  };
  const [caller] = origins.after.get('data.aws_caller_identity') ?? [];
  const told = caller ? read(caller, 'account_id') : '';
  if (told !== '') return told;
  const counts = new Map<string, number>();
  for (const list of origins.before.values()) {
    for (const origin of list.slice(0, 3)) {
      const account = ACCOUNT_IN_ARN.exec(read(origin, 'arn'))?.[1];
      if (account !== undefined) counts.set(account, (counts.get(account) ?? 0) + 1);
    }
  }
  return [...counts].toSorted(([, left], [, right]) => right - left)[0]?.[0];
}

/** Everything that resources of one plan may ask of each other. */
class PlanSurroundings implements Surroundings, EvaluationContext {
  readonly expressions: ExpressionLookup;
  readonly root;
  readonly recreated = new Map<string, string>();
  worlds: { readonly before: PlanWorld; readonly after: PlanWorld } | undefined;
  private readonly plan: Plan;
  private blocks: Map<string, { address: string; key: InstanceKey | undefined }[]> | undefined;
  private readonly modules = new Map<string, ModuleConfiguration | undefined>();
  private serial = 0;

  constructor(plan: Plan, expressions: ExpressionLookup) {
    this.plan = plan;
    this.expressions = expressions;
    this.root = plan.configuration.root_module;
  }

  readonly nextSerial = (): number => ++this.serial;

  identityOf(address: string): string {
    return this.recreated.get(address) ?? address;
  }

  isRecreated(address: string): boolean {
    return this.recreated.has(address);
  }

  configurationOf(resource: PlanResource): ResourceConfiguration | undefined {
    const { change } = resource;
    if (change?.moduleAddress !== undefined)
      return blockIn(this.moduleOf(change.moduleAddress), change.mode, change.type, change.name);
    const { modules, mode, type, name } = parseAddress(resource.address);
    return blockIn(moduleAt(this.root, callPath(modules)), mode, type, name);
  }

  /** A module of a large plan has many resources: its address is read once. */
  private moduleOf(address: string): ModuleConfiguration | undefined {
    const known = this.modules.get(address);
    if (known !== undefined || this.modules.has(address)) return known;
    const found = moduleAt(this.root, callPath(parseModuleAddress(address)));
    this.modules.set(address, found);
    return found;
  }

  resolve(scope: Parameters<typeof resolveReferences>[1], references: readonly string[]): Reference[] {
    return resolveReferences(this, scope, references);
  }

  instances(block: string): readonly { readonly address: string; readonly key: InstanceKey | undefined }[] {
    if (!this.blocks) {
      this.blocks = new Map();
      for (const type of this.worlds?.after.types ?? []) {
        for (const { address } of this.worlds?.after.resources(type) ?? []) {
          const parsed = parseAddress(address);
          push(this.blocks, blockKey(parsed.modules, parsed.mode, parsed.type, parsed.name), {
            address,
            key: parsed.key,
          });
        }
      }
    }
    return this.blocks.get(block) ?? [];
  }

  isInSource(resource: PlanResource, path: readonly (string | number)[]): boolean {
    const block = this.expressionOf(resource, path.slice(0, 1));
    return block !== undefined && mayWrite(block, path.slice(1));
  }

  rootVariable(name: string): Json | undefined {
    const isSecret = this.root?.variables?.[name]?.sensitive === true;
    return isSecret ? undefined : this.plan.variables[name];
  }

  valueOf(reference: Reference): Value {
    const resource = this.worlds?.after.at(reference.address);
    if (!resource || reference.attribute === '') return new Unknown(undefined, [reference]);
    const path = reference.attribute.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    if (resource.isSensitive(...path)) return new Unknown('it is sensitive', [reference]);
    const value = resource.get(...path);
    if (!isUnknown(value)) return value;
    if (resource.type === 'data.aws_iam_policy_document' && DEFERRED_JSON.has(reference.attribute))
      return this.deferred(resource);
    return this.standIn(resource, path) ?? new Unknown(value.because, [reference]);
  }

  document(resource: PlanResource, path: readonly (string | number)[]): Value {
    const value = resource.get(...path);
    if (typeof value === 'string') return parseJsonText(value);
    if (!isUnknown(value)) return value;
    const fromSource = this.expressionOf(resource, path);
    if (fromSource) {
      const evaluated = asDocument(evaluate(fromSource, resource.scope, this));
      if (!isUnknown(evaluated)) return evaluated;
    }
    const [only, ...others] = value.references;
    return only && others.length === 0 ? asDocument(this.valueOf(only)) : value;
  }

  private deferred(dataSource: PlanResource): Value {
    return deferredDocument(dataSource, (path) => {
      const expression = this.expressionOf(dataSource, path);
      return expression && evaluate(expression, dataSource.scope, this);
    });
  }

  /** What the same object is called today, for comparing a document that names it with the one that is deployed. */
  private standIn(resource: PlanResource, path: readonly (string | number)[]): Value | undefined {
    const deployed = this.worlds?.before.at(resource.address)?.get(...path);
    return typeof deployed === 'string' ? deployed : undefined;
  }

  expressionOf(resource: PlanResource, path: readonly (string | number)[]) {
    const { modules, mode, type, name } = parseAddress(resource.address);
    return this.expressions(callPath(modules), { kind: mode === 'data' ? 'data' : 'resource', type, name, path });
  }
}

/** True when an expression may say something at a path below it; blocks of a set stand in any order. */
function mayWrite(expression: Expression, path: readonly (string | number)[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  switch (expression.kind) {
    case 'tuple':
      return expression.items.some((item) => mayWrite(item, typeof step === 'number' ? rest : path));
    case 'object': {
      if (typeof step === 'number') return mayWrite(expression, rest);
      const entries = expression.entries.filter(({ key }) => key.kind !== 'literal' || key.value === step);
      return entries.some(({ key, value }) => key.kind !== 'literal' || mayWrite(value, rest));
    }
    case 'for':
      return expression.key !== null || mayWrite(expression.value, typeof step === 'number' ? rest : path);
    case 'call':
      return expression.name !== 'concat' || expression.arguments.some((one) => mayWrite(one, path));
    default:
      return true;
  }
}

/** A destroy plan deletes every managed resource there is. */
const destroysEverything = (changes: readonly Change[]): boolean => {
  const isManaged = (change: Change): boolean => change.mode === 'managed' && change.deposed === undefined;
  return changes.some(isManaged) && changes.every((change) => change.action === 'delete' || !isManaged(change));
};

/**
 * Builds the two worlds of a plan. References resolve through modules, outputs and data sources; with `expressions` from
 * the HCL source also through locals and deferred `jsonencode` documents.
 */
export function buildWorlds(plan: Plan, expressions: ExpressionLookup): Worlds {
  const origins = originsOf(plan);
  const account = accountOf(origins);
  const surroundings = new PlanSurroundings(plan, expressions);
  const before = new PlanWorld('before', origins.before, surroundings, account);
  const after = new PlanWorld('after', origins.after, surroundings, account);
  surroundings.worlds = { before, after };
  for (const [, candidates] of recreationCandidates(plan.changes)) {
    for (const [deleted, created] of pairRecreated(candidates, before, after))
      surroundings.recreated.set(deleted, created);
  }
  return { plan, before, after, destroysEverything: destroysEverything(plan.changes) };
}
