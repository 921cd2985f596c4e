/** The readable texts of user data. `complete` is false when a part was too large to be unpacked. */
export interface UserData {
  readonly texts: readonly string[];
  readonly complete: boolean;
}

/** AWS allows 16 KB; 256 times as much unpacked is no start-up script but an attack on the reader. */
const UNPACKED_LIMIT = 4 * 1024 * 1024;
/** base64 of gzip of a MIME message with a base64 part of gzip with a base64 file in it. */
const DEPTH_LIMIT = 5;

/** base64 of at least 24 bytes, in one line or in several; a line with anything else in it ends it. */
const BASE64_RUN = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{32,}(?:\r?\n[ \t]*[A-Za-z0-9+/]{1,76}(?=[\s=]|$))*={0,2}/g;

const WHOLE_BASE64 = /^[A-Za-z0-9+/\s]{8,}={0,2}\s*$/;

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
const isZlib = (bytes: Buffer): boolean => bytes[0] === 0x78 && ((bytes[0] << 8) | (bytes[1] ?? 0)) % 31 === 0;

/** Text when the bytes are UTF-8 with hardly any control characters; base64 words that only look like it are not. */
function readable(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  const odd = text.match(/[\p{Cc}\ufffd]/gu)?.filter((character) => !/\s/.test(character)).length ?? 0;
  return odd * 50 > text.length || text.length === 0 ? undefined : text;
}

/** What an unpacking still may produce; shared by all parts of one text, so that many small bombs do not add up. */
interface Budget {
  bytes: number;
  exhausted: boolean;
}

function unpack(bytes: Buffer, budget: Budget): Buffer | undefined {
  if (!isGzip(bytes) && !isZlib(bytes)) return bytes;
  try {
    const options = { maxOutputLength: Math.max(1, budget.bytes) };
    const { gunzipSync, inflateSync } = process.getBuiltinModule('node:zlib');
    const unpacked = isGzip(bytes) ? gunzipSync(bytes, options) : inflateSync(bytes, options);
    budget.bytes -= unpacked.length;
    return unpacked;
  } catch (error) {
    if (error instanceof RangeError) budget.exhausted = true;
    return isZlib(bytes) ? bytes : undefined;
  }
}

function decode(base64: string, budget: Budget): string | undefined {
  const bytes = unpack(Buffer.from(base64, 'base64'), budget);
  return bytes && readable(bytes);
}

/** The text and everything that is packed into it: MIME parts, files of cloud-config, here-documents. */
function unfold(text: string, depth: number, budget: Budget): string[] {
  if (depth === 0) return [text];
  const runs = WHOLE_BASE64.test(text) ? [text] : Array.from(text.matchAll(BASE64_RUN), ([run]) => run);
  const inner = [...new Set(runs)].flatMap((run) => decode(run, budget) ?? []);
  return [text, ...inner.flatMap((part) => unfold(part, depth - 1, budget))];
}

/**
 * Unpacks user data: base64 as a whole or in parts (MIME multipart messages, `write_files` of cloud-config), gzip and
 * zlib inside. In: the attribute's text. Out: the text itself and all readable texts in it, at most 4 MiB unpacked.
 */
export function decodeUserData(text: string): UserData {
  const budget: Budget = { bytes: UNPACKED_LIMIT, exhausted: false };
  const texts = unfold(text, DEPTH_LIMIT, budget);
  return { texts: [...new Set(texts)], complete: !budget.exhausted };
}
