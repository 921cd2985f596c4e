import { ON_UNKNOWN, type OnUnknown } from '../finding/conclude.ts';
import type { Waiver } from '../finding/finding.ts';
import type { FailOn, Severity } from '../finding/severity.ts';

export { ON_UNKNOWN, type OnUnknown };

export const SIMULATORS = ['auto', 'aws', 'local', 'off'] as const;
export type SimulatorChoice = (typeof SIMULATORS)[number];

/** What a configuration file says about one policy. */
export interface PolicySetting {
  readonly enabled?: boolean | undefined;
  readonly severity?: Severity | undefined;
}

/** The configuration with defaults filled in. It comes from the base branch, never from the pull request (design 8). */
export interface Config {
  readonly failOn: FailOn;
  readonly onUnknown: OnUnknown;
  /** Directories of a team's own policies, relative to the configuration file. */
  readonly policies: readonly string[];
  readonly settings: Readonly<Record<string, PolicySetting>>;
  readonly waivers: readonly Waiver[];
  readonly ownAccounts: readonly string[];
  readonly trustedAccounts: readonly string[];
  readonly organizationId: string | undefined;
  readonly logBuckets: readonly string[];
  readonly publicBuckets: readonly string[];
  /** Names (globs) of users and roles that are kept for emergencies. */
  readonly breakGlass: readonly string[];
  /** Accept plans made with `-target` or with deferrals; without it a partial plan fails the review. */
  readonly allowPartial: boolean;
}

export const DEFAULT_CONFIG: Config = {
  failOn: 'high',
  onUnknown: 'warn',
  policies: [],
  settings: {},
  waivers: [],
  ownAccounts: [],
  trustedAccounts: [],
  organizationId: undefined,
  logBuckets: [],
  publicBuckets: [],
  breakGlass: [],
  allowPartial: false,
};

/** The name planwarden looks for in the directory it runs in. */
export const CONFIG_FILE = '.planwarden.yaml';
