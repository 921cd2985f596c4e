import { DEFAULT_CONFIG } from '../../src/config/config.ts';
import type { BuildOptions } from '../../src/subjects/subject.ts';
import { JOINED } from './joined.ts';
import { builtinPolicies } from '../../src/policy/builtin.ts';
import { constants } from '../../src/policy/constants.ts';
import { inProfile } from '../../src/policy/profile.ts';
import { judgeAll } from '../../src/policy/engine.ts';
import type { Judgement } from '../../src/policy/engine.ts';
import { kindsOf, subjectsOf } from '../../src/policy/subjects-of.ts';
import { KINDS } from '../../src/subjects/index.ts';
import { buildWorlds } from '../../src/world/build.ts';
import { noExpressions } from '../../src/world/expressions.ts';
import { changeOf, planOf } from '../support/plan.ts';

type Attributes = { readonly [key: string]: unknown };

/** A resource that is there before and after; undefined where it is not. */
export interface Piece {
  readonly before?: Attributes;
  readonly after?: Attributes;
  readonly unknown?: Attributes;
  readonly sensitive?: Attributes;
  readonly actions?: readonly string[];
  readonly from?: string;
  readonly expressions?: Attributes;
}

function actionsOf({ before, after, actions }: Piece): readonly string[] {
  if (actions) return actions;
  if (!before) return ['create'];
  if (!after) return ['delete'];
  return JSON.stringify(before) === JSON.stringify(after) ? ['no-op'] : ['update'];
}

const block = (address: string, { before, after, expressions }: Piece): object => {
  const [type, name] = address.split('.');
  const constant = Object.fromEntries(
    Object.entries(after ?? before ?? {}).map(([key, value]) => [key, { constant_value: value }]),
  );
  return { address, mode: 'managed', type, name, expressions: expressions ?? constant };
};

/** What the built-in policies of some services say about a plan made of these resources. */
export function judgementsOf(
  services: readonly string[],
  pieces: Readonly<Record<string, Piece>>,
  config: Partial<Omit<BuildOptions, 'audit'>> = {},
): Judgement[] {
  const policies = inProfile(builtinPolicies(), DEFAULT_CONFIG).filter(
    ({ id }) => JOINED.includes(id) && services.some((service) => id.startsWith(service)),
  );
  const plan = planOf({
    resource_changes: Object.entries(pieces).map(([address, piece]) =>
      changeOf(
        address,
        actionsOf(piece),
        {
          before: piece.before ?? null,
          after: piece.after ?? null,
          after_unknown: piece.unknown ?? {},
          before_sensitive: piece.sensitive ?? {},
          after_sensitive: piece.sensitive ?? {},
        },
        piece.from === undefined ? {} : { previous_address: piece.from },
      ),
    ),
    configuration: {
      root_module: { resources: Object.entries(pieces).map(([address, piece]) => block(address, piece)) },
    },
  });
  const worlds = buildWorlds(plan, noExpressions);
  const touched = new Set(plan.changes.filter(({ action }) => action !== 'no-op').map(({ type }) => type));
  const gone = new Set(
    worlds.before
      .resources(...touched)
      .filter(({ fate }) => fate === 'destroyed' || fate === 'forgotten')
      .map(({ identity }) => identity),
  );
  const subjects = subjectsOf(kindsOf(policies, KINDS), worlds, touched, {
    ...DEFAULT_CONFIG,
    publicBuckets: [],
    ...config,
    audit: false,
  });
  return judgeAll(policies, subjects, {
    audit: false,
    constants: constants(),
    isGone: (identity) => gone.has(identity),
  });
}

/** `policy status severity` of each judgement. */
export const told = (...args: Parameters<typeof judgementsOf>): string[] =>
  judgementsOf(...args).map(({ policy, status, severity }) => `${policy.id} ${status} ${severity}`);
