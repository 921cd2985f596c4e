import { posix } from 'node:path';
import type { Json } from './value.ts';

/** The `configuration` of a plan as Terraform writes it (plan-format 7): static, without keys and without expression text. */
export interface Configuration {
  readonly provider_config?: Readonly<Record<string, ProviderConfiguration>>;
  readonly root_module?: ModuleConfiguration;
}

export interface ProviderConfiguration {
  readonly name: string;
  /** `registry.terraform.io/hashicorp/aws`. */
  readonly full_name?: string;
  readonly version_constraint?: string;
  readonly alias?: string;
  readonly module_address?: string;
  readonly expressions?: ExpressionTree;
}

export interface ModuleConfiguration {
  readonly resources?: readonly ResourceConfiguration[];
  readonly module_calls?: Readonly<Record<string, ModuleCall>>;
  readonly variables?: Readonly<Record<string, { readonly default?: Json; readonly sensitive?: boolean }>>;
  readonly outputs?: Readonly<
    Record<string, { readonly expression?: ExpressionSummary; readonly sensitive?: boolean }>
  >;
}

export interface ModuleCall {
  readonly source?: string;
  readonly version_constraint?: string;
  readonly expressions?: ExpressionTree;
  readonly count_expression?: ExpressionSummary;
  readonly for_each_expression?: ExpressionSummary;
  readonly module?: ModuleConfiguration;
}

export interface ResourceConfiguration {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly expressions?: ExpressionTree;
  readonly count_expression?: ExpressionSummary;
  readonly for_each_expression?: ExpressionSummary;
  readonly provisioners?: readonly { readonly type: string; readonly expressions?: ExpressionTree }[];
}

/** What Terraform tells of one expression: its constant, or what it refers to, or nothing (a call without references). */
export interface ExpressionSummary {
  readonly constant_value?: Json;
  readonly references?: readonly string[];
}

export type ExpressionTree = { readonly [key: string]: ExpressionSummary | ExpressionTree | readonly ExpressionTree[] };

/** The configuration of the module at a path of call names; undefined when a call is unknown. */
export const moduleAt = (
  root: ModuleConfiguration | undefined,
  calls: readonly string[],
): ModuleConfiguration | undefined =>
  calls.reduce<ModuleConfiguration | undefined>((module, name) => module?.module_calls?.[name]?.module, root);

/** Where the code of each module stands: for local ones the directory from the root module, else their source. */
function codePlaces(
  module: ModuleConfiguration | undefined,
  path: readonly string[],
  place: string,
): [string[], string][] {
  const calls = Object.entries(module?.module_calls ?? {});
  return [
    [[...path], place],
    ...calls.flatMap(([name, { source = '', module: called }]) => {
      const isLocal = source.startsWith('./') || source.startsWith('../');
      return codePlaces(called, [...path, name], isLocal ? posix.join(place, source).replace(/\/$/, '') : source);
    }),
  ];
}

/** The paths of all calls that use the same code as one of them, itself among them. */
export function callsOfSameCode(root: ModuleConfiguration | undefined, path: readonly string[]): string[][] {
  const places = codePlaces(root, [], '.');
  const own = places.find(([other]) => other.join('.') === path.join('.'))?.[1];
  return places.filter(([, place]) => place === own).map(([other]) => other);
}

const blocksOf = new WeakMap<ModuleConfiguration, ReadonlyMap<string, ResourceConfiguration>>();

const blockName = (mode: string, type: string, name: string): string => `${mode} ${type}.${name}`;

/** The block of a resource in its module. Indexed on first use, because a plan may have 100,000 of them in one module. */
export function blockIn(
  module: ModuleConfiguration | undefined,
  mode: string,
  type: string,
  name: string,
): ResourceConfiguration | undefined {
  if (!module) return undefined;
  let blocks = blocksOf.get(module);
  if (!blocks) {
    blocks = new Map(module.resources?.map((block) => [blockName(block.mode, block.type, block.name), block]));
    blocksOf.set(module, blocks);
  }
  return blocks.get(blockName(mode, type, name));
}

/** All references anywhere below an expression tree. */
export function allReferences(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(allReferences);
  if (typeof tree !== 'object' || tree === null) return [];
  const { references } = tree as ExpressionSummary;
  if (Array.isArray(references)) return references.filter((item) => typeof item === 'string');
  return 'constant_value' in tree ? [] : Object.values(tree).flatMap(allReferences);
}

/**
 * Terraform unwraps a reference step by step (`aws_x.y[0].arn`, `aws_x.y[0]`, `aws_x.y`): keeps only the longest of each.
 */
export const longestReferences = (references: readonly string[]): string[] => [
  ...new Set(
    references.filter(
      (one) =>
        !references.some(
          (other) => other.length > one.length && other.startsWith(one) && /[.[]/.test(other[one.length] ?? ''),
        ),
    ),
  ),
];
