import type { Finding } from '../finding/finding.ts';
import { type Known, keyOf, type Progress } from '../finding/progress.ts';
import { addressCode, folded, MOST_ROWS, policyLink } from './markdown-text.ts';
import type { Cluster } from './model.ts';

/** More fixed findings than these are folded. */
const MOST_OPEN = 3;

/** What was fixed is named while it was known by name. */
const fixedLine = ({ policy, address }: Known): string[] =>
  policy === undefined || address === undefined ? [] : [`- Fixed: ${policyLink(policy)} · ${addressCode(address)}`];

function fixedLines(fixed: readonly Known[]): string[] {
  const named = fixed.slice(0, MOST_ROWS).flatMap(fixedLine);
  const others = fixed.length - named.length;
  const lines = [...named, ...(named.length > 0 && others > 0 ? [`- and ${others} more`] : [])].join('\n');
  if (named.length === 0) return [];
  return fixed.length > MOST_OPEN ? [folded(`${fixed.length} fixed`, [lines])] : [lines];
}

/**
 * One line of how the review differs from the one before, and the fixed ones by name. Nothing when nothing is new or
 * fixed. GitHub links the commit.
 */
export function progressLines(progress: Progress | undefined): string[] {
  if (progress === undefined || progress.added.size + progress.fixed.length === 0) return [];
  const { since, added, fixed, still } = progress;
  const parts = [
    [fixed.length, 'fixed'],
    [added.size, 'new'],
    [still, 'still there'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return [`Since ${since.slice(0, 10)}: ${told.join(', ')}.`, ...fixedLines(fixed)];
}

const isNew = (finding: Finding, progress: Progress): boolean => progress.added.has(keyOf(finding));

/** The word for a row whose findings are all new, when others are not. */
export const newWord = (cluster: Cluster, progress: Progress | undefined): string =>
  progress !== undefined && progress.still > 0 && cluster.every((finding) => isNew(finding, progress)) ? ' · new' : '';
