import { CONFIG_FILES } from '../config/config.ts';
import type { Waiver } from '../finding/finding.ts';
import { expired } from '../finding/expiry.ts';
import { isAbout } from '../finding/waivers.ts';
import type { Policy } from '../policy/policy.ts';
import { findConfigFile, policiesFor, readConfig } from '../run.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Whether a waiver names a policy that can speak; what it says of addresses and days is not looked at. */
const names = (waiver: Waiver, { id }: Policy): boolean => isAbout(waiver, id, waiver.address);

/** What is no mistake in the file, but cannot be meant: such a waiver accepts nothing. */
function idleWaivers(waivers: readonly Waiver[], policies: readonly Policy[], today: string): string[] {
  const over = expired(waivers, today);
  const nameless = waivers.filter((waiver) => !policies.some((policy) => names(waiver, policy)));
  return [
    ...over.map(({ policy, address, expires }) => `the waiver of ${policy} for ${address} expired on ${expires}.`),
    ...nameless.map(({ policy, address }) => `the waiver of ${policy} for ${address} names no policy that is there.`),
  ].map((sentence) => `note: ${sentence}`);
}

/**
 * Reads the configuration, and the policies it names, as a review would.
 * @param today ISO date, to say which waivers are over
 * @throws UserError when one is missing or wrong
 */
export async function checkConfig(
  file: string | undefined,
  cwd: string,
  today = new Date().toISOString().slice(0, 10),
): Promise<string> {
  const path = file ?? findConfigFile(cwd) ?? CONFIG_FILES[0];
  const config = await readConfig({ config: path, cwd, today });
  const policies = await policiesFor(config, [], cwd);
  const waivers = plural(config.waivers.length, 'waiver', 'waivers');
  const settings = plural(Object.keys(config.settings).length, 'policy has settings', 'policies have settings');
  const fine = `${path} is fine: fails on ${config.failOn}, ${waivers}, ${settings}.`;
  return [fine, ...idleWaivers(config.waivers, policies, today)].join('\n');
}
