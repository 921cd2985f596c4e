import type { Review } from '../finding/review.ts';
import { toAnnotation, type Annotation } from './annotations.ts';
import { lineText } from './markdown-finding.ts';
import { cluster, repairOf, toAct, type Cluster } from './model.ts';

/** A remark on lines of a file, as a comment of a pull-request review. */
export interface LineComment {
  readonly fingerprint: string;
  /** Relative to the source root, with forward slashes. */
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Markdown. `whole` is false where the comment cannot stand on all of its lines: then nothing can be suggested. */
  readonly text: (whole: boolean) => string;
  /** The same for where there is no comment. */
  readonly annotation: Annotation;
}

function toLineComment(findings: Cluster): LineComment[] {
  const [{ fingerprint }] = findings;
  const location = repairOf(findings)?.location ?? findings[0].location;
  return toAnnotation(findings).flatMap((annotation) => {
    if (location === null) return [];
    const { path, startLine, endLine } = location;
    return [{ fingerprint, path, startLine, endLine, text: (whole) => lineText(findings, whole), annotation }];
  });
}

/** What to say at which line, worst first, as {@link Annotation annotations} have it. */
export const toLineComments = (review: Review): LineComment[] => cluster(toAct(review)).flatMap(toLineComment);
