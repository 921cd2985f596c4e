import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import {
  CONFIG_FILES,
  type Config,
  DEFAULT_CONFIG,
  type OnUnknown,
  type Profile,
  type SimulatorChoice,
} from './config/config.ts';
import type { Location, Waiver } from './finding/finding.ts';
import type { Mode, Review } from './finding/review.ts';
import type { FailOn } from './finding/severity.ts';
import { expandPlanPaths } from './plan/files.ts';
import type { SourceText } from './secrets/source-text.ts';
import type { Plan } from './plan/plan.ts';
import { readPlan } from './plan/read.ts';
import { inProfile } from './policy/profile.ts';
import { builtinPolicies } from './policy/builtin.ts';
import { varied } from './policy/late.ts';
import type { Policy } from './policy/policy.ts';
import { review } from './review.ts';
import type { ReadDeciding } from './review-accept.ts';
import { simulatorFor } from './run-simulator.ts';
import type { PlanInput } from './review-plan.ts';
import { modulesNeeded } from './source/needed.ts';
import type { Source } from './source/source.ts';
import { UserError } from './text/user-error.ts';

/** A configuration file that somebody already read (the Action takes it from the base branch). */
export interface ConfigText {
  readonly path: string;
  readonly text: string;
}

/** The words of the command line and of the Action's inputs; what is left out comes from the configuration. */
export interface RunOptions {
  /** Paths, globs, or `-` for standard input. */
  readonly plans: readonly string[];
  /** The Terraform code; left out, it is looked for beside the plan and in `cwd`. */
  readonly source?: string | undefined;
  /** A path to read, a text that was read elsewhere, or nothing: then what {@link findConfigFile} finds. */
  readonly config?: string | ConfigText | null | undefined;
  /** Directories of own policies, beside those of the configuration. */
  readonly policies?: readonly string[] | undefined;
  readonly mode: Mode;
  readonly profile?: Profile | undefined;
  readonly failOn?: FailOn | undefined;
  readonly onUnknown?: OnUnknown | undefined;
  readonly simulator?: SimulatorChoice | undefined;
  readonly cwd: string;
  /** False when nobody looks at the digests of the plans. */
  readonly digest?: boolean | undefined;
  /** What a pull request adds to files; left out, the files beside the code of the plan are read. */
  readonly added?: readonly SourceText[] | undefined;
  /** What a pull request removes from files; left out, nobody knows. */
  readonly removed?: readonly SourceText[] | undefined;
  /**
   * Reads a file, named by its path in the checkout, as the branch has it that decides the review; left out, the checkout
   * itself decides. Comments in the code that accept findings are looked up there.
   */
  readonly decides?: ReadDeciding | undefined;
  /**
   * The checkout: modules are followed only inside it, and places are told from it. Left out, it is the one that `cwd` is
   * in, and places are told from `cwd`.
   */
  readonly root?: string | undefined;
  /** ISO date; default today. */
  readonly today?: string | undefined;
  /** Sentences that the review must carry, e.g. that the pull request edits the configuration. */
  readonly notes?: readonly string[] | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
}

const CANNOT_READ: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EISDIR: 'is a directory',
  EACCES: 'cannot be read, because its permissions forbid it',
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/**
 * The configuration of the directory, else of the checkout around it; undefined when there is none.
 * @throws UserError when there are two in one directory
 */
