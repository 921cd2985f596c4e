import { existsSync, readFileSync } from 'node:fs';
import { builtinPolicies } from '../../src/policy/builtin.ts';
import { kindFor } from '../../src/policy/kind.ts';
import { varied } from '../../src/policy/late.ts';
import { vocabulary } from '../../src/policy/own.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { PlanInput } from '../../src/review-plan.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { type Config, DEFAULT_CONFIG } from '../../src/config/config.ts';
import { readPlan } from '../../src/plan/read.ts';
import { review } from '../../src/review.ts';
import { openSource } from '../../src/source/source.ts';
import { modulesNeeded } from '../../src/source/needed.ts';
import { textsIn } from '../../src/source/texts.ts';
import { stories } from './stories.ts';

/** The stories that prove a policy. */
export interface Proof {
  /** It speaks: a finding of its own is introduced. */
  readonly speaks: readonly string[];
  /** It holds too, and another policy of its concern speaks for it. */
  readonly beside: readonly string[];
  /** The plan changes what it looks at, and it has nothing to say. */
  readonly silent: readonly string[];
}

const MOST = 3;

interface Looked {
  readonly story: string;
  readonly types: ReadonlySet<string>;
  readonly speaks: ReadonlySet<string>;
  readonly beside: ReadonlySet<string>;
  readonly doubts: ReadonlySet<string>;
}

async function inputOf(story: string): Promise<PlanInput> {
  const plan = await readPlan(`__fixtures__/${story}/plan.json`, process.cwd());
  const directory = `__fixtures__/${story}/after`;
  if (!existsSync(directory)) return { plan, source: undefined };
  const source = await openSource(directory, plan.configuration.root_module, { boundary: process.cwd() });
  for (const path of modulesNeeded(plan)) await source.load(path);
  return { plan, source, files: textsIn(directory, process.cwd()) };
}

function configOf(story: string): Config {
  const file = `__fixtures__/${story}/planwarden.yaml`;
  const config = existsSync(file) ? parseConfig(readFileSync(file, 'utf8'), file) : DEFAULT_CONFIG;
  return { ...config, profile: 'all' };
}

const aloneOf = (policy: Policy): Policy => varied(policy, { concern: null, quiet: false });

async function look(story: string, policies: readonly Policy[]): Promise<Looked> {
  const input = await inputOf(story);
  const told = async (all: readonly Policy[]): Promise<{ news: Set<string>; doubts: Set<string> }> => {
    const { findings } = await review({
      plans: [input],
      policies: all,
      config: configOf(story),
      mode: 'review',
      today: '2026-06-01',
      notes: [],
    });
    const of = (status: string): Set<string> =>
      new Set(findings.filter((one) => one.status === status).map(({ policy }) => policy));
    return { news: of('introduced'), doubts: of('undetermined') };
  };
  const [together, alone] = [await told(policies), await told(policies.map(aloneOf))];
  return {
    story,
    types: new Set(input.plan.changes.filter(({ action }) => action !== 'no-op').map(({ type }) => type)),
    speaks: together.news,
    beside: alone.news,
    doubts: alone.doubts,
  };
}

/** Where nothing is wrong comes first: that a policy is silent there says most. */
const wellBuiltFirst = (left: string, right: string): number =>
  Number(right.endsWith('-well-built')) - Number(left.endsWith('-well-built')) || (left < right ? -1 : 1);

/** Reviews every story in the profile `all` and gathers what each policy says, and where it looks and says nothing. */
export async function proofs(): Promise<Record<string, Proof>> {
  const policies = builtinPolicies();
  const { kinds } = vocabulary();
  const looked: Looked[] = [];
  for (const story of stories()) looked.push(await look(story, policies));
  const proofOf = ({ id, subject }: Policy): Proof => {
    const types = subject.flatMap((name) => kindFor(name, kinds).types).filter((type) => type !== '*');
    const isAbout = (one: Looked): boolean =>
      types.length === 0 ? one.types.size > 0 : types.some((type) => one.types.has(type.replace(/^data\./, '')));
    const named = (test: (one: Looked) => boolean): string[] =>
      looked
        .filter(test)
        .map(({ story }) => story)
        .toSorted(wellBuiltFirst)
        .slice(0, MOST);
    return {
      speaks: named((one) => one.speaks.has(id)),
      beside: named((one) => !one.speaks.has(id) && one.beside.has(id)),
      silent: named((one) => isAbout(one) && !one.speaks.has(id) && !one.beside.has(id) && !one.doubts.has(id)),
    };
  };
  return Object.fromEntries(policies.map((policy) => [policy.id, proofOf(policy)]));
}
