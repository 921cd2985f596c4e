import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { Json } from '../plan/value.ts';
import { environmentOf } from './environment.ts';
import { expressionsAt, isFromCode } from './origin.ts';
import type { Origins } from './origin.ts';
import { ENVIRONMENTS, USER_DATA, isNeverSecret } from './places.ts';
import { changedLeaves, dotted, someLeaf, valuesAt } from './plan-text.ts';
import type { Context, Path, Place, PlanText } from './plan-text.ts';
import { mayHoldSecret } from './prefilter.ts';
import { SENSITIVE_ARGUMENTS, SENSITIVE_MAPS } from './sensitive-arguments.ts';
import { userDataTexts } from './user-data-texts.ts';
import type { ExpressionLookup } from './written.ts';

/** One side of a change, and what a text must differ from to be looked at. */
export interface Sided {
  readonly change: Change;
  readonly values: Json;
  /** The other side; undefined when every text is looked at. */
  readonly other: Json | undefined;
  /** The other side as it is. */
  readonly counterpart: Json;
  readonly sensitive: Json;
  readonly isAfter: boolean;
}

const typeOf = ({ mode, type }: Change): string => (mode === 'data' ? `data.${type}` : type);

const placeAt = (change: Change, path: Path, context: Context): Place => ({
  address: change.address,
  previousAddress: change.previousAddress,
  resourceType: typeOf(change),
  path,
  context,
});

const isSensitiveAt = (mask: Json, [step, ...rest]: Path): boolean => {
  if (typeof mask !== 'object' || mask === null) return mask === true;
  return step !== undefined && isSensitiveAt((mask as { readonly [key: string]: Json })[step] ?? false, rest);
};

const HAS_OWN_RULE = new Set(Object.keys({ ...ENVIRONMENTS, ...USER_DATA, ...SENSITIVE_ARGUMENTS, ...SENSITIVE_MAPS }));

/** The texts of one side of a resource that may hold a secret. */
export function resourceTexts(
  plan: Plan,
  origins: Origins,
  sided: Sided,
  lookup: ExpressionLookup | undefined,
): PlanText[] {
  const { change, values, other } = sided;
  const mayHoldFormat = someLeaf(values, other, mayHoldSecret);
  if (!mayHoldFormat && !HAS_OWN_RULE.has(change.type)) return [];
  const scripts = userDataTexts(plan, sided, lookup);
  const pairs = [...environment(origins, sided), ...maps(sided)];
  const args = sided.isAfter ? argumentTexts(plan, origins, sided) : [];
  return [...scripts, ...args, ...pairs, ...(mayHoldFormat ? attributes(origins, sided) : [])];
}

/** What no rule of its own is for: known formats are looked for in it. */
function attributes(origins: Origins, { change, values, other, sensitive }: Sided): PlanText[] {
  const variables = new Set(environmentOf(change.type, values).map(({ path }) => path.join('\n')));
  const isVariable = (path: Path): boolean => variables.has(path.join('\n')) && path.length > 1;
  const own = new Set([...(USER_DATA[change.type] ?? []), ...(SENSITIVE_ARGUMENTS[change.type] ?? [])]);
  return [...changedLeaves(values, other)]
    .filter(
      ({ text, path }) =>
        mayHoldSecret(text) && !own.has(dotted(path)) && !isVariable(path) && !isNeverSecret(lastName(path)),
    )
    .filter(
      ({ text, path }) => !origins.isFetched(text) && !(isSensitiveAt(sensitive, path) && origins.isPassedIn(text)),
    )
    .map(({ text, path }) => ({ place: placeAt(change, path, 'attribute'), text, literal: false }));
}

const lastName = (path: Path): string => dotted(path).split('.').at(-1) ?? '';

/** The variables of environments, unchanged ones left out. Values that the plan marks as sensitive are nobody's literals. */
function environment(origins: Origins, { change, values, other, sensitive }: Sided): PlanText[] {
  const old = new Set(
    other === undefined ? [] : environmentOf(change.type, other).map(({ name, value }) => `${name}=${value}`),
  );
  return environmentOf(change.type, values)
    .filter(({ name, value }) => !old.has(`${name}=${value}`) && !origins.isFetched(value))
    .map(({ name, value, path }) => ({
      place: placeAt(change, path, 'environment'),
      text: value,
      name,
      literal: !isSensitiveAt(sensitive, path) && !origins.isPassedIn(value),
    }));
}

/** Free maps of arguments, such as the properties of a connection: judged by name like an environment. */
function maps({ change, values, other }: Sided): PlanText[] {
  return (SENSITIVE_MAPS[change.type] ?? []).flatMap((attribute) =>
    valuesAt(values, attribute.split('.')).flatMap(({ value, path }) => {
      const [before] = valuesAt(other, attribute.split('.'));
      return [...changedLeaves(value, before?.value)].map((leaf) => ({
        place: placeAt(change, [...path, ...leaf.path], 'argument'),
        text: leaf.text,
        name: lastName(leaf.path),
        literal: false,
      }));
    }),
  );
}

/** Sensitive arguments whose values are written in the code. A parameter of type String is no place for secrets. */
function argumentTexts(plan: Plan, origins: Origins, sided: Sided): PlanText[] {
  const { change, values, other } = sided;
  const arguments_ = SENSITIVE_ARGUMENTS[change.type] ?? [];
  const isPlainParameter =
    change.type === 'aws_ssm_parameter' && valuesAt(values, ['type'])[0]?.value !== 'SecureString';
  return arguments_.flatMap((argument) => {
    const names = argument.split('.');
    return expressionsAt(plan, change, names).flatMap((expression) => {
      const written = writtenValues(values, names, expression.path, expression.constant_value);
      const old = valuesAt(other, names).flatMap(({ value }) => value);
      const standing = argument.endsWith('_wo') && isKept(sided, `${argument}_version`);
      if (standing && other !== undefined) return [];
      return written
        .filter(
          ({ text }) =>
            !old.includes(text) && isFromCode(expression) && !origins.isFetched(text) && !origins.isPassedIn(text),
        )
        .map(({ text, path }) => ({
          place: placeAt(change, path, isPlainParameter ? 'attribute' : 'argument'),
          text,
          literal: !isPlainParameter,
          standing,
        }));
    });
  });
}

/** A write-only argument of a resource that stays is written again only when its version changes. */
const isKept = ({ values, counterpart }: Sided, version: string): boolean =>
  counterpart !== null && valuesAt(values, [version])[0]?.value === valuesAt(counterpart, [version])[0]?.value;

/** The constant of an expression, which alone shows write-only arguments; else what the plan shows in its place. */
function writtenValues(
  values: Json,
  names: readonly string[],
  path: Path,
  constant: Json | undefined,
): { readonly text: string; readonly path: Path }[] {
  const found = constant === undefined ? valuesAt(values, names) : [{ value: constant, path }];
  return found
    .flatMap(({ value, path: at }) => [...changedLeaves(value, undefined, at)])
    .filter(({ text }) => text !== '');
}
