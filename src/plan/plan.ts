import type { Change } from './change.ts';
import type { Configuration } from './configuration.ts';
import type { Json } from './value.ts';

/** A parsed plan: what planwarden reads of `terraform show -json`. */
export interface Plan {
  /** The file as the user named it; `-` for standard input. */
  readonly path: string;
  readonly formatVersion: string;
  readonly terraformVersion: string | null;
  /** False for `-target` and deferrals; null when the producer does not say (OpenTofu, Terraform before 1.8). */
  readonly complete: boolean | null;
  readonly errored: boolean;
  /** False when an apply would do nothing; null when the producer does not say. */
  readonly applyable: boolean | null;
  /** When it was planned (RFC 3339); null when the producer does not say. */
  readonly timestamp: string | null;
  /** SHA-256 of the file in hex, as `sha256sum` prints it; undefined when nobody asked for it. */
  readonly sha256: string | undefined;
  readonly changes: readonly Change[];
  /** What changed outside of Terraform since the last run: informational. */
  readonly drift: readonly Change[];
  readonly deferred: readonly DeferredChange[];
  readonly configuration: Configuration;
  readonly priorState: StateModule | undefined;
  readonly variables: Readonly<Record<string, Json>>;
  readonly outputs: readonly OutputChange[];
  /** How many actions of providers (Terraform 1.14) the apply invokes; what they do changes no resource. */
  readonly actionInvocations: number;
}

export interface DeferredChange {
  readonly address: string;
  readonly resourceType: string;
  readonly reason: string;
}

export interface OutputChange {
  readonly name: string;
  readonly before: Json;
  readonly after: Json;
  readonly sensitive: boolean;
  /** True when a part of it is known only after apply. */
  readonly unknown: boolean;
}

export interface StateModule {
  readonly address?: string;
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

export interface StateResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly values?: { readonly [key: string]: Json };
  readonly sensitive_values?: Json;
  readonly deposed_key?: string;
}
