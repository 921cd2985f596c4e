import type { Finding } from '../finding/finding.ts';
import type { Review } from '../finding/review.ts';
import { toAnnotation, type Annotation } from './annotations.ts';
import { lineText } from './markdown-finding.ts';
import { cluster, repairOf, toAct, type Cluster } from './model.ts';

/** Where a remark belongs: at lines of the new files, or, where nothing is left there, at the block that was removed. */
export type LinePlace =
  | {
      readonly kind: 'lines';
      /** Relative to the source root, with forward slashes. */
      readonly path: string;
      readonly startLine: number;
      readonly endLine: number;
    }
  | {
      readonly kind: 'removed';
      readonly type: string;
      readonly name: string;
      /** Names of the module calls that led there, the outermost first. */
      readonly modules: readonly string[];
    };

/** A remark on lines of a file, as a comment of a pull-request review. */
export interface LineComment {
  readonly fingerprint: string;
  readonly place: LinePlace;
  /** Markdown. `whole` is false where the comment cannot stand on all of its lines: then nothing can be suggested. */
  readonly text: (whole: boolean) => string;
  /** The same for where there is no comment; nothing where there is no line to say it at. */
  readonly annotations: readonly Annotation[];
}

const BLOCK = /(?:^|\.)(?<type>[a-z]\w*)\.(?<name>[\w-]+)(?:\[[^\]]*\])?$/;

/** What a key has in it may look like a call; such a name leads nowhere. */
const CALL = /(?:^|\.)module\.([\w-]+)/g;

/** The block of a resource that has no place any more. */
function blockOf({ address, resourceType }: Finding): LinePlace[] {
  const { type, name } = BLOCK.exec(address)?.groups ?? {};
  const modules = Array.from(address.matchAll(CALL), ([, call = '']) => call);
  return type === resourceType && name !== undefined ? [{ kind: 'removed', type, name, modules }] : [];
}

function placesOf(findings: Cluster): LinePlace[] {
  const [finding] = findings;
  const location = repairOf(findings)?.location ?? finding.location;
  return location === null ? blockOf(finding) : [{ kind: 'lines', ...location }];
}

function toLineComment(findings: Cluster): LineComment[] {
  const [{ fingerprint }] = findings;
  const annotations = toAnnotation(findings);
  return placesOf(findings).map((place) => ({
    fingerprint,
    place,
    text: (whole) => lineText(findings, whole),
    annotations,
  }));
}

/** What to say at which line, worst first, as {@link Annotation annotations} have it. */
export const toLineComments = (review: Review): LineComment[] => cluster(toAct(review)).flatMap(toLineComment);
