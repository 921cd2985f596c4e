import type { Finding } from '../finding/finding.ts';
import type { Review } from '../finding/review.ts';
import type { Severity } from '../finding/severity.ts';
import { escapeAnnotationMessage, escapeLogLine, visibleProse } from '../text/escape.ts';
import { cluster, consequence, toAct, type Cluster } from './model.ts';

/** A remark on lines of a file, as the Checks API takes it. */
export interface Annotation {
  /** Relative to the source root, with forward slashes. */
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  /** Plain text of several lines. */
  readonly message: string;
}

/** Limits of the Checks API in characters; a message may have 64 KB, but nobody reads that beside a line of code. */
const LONGEST_TITLE = 255;
const LONGEST_LINE = 1_000;
const MOST_EVIDENCE = 10;

const LEVELS: Readonly<Record<Severity, Annotation['level']>> = {
  critical: 'failure',
  high: 'failure',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};

const evidenceLines = ({ evidence }: Finding): string[] =>
  evidence
    .filter(({ before, after }) => before !== null || after !== null)
    .slice(0, MOST_EVIDENCE)
    .map(({ label, before, after }) =>
      before === after ? `${label}: ${after ?? 'none'}` : `${label}: ${before ?? 'none'} → ${after ?? 'none'}`,
    );

function message([finding, ...others]: Cluster): string {
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const lines = [
    consequence(finding),
    `In ${finding.address}${more}`,
    ...evidenceLines(finding),
    `Why: ${finding.why}`,
    `How to fix: ${finding.fix}`,
    `Policy: ${finding.policy}`,
  ];
  return lines.map((line) => escapeAnnotationMessage(visibleProse(line), LONGEST_LINE)).join('\n');
}

/** What to say of findings at their line; nothing when it is not known. */
export function toAnnotation(findings: Cluster): Annotation[] {
  const [{ location, severity, title, policy }] = findings;
  if (location === null) return [];
  const { path, startLine, endLine } = location;
  const heading = escapeLogLine(visibleProse(`${severity}: ${title.trim() || policy}`), LONGEST_TITLE);
  return [{ path, startLine, endLine, level: LEVELS[severity], title: heading, message: message(findings) }];
}

/** What to say beside which line, worst first; findings whose line is not known are left to the other reports. */
export const toAnnotations = (review: Review): Annotation[] => cluster(toAct(review)).flatMap(toAnnotation);
