import { secretlike } from './secretlike.ts';

export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** `export NAME=value`, `name: value`, `"name": "value"`, `--name value` of shells, YAML, JSON, ini files and commands. */
const ASSIGNMENT =
  /(?:^|[\s;&{,"'])(?:export\s+|--)?(?<name>[A-Za-z_][\w.-]{1,80})["']?(?:\s*[=:]\s*|(?<=--[\w-]+)\s+)(?:"(?<double>[^"\n]{8,400})"|'(?<single>[^'\n]{8,400})'|(?<bare>[^\s"'`;&|<>(){},]{8,400}))/gm;

/** The secrets of a script by their names: what is assigned to `DB_PASSWORD`, given to `--password`. */
export const assignments = (script: string): Assignment[] =>
  Array.from(script.matchAll(ASSIGNMENT), ({ groups = {} }) => ({
    name: groups['name'] ?? '',
    value: groups['double'] ?? groups['single'] ?? groups['bare'] ?? '',
  })).filter(({ name, value }) => secretlike(name, value));
