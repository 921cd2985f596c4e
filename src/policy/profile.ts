import { type Config, type Profile, PROFILES } from '../config/config.ts';
import { varied } from './late.ts';
import type { Policy } from './policy.ts';

/** Each profile has the policies of those before it. */
const isIn = (profile: Profile, chosen: Profile): boolean => PROFILES.indexOf(profile) <= PROFILES.indexOf(chosen);

/** A policy that the configuration names speaks in every profile. */
type Chosen = Pick<Config, 'profile' | 'settings'>;

const speaks = ({ id, profile }: Policy, { profile: chosen, settings }: Chosen): boolean =>
  settings[id]?.enabled ?? isIn(profile, chosen);

const speaksOfAll = ({ id, profile, created = profile }: Policy, { profile: chosen, settings }: Chosen): boolean =>
  settings[id]?.enabled === true || isIn(created, chosen);

/** The policies of the chosen profile, with what the configuration switches on and off; see docs/profiles.md. */
export const inProfile = (policies: readonly Policy[], chosen: Chosen): Policy[] =>
  policies
    .filter((policy) => speaks(policy, chosen))
    .map((policy) => (speaksOfAll(policy, chosen) ? policy : varied(policy, { onlyChanges: true })));
