import { createHash } from 'node:crypto';

/** What the first line of our comment says of it: which comment it is, who wrote it last and what it shows. */
export interface Marker {
  /** Tells the comments of several reviews on one pull request apart. */
  readonly key: string;
  readonly sha: string;
  /** The workflow run and attempt that wrote it. */
  readonly run: readonly [id: number, attempt: number];
  readonly hash: string;
}

const FORM = /^<!-- planwarden:v1 key=([0-9a-f]+) sha=([0-9a-f]*) run=(\d+)\.(\d+) hash=([0-9a-f]+) -->/;

/** 12 hexadecimal digits: too few for a signature, plenty to tell texts apart. */
export const shortHash = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 12);

/** The line that hides the marker. Everything in it is hexadecimal or a number, so nothing can end the HTML comment. */
export const renderMarker = ({ key, sha, run, hash }: Marker): string =>
  `<!-- planwarden:v1 key=${key} sha=${sha} run=${run.join('.')} hash=${hash} -->`;

/** The marker a comment starts with. One that stands later in the text is a quotation or a forgery. */
export function parseMarker(body: string): Marker | undefined {
  const [, key, sha, id, attempt, hash] = FORM.exec(body) ?? [];
  if (key === undefined || sha === undefined || hash === undefined) return undefined;
  return { key, sha, run: [Number(id), Number(attempt)], hash };
}

/** True when `a` was written by a later run, or by a later attempt of the same one. */
export const isNewer = (a: Marker, b: Marker): boolean =>
  a.run[0] === b.run[0] ? a.run[1] > b.run[1] : a.run[0] > b.run[0];
