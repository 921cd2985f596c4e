import { visible } from '../text/escape.ts';
import { table } from './columns.ts';
import {
  type ExplainedConfig,
  type ExplainedPolicy,
  type ExplainedRule,
  type ExplainedWaiver,
  isSame,
} from './explain-config.ts';

export const CONFIG_FORMATS = ['table', 'json'] as const;
export type ConfigFormat = (typeof CONFIG_FORMATS)[number];

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
