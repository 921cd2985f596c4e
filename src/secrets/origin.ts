import { blockIn, moduleAt } from '../plan/configuration.ts';
import type { ExpressionSummary } from '../plan/configuration.ts';
import { parseAddress } from '../plan/address.ts';
import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { Json } from '../plan/value.ts';
import { changedLeaves, valuesAt } from './plan-text.ts';
import type { Path } from './plan-text.ts';

/** Data sources that fetch secrets from where they belong. */
const SECRET_STORE =
  /^(?:aws_(?:secretsmanager_|ssm_parameter|kms_secrets|ecr_authorization|rds_.*token|eks_cluster_auth)|vault_|onepassword_|azurerm_key_vault_|google_secret_)/;

/** Resources and data sources whose results Terraform makes up itself. */
const GENERATOR = /^(?:random_|tls_private_key|tls_self_signed|time_)/;

/** Shorter values are too common to say where another text comes from. */
const TELLING = 6;

/** Knows which values of a plan were not written in the code: what the pipeline passes in, fetches or generates. */
export interface Origins {
  /** True when the text is, or mostly is, a value that was fetched from a store of secrets or generated. */
  isFetched(text: string): boolean;
  /** True when the text is, or mostly is, the value of a variable that the code has no such default for. */
  isPassedIn(text: string): boolean;
}

const texts = (value: Json | undefined): string[] =>
  [...changedLeaves(value, undefined)].map(({ text }) => text).filter((text) => text.length >= TELLING);

const isSource = ({ mode, type }: Change): boolean =>
  mode === 'data' ? SECRET_STORE.test(type) : GENERATOR.test(type);

function passedIn({ variables, configuration }: Plan): string[] {
  const declared = configuration.root_module?.variables ?? {};
  return Object.entries(variables).flatMap(([name, value]) => {
    const defaults = new Set(texts(declared[name]?.default));
    return texts(value).filter((text) => !defaults.has(text));
  });
}

/** Looks where the values of a plan come from. */
export function originsOf(plan: Plan): Origins {
  const fetched = new Set(
    plan.changes.filter(isSource).flatMap(({ before, after }) => [...texts(before), ...texts(after)]),
  );
  const given = new Set(passedIn(plan));
  const holds = (known: ReadonlySet<string>, text: string): boolean =>
    known.has(text) || [...known].some((value) => value.length * 2 >= text.length && text.includes(value));
  return { isFetched: (text) => holds(fetched, text), isPassedIn: (text) => holds(given, text) };
}

/** The constants or references that the configuration has at a dotted path of a resource. */
export function expressionsAt(
  plan: Plan,
  change: Change,
  names: readonly string[],
): (ExpressionSummary & { readonly path: Path })[] {
  const { modules, mode, type, name } = parseAddress(change.address);
  const module = moduleAt(
    plan.configuration.root_module,
    modules.map((step) => step.name),
  );
  const tree = blockIn(module, mode, type, name)?.expressions as Json | undefined;
  return descend(tree, names, []);
}

/** Goes down an expression tree; a constant block or map is gone into, references cover all that is below. */
function descend(
  node: Json | undefined,
  names: readonly string[],
  path: Path,
): (ExpressionSummary & { readonly path: Path })[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((item, index) => descend(item, names, [...path, index]));
  const { constant_value: constant, references } = node as ExpressionSummary;
  if (constant !== undefined)
    return valuesAt(constant, names, path).map(({ value, path: at }) => ({ constant_value: value, path: at }));
  if (Array.isArray(references)) return [{ references, path }];
  const [name, ...rest] = names;
  return name === undefined ? [] : descend((node as { readonly [key: string]: Json })[name], rest, [...path, name]);
}

/** True when an expression is made of nothing but literals, variables and local values. */
export const isFromCode = ({ references = [] }: ExpressionSummary): boolean =>
  references.every((reference) => /^(?:var|local|each|count|path)\./.test(reference));
