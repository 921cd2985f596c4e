import { relative } from 'node:path';
import {
  BASELINE,
  type Config,
  CONFIG_FILES,
  DEFAULT_CONFIG,
  type PathRule,
  type PolicySetting,
} from '../config/config.ts';
import type { Waiver } from '../finding/finding.ts';
import { SEVERITIES } from '../finding/severity.ts';
import { isAbout } from '../finding/waivers.ts';
import { builtinPolicies } from '../policy/builtin.ts';
import type { Policy } from '../policy/policy.ts';
import { inProfile } from '../policy/profile.ts';
import { findConfigFile, knownPolicies, readConfig } from '../run.ts';

interface Setting {
  readonly key: string;
  readonly value: unknown;
  readonly isDefault: boolean;
}

export interface ExplainedWaiver extends Waiver {
  /** Days that it still holds, today among them; 0 when it is over. */
  readonly daysLeft: number;
  /** Whether a policy that speaks is named. */
  readonly isIdle: boolean;
}

/** What the configuration makes of one policy. */
export interface ExplainedPolicy {
  readonly id: string;
  readonly isOwn: boolean;
  /** Whether it speaks in the profile, whatever the settings say. */
  readonly inProfile: boolean;
  readonly speaks: boolean;
  readonly severity: string;
  /** The severity of the policy itself, in words where it depends on what is found. */
  readonly ownSeverity: string;
}

/** What holds for some plans only. */
export interface ExplainedRule extends Pick<PathRule, 'match' | 'failOn' | 'onUnknown'> {
  readonly policies: readonly ExplainedPolicy[];
}

/** What a configuration comes to. */
export interface ExplainedConfig {
  readonly file: string;
  readonly profile: string;
  readonly settings: readonly Setting[];
  readonly policies: {
    readonly speaking: number;
    readonly builtin: number;
    readonly own: number;
    /** Those that have settings or are your own. */
    readonly changed: readonly ExplainedPolicy[];
  };
  readonly paths: readonly ExplainedRule[];
  readonly waivers: readonly ExplainedWaiver[];
}

const kebab = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** Every key of the file with the value that holds. What has a table of its own is left out. */
function settingsOf(
  { baseline, waivers: _waivers, settings: _settings, paths: _paths, ...rest }: Config,
  cwd: string,
): Setting[] {
  const defaults: Readonly<Record<string, unknown>> = { ...DEFAULT_CONFIG };
  const ofBaseline = Object.entries(baseline).map(([field, value]) => ({
    key: `baseline.${kebab(field)}`,
    value,
    isDefault: isSame(value, Reflect.get(BASELINE, field)),
  }));
  const policies = rest.policies.map((directory) => relative(cwd, directory) || '.');
  const others = Object.entries({ ...rest, policies }).map(([field, value]) => ({
    key: kebab(field),
    value: value ?? null,
    isDefault: isSame(value, defaults[field]),
  }));
  return [...others, ...ofBaseline];
}

const DAY = 24 * 60 * 60 * 1000;

const daysLeft = ({ expires }: Waiver, today: string): number =>
  Math.max(0, (Date.parse(expires) - Date.parse(today)) / DAY + 1);

/** Whether a waiver names a policy that can speak; what it says of addresses and days is not looked at. */
const names = (waiver: Waiver, { id }: Policy): boolean => isAbout(waiver, id, waiver.address);

/** `high`, or `low to high` where it depends on what is found. */
function severityOf({ severity, severities }: Policy): string {
  const all = SEVERITIES.filter((one) => one === severity || severities.some((rule) => rule.severity === one));
  return [...new Set([all.at(-1), all[0]])].join(' to ');
}

function explainPolicy(
  policy: Policy,
  { profile }: Config,
  setting: PolicySetting | undefined,
  isOwn: boolean,
): ExplainedPolicy {
  const isIn = inProfile([policy], { profile, settings: {} }).length > 0;
  return {
    id: policy.id,
    isOwn,
    inProfile: isIn,
    speaks: setting?.enabled ?? isIn,
    severity: setting?.severity ?? severityOf(policy),
    ownSeverity: severityOf(policy),
  };
}

/**
 * Reads the configuration, and the policies it names, as a review would, and says what it comes to.
 * @param today ISO date, to say how long waivers hold
 * @throws UserError when one is missing or wrong
 */
export async function explainConfig(file: string | undefined, cwd: string, today: string): Promise<ExplainedConfig> {
  const path = file ?? findConfigFile(cwd) ?? CONFIG_FILES[0];
  const config = await readConfig({ config: path, cwd, today });
  const known = await knownPolicies(config, [], cwd);
  const policies = inProfile(known, config);
  const builtin = new Set(builtinPolicies().map(({ id }) => id));
  return {
    file: path,
    profile: config.profile,
    settings: settingsOf(config, cwd),
    policies: {
      speaking: policies.length,
      builtin: builtin.size,
      own: policies.filter(({ id }) => !builtin.has(id)).length,
      changed: known
        .filter(({ id }) => config.settings[id] !== undefined || !builtin.has(id))
        .map((policy) => explainPolicy(policy, config, config.settings[policy.id], !builtin.has(policy.id))),
    },
    paths: config.paths.map(({ match, failOn, onUnknown, settings }) => ({
      match,
      failOn,
      onUnknown,
      policies: known
        .filter(({ id }) => settings[id] !== undefined)
        .map((policy) => explainPolicy(policy, config, settings[policy.id], !builtin.has(policy.id))),
    })),
    waivers: config.waivers.map((waiver) => ({
      ...waiver,
      daysLeft: daysLeft(waiver, today),
      isIdle: !policies.some((policy) => names(waiver, policy)),
    })),
  };
}
