/** What the first line of a comment on a line says of it: whose review it belongs to, which finding it tells, and how. */
export interface LineMarker {
  readonly key: string;
  readonly fingerprint: string;
  readonly digest: string;
}

const FORM = /^<!-- planwarden:line key=([0-9a-f]+) finding=([0-9a-f]+) digest=([0-9a-f]+) -->/;

/** The line that hides the marker. Everything in it is hexadecimal, so nothing can end the HTML comment. */
export const renderLineMarker = ({ key, fingerprint, digest }: LineMarker): string =>
  `<!-- planwarden:line key=${key} finding=${fingerprint} digest=${digest} -->`;

/** The marker a comment starts with, or undefined. */
export function parseLineMarker(body: string): LineMarker | undefined {
  const [, key, fingerprint, digest] = FORM.exec(body) ?? [];
  if (key === undefined || fingerprint === undefined || digest === undefined) return undefined;
  return { key, fingerprint, digest };
}
