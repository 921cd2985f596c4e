/** `high`: somebody who has it is in. `medium`: half of a credential. `low`: it stands in for one. */
export type Confidence = 'high' | 'medium' | 'low';

/** A credential in a text. It never holds the value, so that nothing that prints it can show the value. */
export interface Detection {
  /** The text it is in, as the caller named it. */
  readonly id: string;
  /** Stable kebab-case name of the format: `github-token`. */
  readonly rule: string;
  /** The format for people: `GitHub token`. */
  readonly title: string;
  /** Offsets in UTF-16 code units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly confidence: Confidence;
  /** Equal for equal values within this process, and meaningless outside of it. See {@link digest}. */
  readonly digest: string;
}

let salt: Buffer | undefined;

/**
 * A name for a secret value by which two of them can be compared: a hash with a salt that is made anew in every process
 * and never leaves it, so that even a weak password cannot be guessed from a report that shows it by mistake.
 */
export function digest(value: string): string {
  // Loaded only when something was found: start-up counts.
  const { createHash, randomBytes } = process.getBuiltinModule('node:crypto');
  salt ??= randomBytes(32);
  return createHash('sha256').update(salt).update(value).digest('base64url').slice(0, 22);
}
