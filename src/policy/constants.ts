import { PORT_LISTS } from '../aws/port-lists.ts';
import { type Baseline, BASELINE } from '../config/config.ts';
import type { Constants } from './cel.ts';

/** What the configuration, and the plan itself, tell of the account and its organisation. */
export interface Surroundings {
  /** Account ids of one's own; empty when nothing tells. */
  readonly ownAccounts: readonly string[];
  readonly trustedAccounts: readonly string[];
  readonly organizationId: string | undefined;
  readonly officeNetworks: readonly string[];
  readonly breakGlass: readonly string[];
  readonly securityRoles: readonly string[];
  readonly honeytokens: readonly string[];
  readonly requiredTags: readonly string[];
  readonly logBuckets: readonly string[];
  readonly publicBuckets: readonly string[];
  readonly trustedSources: readonly string[];
  readonly baseline: Baseline;
}

const NOWHERE: Surroundings = {
  ownAccounts: [],
  trustedAccounts: [],
  organizationId: undefined,
  officeNetworks: [],
  breakGlass: [],
  securityRoles: [],
  honeytokens: [],
  requiredTags: [],
  logBuckets: [],
  publicBuckets: [],
  trustedSources: [],
  baseline: BASELINE,
};

/** What the examples of policies are judged with: nothing is configured but names that only examples have. */
export const EXAMPLE_SURROUNDINGS: Surroundings = {
  ...NOWHERE,
  ownAccounts: ['111111111111'],
  trustedAccounts: ['222222222222'],
  breakGlass: ['break-glass-*'],
  honeytokens: ['decoy-*'],
  requiredTags: ['Owner'],
};

/** What every policy may name beside its subject: `ports.admin`, `account.own`, `baseline.passwordLength`, … */
export const constants = (surroundings: Surroundings = NOWHERE): Constants => ({
  ports: PORT_LISTS,
  account: {
    own: surroundings.ownAccounts,
    trusted: surroundings.trustedAccounts,
    organization: surroundings.organizationId ?? null,
  },
  organization: {
    officeNetworks: surroundings.officeNetworks,
    breakGlass: surroundings.breakGlass,
    securityRoles: surroundings.securityRoles,
    honeytokens: surroundings.honeytokens,
    requiredTags: surroundings.requiredTags,
    logBuckets: surroundings.logBuckets,
    publicBuckets: surroundings.publicBuckets,
    trustedSources: surroundings.trustedSources,
  },
  baseline: { ...surroundings.baseline },
});