export function findConfigFile(cwd: string): string | undefined {
  for (const directory of new Set([cwd, checkoutOf(cwd) ?? cwd])) {
    const [found, other] = CONFIG_FILES.filter((name) => existsSync(join(directory, name))).map((name) =>
      relative(cwd, join(directory, name)).split(sep).join('/'),
    );
    if (other !== undefined) throw new UserError(`${found} and ${other} are both configurations: keep one of them.`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readConfigFile(path: string, cwd: string): ConfigText {
  try {
    return { path, text: readFileSync(resolve(cwd, path), 'utf8') };
  } catch (error) {
    const reason = CANNOT_READ[codeOf(error)];
    throw reason === undefined
      ? error
      : new UserError(`The configuration ${path} ${reason}: name another file, or leave it out.`);
  }
}

/** Reads the configuration that holds; `null` means that there is none on purpose. */
export async function readConfig(options: Pick<RunOptions, 'config' | 'cwd' | 'today'>): Promise<Config> {
  const { config, cwd } = options;
  if (config === null) return DEFAULT_CONFIG;
  const path = typeof config === 'object' ? undefined : (config ?? findConfigFile(cwd));
  const file = typeof config === 'object' ? config : path === undefined ? undefined : readConfigFile(path, cwd);
  if (!file) return DEFAULT_CONFIG;
  const { parseConfig } = await import('./config/parse.ts');
  const parsed = parseConfig(file.text, file.path, options.today ?? today());
  const base = dirname(file.path);
  return { ...parsed, policies: parsed.policies.map((directory) => resolve(cwd, base, directory)) };
}

async function guessed(id: string, all: readonly Policy[]): Promise<string> {
  const { didYouMean } = await import('./text/nearest.ts');
  return didYouMean(
    id,
    all.map((policy) => policy.id),
  );
}

/**
 * Built-in policies and a team's own, whether they speak or not.
 * @throws UserError for a policy file that is not right, and for settings of a policy that does not exist
 */
export async function knownPolicies(config: Config, own: readonly string[], cwd: string): Promise<Policy[]> {
  const directories = [...config.policies, ...own.map((directory) => resolve(cwd, directory))];
  const team =
    directories.length === 0
      ? []
      : await import('./policy/own.ts').then(({ loadOwnPolicies }) => loadOwnPolicies(directories));
  const all = [...builtinPolicies(), ...team];
  const named = [config, ...config.paths].flatMap(({ settings }) => Object.keys(settings));
  const unknown = named.find((id) => !all.some((policy) => policy.id === id));
  if (unknown !== undefined)
    throw new UserError(
      `The configuration has settings for the policy ${unknown}, which does not exist${await guessed(unknown, all)}: \`planwarden policies list\` shows all.`,
    );
  return all;
}

/** The policies that speak, with the settings of the configuration. Throws like {@link knownPolicies}. */
export async function policiesFor(config: Config, own: readonly string[], cwd: string): Promise<Policy[]> {
  return inProfile(await knownPolicies(config, own, cwd), config).map((policy) => {
    const severity = config.settings[policy.id]?.severity;
    return severity === undefined ? policy : varied(policy, { severity, severities: [] });
  });
}

const isTerraform = (name: string): boolean => /\.(?:tf|tofu)(?:\.json)?$/.test(name);

function holdsTerraform(directory: string): boolean {
  try {
    return readdirSync(directory).some(isTerraform);
  } catch {
    return false;
  }
}

/**
 * Where the code of a plan is. A named source holds for a single plan; several plans come from several stacks, so each is
 * read with the code beside it, and with the named source, or what is here, where there is none.
 */
function sourceDirectory(path: string, { source, cwd }: RunOptions, isOnly: boolean): string | undefined {
  if (source !== undefined && isOnly) return resolve(cwd, source);
  const beside = dirname(resolve(cwd, path));
  if (path !== '-' && holdsTerraform(beside)) return beside;
  if (source !== undefined) return resolve(cwd, source);
  return holdsTerraform(cwd) ? cwd : undefined;
}

const filesIn = async (directory: string | undefined, root: string): Promise<readonly SourceText[]> =>
  directory === undefined ? [] : (await import('./source/texts.ts')).textsIn(directory, root);

async function openSourceOf(plan: Plan, directory: string | undefined, root: string): Promise<Source | undefined> {
  if (directory === undefined) return undefined;
  const { openSource } = await import('./source/source.ts');
  const source = await openSource(directory, plan.configuration.root_module, { boundary: root });
  for (const path of modulesNeeded(plan)) await source.load(path);
  return source;
}

/** The nearest directory upwards that is a checkout, so that modules beside the root module are followed too. */
const checkoutOf = (directory: string): string | undefined => {
  if (existsSync(join(directory, '.git'))) return directory;
  return directory === dirname(directory) ? undefined : checkoutOf(dirname(directory));
};

/** Gives places in the words of whoever reads them. */
function relocate(review: Review, root: string, cwd: string): Review {
  const here = (location: Location): Location => {
    const path = relative(cwd, join(root, location.path)).split(sep).join('/');
    return path ? { ...location, path } : location;
  };
  const moved = (waiver: Waiver): Waiver =>
    waiver.comment === undefined ? waiver : { ...waiver, comment: here(waiver.comment) };
  const told = (location: Location | null): Location | null => location && here(location);
  return {
    ...review,
    findings: review.findings.map((finding) => ({
      ...finding,
      location: told(finding.location),
      waived: finding.waived && moved(finding.waived),
      ...(finding.repair && { repair: { ...finding.repair, location: here(finding.repair.location) } }),
      access: finding.access.map((access) => ({ ...access, location: told(access.location) })),
    })),
  };
}

/** Code outside the checkout is in no branch, whatever stands there under the same name. */
function decidesFor({ decides }: RunOptions, directory: string, root: string): ReadDeciding | undefined {
  const isOutside = relative(root, directory).split(sep)[0] === '..' || isAbsolute(relative(root, directory));
  return decides && (isOutside ? async () => undefined : decides);
}

/** What holds for one plan, when the configuration has rules for some paths; the command line wins over them. */
async function rulesOf(
  config: Config,
  plan: string,
  source: string | undefined,
  root: string,
  options: RunOptions,
): Promise<PlanInput['rules']> {
  if (config.paths.length === 0) return undefined;
  const { configFor } = await import('./config/for-path.ts');
  const places = [resolve(options.cwd, plan), ...(source === undefined ? [] : [source])];
  const own = configFor(
    config,
    places.map((place) => relative(root, place).split(sep).join('/')),
  );
  return {
    policies: await policiesFor(own, options.policies ?? [], options.cwd),
    config: withOptions(own, options),
  };
}

const withOptions = (config: Config, { failOn, onUnknown }: RunOptions): Config => ({
  ...config,
  failOn: failOn ?? config.failOn,
  onUnknown: onUnknown ?? config.onUnknown,
});

/** ISO date. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/**
 * Gathers everything a review needs from files and reviews it. Both the command line and the Action call this.
 * @throws UserError when an input cannot be used; the message says what to do
 */
export async function run(options: RunOptions): Promise<Review> {
  if (options.plans.length === 0 || options.plans.includes(''))
    throw new UserError(
      'No plan given, or an empty path: name the output of `terraform show -json tfplan > plan.json`, or - for standard input.',
    );
  const read = await readConfig(options);
  const config = { ...read, profile: options.profile ?? read.profile };
  const policies = await policiesFor(config, options.policies ?? [], options.cwd);
  const paths = await expandPlanPaths(options.plans, options.cwd);
  const root = options.root ?? checkoutOf(options.cwd) ?? options.cwd;
  const plans: PlanInput[] = [];
  for (const path of paths) {
    options.onProgress?.(`reading ${path === '-' ? 'standard input' : path}`);
    const plan = await readPlan(path, options.cwd, undefined, options.digest);
    const directory = sourceDirectory(path, options, paths.length === 1);
    const source = await openSourceOf(plan, directory, root);
    const files = options.added ?? (await filesIn(directory, root));
    plans.push({
      plan,
      source,
      files,
      removed: options.removed ?? [],
      decides: decidesFor(options, directory ?? root, root),
      rules: await rulesOf(config, path, directory, root, options),
    });
  }
  options.onProgress?.('judging');
  const made = await review({
    plans,
    policies,
    config: withOptions(config, options),
    mode: options.mode,
    today: options.today ?? today(),
    findAws: simulatorFor(options.simulator ?? 'auto'),
    notes: options.notes ?? [],
  });
  return relocate(made, root, options.root ?? options.cwd);
}
