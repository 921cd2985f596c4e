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
import { visible } from '../text/escape.ts';
import { table } from './columns.ts';

export const CONFIG_FORMATS = ['table', 'json'] as const;
export type ConfigFormat = (typeof CONFIG_FORMATS)[number];

interface Setting {
  readonly key: string;
  readonly value: unknown;
  readonly isDefault: boolean;
}

interface ExplainedWaiver extends Waiver {
  /** Days that it still holds, today among them; 0 when it is over. */
  readonly daysLeft: number;
  /** Whether a policy that speaks is named. */
  readonly isIdle: boolean;
}

/** What the configuration makes of one policy. */
interface ExplainedPolicy {
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
interface ExplainedRule extends Pick<PathRule, 'match' | 'failOn' | 'onUnknown'> {
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

const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

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

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const settingOf = ({ settings }: ExplainedConfig, key: string): unknown =>
  settings.find((setting) => setting.key === key)?.value;

const hasSettings = (policy: ExplainedPolicy): boolean =>
  policy.speaks !== policy.inProfile || policy.severity !== policy.ownSeverity || !policy.isOwn;

function verdict(explained: ExplainedConfig): string {
  const waivers = plural(explained.waivers.length, 'waiver', 'waivers');
  const named = explained.policies.changed.filter(hasSettings).length;
  const settings = plural(named, 'policy has settings', 'policies have settings');
  return `${explained.file} is fine: fails on ${String(settingOf(explained, 'fail-on'))}, ${waivers}, ${settings}.`;
}

const LONGEST = 400;

function shown(value: unknown): string {
  if (value === null || isSame(value, []) || isSame(value, {})) return 'none';
  if (Array.isArray(value)) return value.map(shown).join(', ');
  return visible(typeof value === 'string' ? value : JSON.stringify(value), LONGEST);
}

/** What becomes of a policy, in a few words. */
function effect({ isOwn, inProfile: isIn, speaks, severity, ownSeverity }: ExplainedPolicy, profile: string): string {
  const weight = severity === ownSeverity ? [] : [`${ownSeverity} → ${severity}`];
  const words = speaks ? [...(isIn ? [] : [`on, beyond the profile ${profile}`]), ...weight] : ['off'];
  const own = isOwn ? [`your own, ${ownSeverity}`] : [];
  return [...own, ...words].join(', ') || 'on, as without the setting';
}

const policyRow = (policy: ExplainedPolicy, profile: string): readonly [string, string] => [
  visible(policy.id, LONGEST),
  effect(policy, profile),
];

const ruleRows = ({ failOn, onUnknown, policies }: ExplainedRule, profile: string): (readonly [string, string])[] => [
  ...(failOn === undefined ? [] : [['fail-on', failOn] as const]),
  ...(onUnknown === undefined ? [] : [['on-unknown', onUnknown] as const]),
  ...policies.map((policy) => policyRow(policy, profile)),
];

/** What is no mistake in the file, but accepts nothing, or soon will. */
function remark({ daysLeft: days, isIdle, expires, grant }: ExplainedWaiver): string {
  if (days === 0) return `expired on ${expires}`;
  const left = `${plural(days, 'day', 'days')} left`;
  if (isIdle) return `${left}, but names no policy that speaks`;
  return grant === undefined ? left : `${left}, bound to the grant ${grant}`;
}

const waiverRow = (waiver: ExplainedWaiver): readonly [string, string, string, string] => [
  visible(waiver.policy, LONGEST),
  visible(waiver.address, LONGEST),
  visible(waiver.owner, LONGEST),
  remark(waiver),
];

/** What is set comes first, then what holds because nobody said otherwise, then waivers. */
function asTable(explained: ExplainedConfig, width: number | undefined): string {
  const { settings, profile, policies, paths, waivers } = explained;
  const rows = (isDefault: boolean): (readonly [string, string])[] =>
    settings.filter((one) => one.isDefault === isDefault).map(({ key, value }) => [key, shown(value)]);
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', title, '', ...lines];
  const own = policies.own === 0 ? '' : `, ${policies.own} of them your own`;
  return [
    verdict(explained),
    ...section('Set in the file', table(rows(false), width)),
    ...section(
      'Policies',
      table(
        policies.changed.map((policy) => policyRow(policy, profile)),
        width,
      ),
    ),
    ...paths.flatMap((rule) =>
      section(`Only for ${visible(rule.match, LONGEST)}`, table(ruleRows(rule, profile), width)),
    ),
    ...section('Defaults', table(rows(true), width)),
    ...section('Waivers', table(waivers.map(waiverRow), width)),
    '',
    `${policies.speaking} policies speak${own}; planwarden comes with ${policies.builtin}.`,
  ].join('\n');
}

/** `planwarden config check`. */
export const configText = (explained: ExplainedConfig, format: ConfigFormat, width: number | undefined): string =>
  format === 'json' ? JSON.stringify(explained, null, 2) : asTable(explained, width);
