import type { Repair } from '../finding/finding.ts';
import type { Setting } from '../plan/repair.ts';
import { locate } from './locate.ts';
import type { Modules } from './modules.ts';
import { parseTarget } from './target.ts';

/** `name = literal`, as `terraform fmt` or a person wrote it, with a comment behind it. Nothing else is rewritten. */
const ASSIGNMENT =
  /^(?<before>[ \t]*(?<name>[a-z0-9_]+)[ \t]*=[ \t]*)(?<literal>true|false|-?\d+(?:\.\d+)?|"[\w.:/ -]*")(?<rest>[ \t]*(?:(?:#|\/\/).*)?)$/;

/**
 * The line on which an attribute of a resource stands as a literal, and the same line with another value; null when it is
 * not one such line.
 */
export function rewrite(modules: Modules, address: string, { path, value }: Setting): Repair | null {
  const target = parseTarget(address);
  const location = locate(modules, { address, path });
  const texts = target && modules.at(target.modulePath)?.texts;
  if (!location || !texts || location.startLine !== location.endLine) return null;
  const before = texts.get(location.path)?.split('\n')[location.startLine - 1]?.replace(/\r$/, '');
  const parts = before === undefined ? undefined : ASSIGNMENT.exec(before)?.groups;
  if (before === undefined || parts?.['name'] !== path.at(-1)) return null;
  const after = `${parts?.['before'] ?? ''}${JSON.stringify(value)}${parts?.['rest'] ?? ''}`;
  return after === before ? null : { location, before, after };
}
