import type { ExpressionTree, ModuleConfiguration } from '../plan/configuration.ts';
import type { Plan } from '../plan/plan.ts';
import type { Json } from '../plan/value.ts';
import { PROVIDER_SECRETS } from './places.ts';
import { changedLeaves } from './plan-text.ts';
import type { Context, Leaf, Place, PlanText } from './plan-text.ts';

/** The constant strings below an expression tree. */
function* constants(tree: Json | undefined, path: Leaf['path'] = []): Generator<Leaf> {
  if (typeof tree !== 'object' || tree === null) return;
  if (!Array.isArray(tree) && 'constant_value' in tree) {
    yield* changedLeaves(tree['constant_value'], undefined, path);
    return;
  }
  for (const [key, below] of Object.entries(tree))
    yield* constants(below as Json, [...path, Array.isArray(tree) ? Number(key) : key]);
}

const constantsOf = (tree: ExpressionTree | undefined): Leaf[] => [...constants(tree as Json | undefined)];

const place = (address: string, resourceType: string, path: Place['path'], context: Context): Place => ({
  address,
  resourceType,
  path,
  context,
});

const withModule = (module: string, name: string): string => (module === '' ? name : `${module}.${name}`);

/** Arguments of provider blocks: some are credentials whatever they look like. */
const providerTexts = ({ configuration }: Plan): PlanText[] =>
  Object.values(configuration.provider_config ?? {}).flatMap(
    ({ name, alias, module_address: module = '', expressions }) => {
      const address = withModule(module, ['provider', name, alias].filter((part) => part !== undefined).join('.'));
      return constantsOf(expressions).map(({ text, path }) => {
        const isSecret = PROVIDER_SECRETS.includes(String(path.at(-1)));
        return { place: place(address, 'provider', path, isSecret ? 'argument' : 'provider'), text, literal: isSecret };
      });
    },
  );

/** Defaults of variables, arguments of module calls and provisioners of a module and the modules it calls. */
function* moduleTexts(module: ModuleConfiguration | undefined, address: string): Generator<PlanText> {
  for (const [name, { default: value }] of Object.entries(module?.variables ?? {})) {
    for (const { text, path } of changedLeaves(value, undefined, ['default'])) {
      yield {
        place: place(withModule(address, `var.${name}`), 'variable', path, 'variable'),
        text,
        name,
        literal: true,
      };
    }
  }
  for (const { type, name, provisioners = [] } of module?.resources ?? []) {
    for (const { text } of provisioners.flatMap(({ expressions }) => constantsOf(expressions))) {
      yield {
        place: place(withModule(address, `${type}.${name}`), type, ['provisioner'], 'provisioner'),
        text,
        literal: true,
      };
    }
  }
  for (const [name, call] of Object.entries(module?.module_calls ?? {})) {
    const called = withModule(address, `module.${name}`);
    for (const { text, path } of constantsOf(call.expressions)) {
      yield { place: place(called, 'module', path, 'module-argument'), text, name: String(path.at(-1)), literal: true };
    }
    yield* moduleTexts(call.module, called);
  }
}

/** Outputs that everybody may read; `before` gives what they were. */
export const outputTexts = ({ outputs }: Plan, side: 'before' | 'after', all: boolean): PlanText[] =>
  outputs
    .filter(({ sensitive }) => !sensitive)
    .flatMap((output) =>
      [...changedLeaves(output[side], all ? undefined : output[side === 'before' ? 'after' : 'before'])].map(
        ({ text, path }) => ({
          place: place(`output.${output.name}`, 'output', path.length === 0 ? ['value'] : ['value', ...path], 'output'),
          text,
          name: output.name,
          literal: false,
        }),
      ),
    );

/** The texts of the configuration that no resource of the plan shows. The plan does not say what they were before. */
export const configurationTexts = (plan: Plan): PlanText[] => [
  ...providerTexts(plan),
  ...moduleTexts(plan.configuration.root_module, ''),
];
