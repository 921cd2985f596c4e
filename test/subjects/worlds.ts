import { JOINED } from './joined.ts';
import { readFileSync, readdirSync } from 'node:fs';
import type { Plan } from '../../src/plan/plan.ts';
import { constants } from '../../src/policy/constants.ts';
import { judgeAll } from '../../src/policy/engine.ts';
import type { Judgement } from '../../src/policy/engine.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { kindsOf, subjectsOf } from '../../src/policy/subjects-of.ts';
import { KINDS } from '../../src/subjects/index.ts';
import { buildWorlds } from '../../src/world/build.ts';
import { noExpressions } from '../../src/world/expressions.ts';
import type { Worlds } from '../../src/world/world.ts';
import type { BuildOptions, FactValue, Subject, SubjectKind } from '../../src/subjects/subject.ts';
import { changeOf, planOf } from '../support/plan.ts';

/** What the plan does to one instance. `unknown` and `configured` name attributes; `refers` maps them to references. */
export interface Piece {
  readonly address: string;
  readonly before?: object | null;
  readonly after?: object | null;
  readonly unknown?: object;
  readonly refers?: Readonly<Record<string, readonly string[]>>;
  readonly configured?: readonly string[];
  readonly previousAddress?: string;
  readonly actions?: readonly string[];
}

function actionsOf({ before = null, after = null, actions }: Piece): readonly string[] {
  if (actions) return actions;
  if (before === null) return ['create'];
  if (after === null) return ['delete'];
  return JSON.stringify(before) === JSON.stringify(after) ? ['no-op'] : ['update'];
}

const expressionsOf = ({ after, refers = {}, configured, unknown = {} }: Piece): object => ({
  ...Object.fromEntries((configured ?? Object.keys({ ...after })).map((name) => [name, { constant_value: null }])),
  ...Object.fromEntries(Object.keys(refers).map((name) => [name, { references: refers[name] }])),
  ...(configured
    ? {}
    : Object.fromEntries(
        Object.keys(unknown)
          .filter((name) => !(name in refers))
          .map((name) => [name, { references: ['var.unknown'] }]),
      )),
});

function blockOf(piece: Piece): object {
  const [type = '', rest = ''] = piece.address.split('.');
  const name = rest.replace(/\[.*/, '');
  return { address: `${type}.${name}`, mode: 'managed', type, name, expressions: expressionsOf(piece) };
}

/** Both worlds of a small plan. */
export const worldsOf = (pieces: readonly Piece[]): Worlds => buildWorlds(smallPlan(pieces), noExpressions);

/** A plan of a few pieces. */
export function smallPlan(pieces: readonly Piece[]): Plan {
  const changes = pieces.map((piece) =>
    changeOf(
      piece.address,
      actionsOf(piece),
      { before: piece.before ?? null, after: piece.after ?? null, after_unknown: piece.unknown ?? {} },
      piece.previousAddress ? { previous_address: piece.previousAddress } : {},
    ),
  );
  const blocks = [
    ...new Map(
      pieces.filter(({ after }) => after).map((piece) => [piece.address.replace(/\[.*/, ''), blockOf(piece)]),
    ).values(),
  ];
  return planOf({ resource_changes: changes, configuration: { root_module: { resources: blocks } } });
}

export const REVIEW: BuildOptions = {
  audit: false,
  ownAccounts: [],
  trustedAccounts: [],
  organizationId: undefined,
  logBuckets: [],
  publicBuckets: [],
  breakGlass: [],
};

/** Facts as people read them: typed facts by their text. */
export const readable = ({ object }: Subject): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).map(([name, fact]) => [name, isTyped(fact) ? fact.toString() : fact]));

const isTyped = (fact: unknown): fact is FactValue => typeof fact === 'object' && fact !== null && 'fact' in fact;

/** Builds a kind on a small plan; both sides by id. */
export function build(
  kind: SubjectKind,
  pieces: readonly Piece[],
  options = REVIEW,
): Record<'before' | 'after', Map<string, Subject>> {
  const { before, after } = kind.build(worldsOf(pieces), options);
  return { before: byId(before), after: byId(after) };
}

const byId = (subjects: readonly Subject[]): Map<string, Subject> =>
  new Map(subjects.map((subject) => [subject.id, subject]));

/** The services whose policies are about networks and what stands in them. */
const SERVICES = ['security-group', 'vpc', 'rds', 'ec2', 'ebs'];

let loaded: Policy[] | undefined;

const policies = (): Policy[] => (loaded ??= loadPolicies());

const loadPolicies = (): Policy[] =>
  SERVICES.flatMap((service) => readdirSync(`policies/${service}`).map((file) => `${service}/${file}`))
    .filter((file) => JOINED.includes(file.replace('.yaml', '')))
    .map((file) =>
      loadPolicy(readFileSync(`policies/${file}`, 'utf8'), file.replace('.yaml', ''), file, {
        kinds: new Map(KINDS.map((kind) => [kind.name, kind])),
        constants: constants(),
      }),
    );

/** What these policies say of a plan. */
export function judge(plan: Plan, options = REVIEW): Judgement[] {
  const all = policies();
  const worlds = buildWorlds(plan, noExpressions);
  const touched = new Set(
    plan.changes.filter(({ action, importing }) => action !== 'no-op' || importing).map(({ type }) => type),
  );
  const gone = plan.changes
    .filter(({ action }) => action === 'delete')
    .map(({ address }) => worlds.before.at(address)?.identity);
  return judgeAll(all, subjectsOf(kindsOf(all, KINDS), worlds, touched, options), {
    audit: options.audit,
    constants: constants(),
    isGone: (identity) => gone.includes(identity),
  });
}

/** The same in short, without what was there before: `introduced critical rds/publicly-accessible aws_db_instance.main`. */
export const news = (plan: Plan): string[] =>
  judge(plan)
    .filter(({ status }) => status !== 'persisting')
    .map(({ status, severity, policy, subject }) => `${status} ${severity} ${policy.id} ${subject.address}`);
