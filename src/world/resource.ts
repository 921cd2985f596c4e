import { parseAddress } from '../plan/address.ts';
import type { Action, Change } from '../plan/change.ts';
import { allReferences, type ResourceConfiguration } from '../plan/configuration.ts';
import type { StateResource } from '../plan/plan.ts';
import type { Expression } from '../plan/expression.ts';
import { type Json, type Reference, Unknown, type Value } from '../plan/value.ts';
import { effectiveDefault } from './defaults.ts';
import { expressionAt } from './expression-at.ts';
import { covers, jsonAt, maskAt, withUnknown } from './mask.ts';
import { isRetagged } from './retagged.ts';
import { resourceScope, type Scope } from './scope.ts';
import type { Resource, Side } from './world.ts';

type Path = readonly (string | number)[];

/** What a resource asks of its plan; everything here may need other resources. */
export interface Surroundings {
  identityOf(address: string): string;
  isRecreated(address: string): boolean;
  configurationOf(resource: PlanResource): ResourceConfiguration | undefined;
  resolve(scope: Scope, references: readonly string[]): Reference[];
  /** True when HCL says something for this path that the plan's configuration leaves out (a `dynamic` block). */
  isInSource(resource: PlanResource, path: Path): boolean;
  expressionOf(resource: PlanResource, path: Path): Expression | undefined;
  document(resource: PlanResource, path: Path): Value;
}

/** Where the values of a resource come from: a change of the plan, or the prior state for what the plan leaves alone. */
type Origin =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'state'; readonly state: StateResource };

/** One instance on one side of the plan. Nothing is computed before it is asked for: plans have 100,000 of these. */
export class PlanResource implements Resource {
  readonly side: Side;
  readonly address: string;
  readonly type: string;
  readonly name: string;
  private readonly origin: Origin;
  private readonly surroundings: Surroundings;
  private readonly values: Json | undefined;
  private readonly unknown: Json;

  constructor(side: Side, origin: Origin, surroundings: Surroundings) {
    const { address, mode, type, name } = origin.kind === 'change' ? origin.change : origin.state;
    this.side = side;
    this.origin = origin;
    this.surroundings = surroundings;
    this.address = address;
    this.type = mode === 'data' ? `data.${type}` : type;
    this.name = name;
    this.values = origin.kind === 'state' ? origin.state.values : origin.change[side === 'before' ? 'before' : 'after'];
    this.unknown = origin.kind === 'change' && side === 'after' ? origin.change.afterUnknown : false;
  }

  get change(): Change | undefined {
    return this.origin.kind === 'change' ? this.origin.change : undefined;
  }

  get previousAddress(): string | undefined {
    return this.change?.previousAddress;
  }

  get identity(): string {
    return this.surroundings.identityOf(this.address);
  }

  get module(): string {
    return this.change?.moduleAddress ?? (this.origin.kind === 'state' ? moduleOf(this.address) : '');
  }

  get action(): Action {
    return this.change?.action ?? 'no-op';
  }

  get fate(): Resource['fate'] {
    const change = this.change;
    if (!change || change.oldObject === 'kept' || change.oldObject === 'none') return 'kept';
    if (change.action === 'replace') return 'replaced';
    if (change.oldObject === 'forgotten') return 'forgotten';
    return this.surroundings.isRecreated(this.address) ? 'recreated' : 'destroyed';
  }

  get actionReason(): string | undefined {
    return this.change?.actionReason;
  }

  get replacePaths(): readonly Path[] {
    return this.change?.replacePaths ?? [];
  }

  get touched(): boolean {
    const change = this.change;
    if (!change || change.action === 'no-op' || change.action === 'read') return this.imported;
    return !isRetagged(change);
  }

  get imported(): boolean {
    return this.change?.importing ?? false;
  }

  /** The scope in which the expressions of this instance stand. */
  get scope(): Scope {
    return resourceScope(parseAddress(this.address), this.surroundings.configurationOf(this));
  }

  get(...path: (string | number)[]): Value {
    const value = jsonAt(this.values, path);
    const mask = this.unknown === false ? false : maskAt(this.unknown, path);
    if (mask === false || !covers(mask)) return value ?? this.unset(path) ?? null;
    return withUnknown(value, mask, (below) => this.unknownAt(below), path);
  }

  isSensitive(...path: (string | number)[]): boolean {
    if (this.origin.kind === 'state') return covers(maskAt(this.origin.state.sensitive_values, path));
    const { beforeSensitive, afterSensitive } = this.origin.change;
    return covers(maskAt(this.side === 'before' ? beforeSensitive : afterSensitive, path));
  }

  isConfigured(attribute: string): boolean {
    return this.isConfiguredAt([attribute]);
  }

  references(attribute: string, ...path: (string | number)[]): readonly Reference[] {
    return this.side === 'before' ? [] : this.referencesAt([attribute, ...path]);
  }

  written(...path: (string | number)[]): Expression | undefined {
    return this.surroundings.expressionOf(this, path);
  }

  document(attribute: string, ...path: (string | number)[]): Value {
    return this.surroundings.document(this, [attribute, ...path]);
  }

  private unset(path: Path): Json | undefined {
    const [attribute] = path;
    return path.length === 1 ? effectiveDefault(this.type, String(attribute)) : undefined;
  }

  /** An attribute that is unknown because nobody set it has its effective default; a computed one identifies itself. */
  private unknownAt(path: Path): Value {
    if (!this.isConfiguredAt(path)) {
      const fallback = this.unset(path);
      if (fallback !== undefined) return fallback;
      if (path.length > 1 && this.isConfiguredAt(path.slice(0, 1))) return null;
      return new Unknown(undefined, [{ address: this.address, attribute: path.join('.') }]);
    }
    return new Unknown(undefined, this.referencesAt(path));
  }

  private referencesAt(path: Path): Reference[] {
    const configuration = this.surroundings.configurationOf(this);
    const here = expressionAt(configuration?.expressions, path, this.values);
    return here === undefined ? [] : this.surroundings.resolve(this.scope, allReferences(here));
  }

  private isConfiguredAt(path: Path): boolean {
    const configuration = this.surroundings.configurationOf(this);
    // Without configuration nothing proves that nobody set it.
    if (!configuration) return true;
    return (
      expressionAt(configuration.expressions, path, this.values) !== undefined ||
      this.surroundings.isInSource(this, path)
    );
  }
}

const moduleOf = (address: string): string => {
  const { modules } = parseAddress(address);
  const match = modules.length === 0 ? null : /^(?:module\.[^.[]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.)+/u.exec(address);
  return match ? match[0].slice(0, -1) : '';
};
