import { digest } from './detection.ts';
import type { Confidence, Detection } from './detection.ts';
import { FORMATS, formatOf } from './format.ts';
import type { Format } from './format.ts';
import { literalKind } from './literal.ts';
import { mayHoldSecret } from './prefilter.ts';
import { loadSecretlint } from './secretlint.ts';
import type { Report } from './secretlint.ts';

export interface NamedText {
  readonly id: string;
  readonly text: string;
}

/** A credential found in a text, before it is judged. */
interface Match {
  readonly format: Format;
  readonly start: number;
  readonly end: number;
}

interface Judged {
  readonly format: Format;
  readonly detection: Detection;
}

/** A piece of a text as it stands in the joined source: secretlint is asked once for many small texts. */
interface Piece {
  readonly text: string;
  /** Where the piece begins in the text. */
  readonly from: number;
  readonly content: string;
}

/** secretlint compares every pair of its reports, so a source must stay small for hostile texts full of tokens. */
const SOURCE_SIZE = 64 * 1024;
/** Longer than any credential: a private key of 10,000 characters with its armour, a GitHub token of 12,000. */
const OVERLAP = 12_500;
/** No rule's expression can cross it: they stop at line ends, and private keys at a NUL. */
const SEPARATOR = '\n\0\n';

/** AWS's own documentation uses these everywhere; they open nothing. */
const DOCUMENTATION = new Set(['AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY']);

function* pieces(text: string): Generator<Piece> {
  for (let from = 0; ; from += SOURCE_SIZE - OVERLAP) {
    yield { text, from, content: text.slice(from, from + SOURCE_SIZE) };
    if (from + SOURCE_SIZE >= text.length) return;
  }
}

function* sources(texts: readonly string[]): Generator<readonly Piece[]> {
  let batch: Piece[] = [];
  let size = 0;
  for (const piece of texts.flatMap((text) => [...pieces(text)])) {
    if (size + piece.content.length > SOURCE_SIZE && batch.length > 0) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(piece);
    size += piece.content.length + SEPARATOR.length;
  }
  if (batch.length > 0) yield batch;
}

/** A match that touches a cut may be a part of something longer; the neighbouring piece has it whole. */
const isWhole = (piece: Piece, start: number, end: number): boolean =>
  (start > 0 || piece.from === 0) && (end < piece.content.length || piece.from + end === piece.text.length);

function matchIn(piece: Piece, offset: number, { rule, message, start, end }: Report): Match | undefined {
  const format = formatOf(rule, message);
  const inside = start >= offset && end <= offset + piece.content.length;
  if (format === undefined || !inside || !isWhole(piece, start - offset, end - offset)) return undefined;
  return { format, start: piece.from + start - offset, end: piece.from + end - offset };
}

/** Asks secretlint about one joined source and gives each report back to the text it is in. */
async function lintSource(batch: readonly Piece[], into: Map<string, Match[]>): Promise<void> {
  const lint = await loadSecretlint();
  const reports = await lint(SEPARATOR + batch.map((piece) => piece.content).join(SEPARATOR));
  let offset = SEPARATOR.length;
  let next = 0;
  for (const piece of batch) {
    const end = offset + piece.content.length;
    for (; next < reports.length && (reports[next]?.start ?? 0) < end; next++) {
      const report = reports[next];
      const match = report && matchIn(piece, offset, report);
      if (match) into.get(piece.text)?.push(match);
    }
    offset = end + SEPARATOR.length;
  }
}

const ownMatches = (text: string): Match[] =>
  FORMATS.flatMap((format) =>
    format.own === undefined
      ? []
      : Array.from(text.matchAll(format.own.exact))
          .filter(([match]) => format.own?.check?.(match) ?? true)
          .map((match) => ({ format, start: match.index, end: match.index + match[0].length })),
  );

/** An access key id opens something when its secret stands beside it: 40 characters of base64 with digits and both cases. */
const holdsSecretKey = (text: string): boolean =>
  Array.from(text.matchAll(/(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g)).some(([candidate]) =>
    /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])/.test(candidate),
  );

/** `scheme://user:password@` at the start of a match; what follows it is no secret. */
const USER_INFO = /^[^\s/]*:\/\/[^\s/:]*:([^\s/]+)@/;

/** Undefined when the match is silent: a role id, a documentation key, a template hole. */
function confidenceOf(format: Format, value: string, secret: string): Confidence | undefined {
  if (DOCUMENTATION.has(value) || value.length < (format.least ?? 0)) return undefined;
  if (format.rule === 'aws-access-key-id' && !/^A[KS]IA/.test(value)) return undefined;
  const kind = format.proven ? 'literal' : literalKind(secret);
  if (kind === 'reference') return undefined;
  return kind === 'placeholder' ? 'low' : (format.confidence ?? 'high');
}

function judgeMatch({ id, text }: NamedText, { format, start, end }: Match): Judged[] {
  const userInfo = format.wraps && USER_INFO.exec(text.slice(start, end));
  const value = userInfo ? userInfo[0] : text.slice(start, end);
  const secret = userInfo?.[1] ?? value;
  const confidence = confidenceOf(format, value, secret);
  if (confidence === undefined) return [];
  const { rule, title } = format;
  return [
    { format, detection: { id, rule, title, start, end: start + value.length, confidence, digest: digest(secret) } },
  ];
}

/** In the order of the text; of two that begin together the longer one first. */
const byPlace = ({ detection: a }: Judged, { detection: b }: Judged): number => a.start - b.start || b.end - a.end;

/** One detection for each place: where several overlap, the one with the format that says most, else the first. */
function withoutOverlaps(judged: readonly Judged[]): Detection[] {
  const kept: Judged[] = [];
  for (const next of judged.toSorted(byPlace)) {
    const last = kept.at(-1);
    if (last === undefined || next.detection.start >= last.detection.end) kept.push(next);
    else if (last.format.wraps && !next.format.wraps) kept.splice(-1, 1, next);
  }
  return kept.map(({ detection }) => detection);
}

function judge(named: NamedText, matches: readonly Match[]): Detection[] {
  const detections = withoutOverlaps(matches.flatMap((match) => judgeMatch(named, match)));
  const isKeyId = ({ rule, confidence }: Detection): boolean => rule === 'aws-access-key-id' && confidence === 'medium';
  if (!detections.some(isKeyId) || !holdsSecretKey(named.text)) return detections;
  return detections.map((found) => (isKeyId(found) ? { ...found, confidence: 'high' } : found));
}

/**
 * Finds credentials of known formats. In: any number of texts with names of the caller's choosing. Out: one detection
 * for each place, in the order of the texts and of the places in them. Loads secretlint only when a text can hold one.
 */
export async function detectSecrets(texts: readonly NamedText[]): Promise<Detection[]> {
  const candidates = texts.filter(({ text }) => mayHoldSecret(text));
  const found = new Map<string, Match[]>(candidates.map(({ text }) => [text, []]));
  for (const batch of sources([...found.keys()])) await lintSource(batch, found);
  const matches = new Map([...found].map(([text, linted]) => [text, [...linted, ...ownMatches(text)]]));
  return candidates.flatMap((named) => judge(named, matches.get(named.text) ?? []));
}
