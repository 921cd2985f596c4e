import { CONFIG_FILE } from '../config/config.ts';
import { policiesFor, readConfig } from '../run.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Reads the configuration, and the policies it names, as a review would. @throws UserError when one is missing or wrong */
export async function checkConfig(file: string | undefined, cwd: string): Promise<string> {
  const path = file ?? CONFIG_FILE;
  const config = await readConfig({ config: path, cwd });
  await policiesFor(config, [], cwd);
  const waivers = plural(config.waivers.length, 'waiver', 'waivers');
  const settings = plural(Object.keys(config.settings).length, 'policy has settings', 'policies have settings');
  return `${path} is fine: fails on ${config.failOn}, ${waivers}, ${settings}.`;
}
