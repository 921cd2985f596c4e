import { minimatch } from 'minimatch';
import type { Config, PathRule } from './config.ts';

/** A directory matches `stacks/sandbox/**` as well as what is in it. */
const matches = ({ match }: PathRule, path: string): boolean =>
  minimatch(path, match, { dot: true, nonegate: true, nocomment: true }) ||
  minimatch(`${path}/`, match, { dot: true, nonegate: true, nocomment: true });

/**
 * The configuration that holds for one plan: what `paths` say of it, the last word first.
 * @param paths the path of the plan and the directory of its code, from the root of the checkout
 */
export const configFor = (config: Config, paths: readonly string[]): Config =>
  config.paths
    .filter((rule) => paths.some((path) => matches(rule, path)))
    .reduce<Config>(
      (sofar, { failOn, onUnknown, settings }) => ({
        ...sofar,
        failOn: failOn ?? sofar.failOn,
        onUnknown: onUnknown ?? sofar.onUnknown,
        settings: { ...sofar.settings, ...merged(sofar.settings, settings) },
      }),
      config,
    );

/** What a rule leaves open about a policy stays as it is. */
const merged = (settings: Config['settings'], rule: Config['settings']): Config['settings'] =>
  Object.fromEntries(
    Object.entries(rule).map(([id, { enabled, severity }]) => [
      id,
      { enabled: enabled ?? settings[id]?.enabled, severity: severity ?? settings[id]?.severity },
    ]),
  );
