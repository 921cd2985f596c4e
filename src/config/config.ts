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

/** How far a review goes; each profile has the policies of those before it. */
export const PROFILES = ['recommended', 'strict', 'all'] as const;
export type Profile = (typeof PROFILES)[number];

/** Numbers below or above which a setting is too weak. */
export interface Baseline {
  readonly logRetentionDays: number;
  readonly backupRetentionDays: number;
  readonly passwordLength: number;
  readonly passwordReusePrevention: number;
  /** 0 when passwords need not expire. */
  readonly passwordMaxAgeDays: number;
  readonly sessionHours: number;
  readonly secretRotationDays: number;
  readonly keyDeletionDays: number;
}

/** CIS AWS Foundations 5.0.0 and the five checklists. */
export const BASELINE: Baseline = {
  logRetentionDays: 365,
  backupRetentionDays: 7,
  passwordLength: 14,
  passwordReusePrevention: 24,
  passwordMaxAgeDays: 90,
  sessionHours: 12,
  secretRotationDays: 90,
  keyDeletionDays: 30,
};

/** A bucket (a glob of names) that is public on purpose, until somebody has to look at it again. */
export interface PublicBucket {
  readonly name: string;
  /** The last day on which it counts, as `2027-01-31`; undefined when it never ends. */
  readonly reviewBy: string | undefined;
}

/** What holds for some plans only. */
export interface PathRule {
  /** A glob of paths of plans, or of directories with their code, from the root of the checkout. */
  readonly match: string;
  readonly failOn?: FailOn | undefined;
  readonly onUnknown?: OnUnknown | undefined;
  readonly settings: Readonly<Record<string, PolicySetting>>;
}

/** The configuration with defaults filled in. It comes from the base branch, never from the pull request (design 8). */
export interface Config {
  readonly profile: Profile;
  readonly failOn: FailOn;
  readonly onUnknown: OnUnknown;
  /** Directories of a team's own policies, relative to the configuration file. */
  readonly policies: readonly string[];
  readonly settings: Readonly<Record<string, PolicySetting>>;
  /** Later rules win. */
  readonly paths: readonly PathRule[];
  readonly waivers: readonly Waiver[];
  /** A waiver may end at most so many days from now. */
  readonly waiverDays: number;
  readonly ownAccounts: readonly string[];
  readonly trustedAccounts: readonly string[];
  readonly organizationId: string | undefined;
  readonly logBuckets: readonly string[];
  readonly publicBuckets: readonly PublicBucket[];
  /** CIDR blocks of one's own offices and VPNs. */
  readonly officeNetworks: readonly string[];
  /** Names (globs) of roles for audit, incident response and support. */
  readonly securityRoles: readonly string[];
  /** Names (globs) of decoys: users, buckets and secrets whose use raises an alarm. */
  readonly honeytokens: readonly string[];
  readonly requiredTags: readonly string[];
  /** Where modules and providers may come from (globs of sources). */
  readonly trustedSources: readonly string[];
  readonly baseline: Baseline;
  /** Names (globs) of users and roles that are kept for emergencies. */
  readonly breakGlass: readonly string[];
  /** Accept plans made with `-target` or with deferrals; without it a partial plan fails the review. */
  readonly allowPartial: boolean;
}

export const DEFAULT_CONFIG: Config = {
  profile: 'recommended',
  failOn: 'high',
  onUnknown: 'warn',
  policies: [],
  settings: {},
  paths: [],
  waivers: [],
  waiverDays: 366,
  ownAccounts: [],
  trustedAccounts: [],
  organizationId: undefined,
  logBuckets: [],
  publicBuckets: [],
  breakGlass: [],
  officeNetworks: [],
  securityRoles: [],
  honeytokens: [],
  requiredTags: [],
  trustedSources: [],
  baseline: BASELINE,
  allowPartial: false,
};

/** Where planwarden looks for its configuration, in the directory it runs in and at the root of the checkout. */
export const CONFIG_FILES = ['.planwarden.yaml', 'planwarden.yml', '.github/planwarden.yml'] as const;
