import { literalKind } from './literal.ts';

/** A name that says its value is secret. */
const SECRET_NAME =
  /(?<!by|com)pass(?:word|wd|phrase|code)?(?:$|[^a-z])|passw|pwd|secret|token|api[_-]?key|private[_-]?key|access[_-]?key|credential|conn(?:ection)?[_-]?str(?:ing)?/i;

/** Endings that say the value only describes or locates the secret. */
const DESCRIBES =
  /[_-](?:files?|arns?|names?|paths?|ids?|urls?|uris?|endpoint|host|port|region|issuer|audience|type|version|prefix|header|alias|length|ttl|expir\w*|timeout|seconds|days|enabled|disabled|required|rotation|policy|count)$/;

const URL_FORM = /^[a-z][a-z0-9+.-]*:\/\//i;
const PASSWORD_IN_URL = /:\/\/[^\s/:]*:[^\s/]+@|[?&;](?:password|pwd|token|secret|api_?key)=[^&;\s]/i;

/** Words joined by punctuation name a thing: `prod/db/password`, `orders-api-key`, `v1.tokens`. */
const NAME_OF_A_THING = /^(?:[a-z]+|[A-Z]+|v?\d{1,3})(?:[-_./:@](?:[a-z]+|[A-Z]+|[A-Z][a-z]+|v?\d{1,3}))+$/;

const NOT_TEXT = /^(?:[-+]?[\d.,_]+(?:ms|s|m|h|d)?|true|false|yes|no|on|off|null|none|enabled|disabled)$/i;

const SHORTEST = 8;
const ENTROPY_BITS = 3;

/** Shannon entropy of the characters of a text, in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const total = Array.from(text).length;
  return [...counts.values()].reduce((sum, count) => sum - (count / total) * Math.log2(count / total), 0);
}

/** Two kinds of character at least one of which is a capital, a digit, or punctuation that names do not use. */
const hasMixedClasses = (text: string): boolean =>
  [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length >= 2;

const snakeCase = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();

const namesSecret = (name: string): boolean => SECRET_NAME.test(name) && !DESCRIBES.test(snakeCase(name));

const pointsElsewhere = (value: string): boolean =>
  literalKind(value) !== 'literal' ||
  NAME_OF_A_THING.test(value) ||
  (URL_FORM.test(value) && !PASSWORD_IN_URL.test(value));

/**
 * True when a pair of name and value, as in an environment, holds a secret in clear (semantics 10): the name says so
 * and the value is neither a placeholder nor something that describes or locates the secret. Known formats are found by
 * `detectSecrets` whatever their name is.
 */
export function secretlike(name: string, value: string): boolean {
  const text = value.trim();
  if (text.length < SHORTEST || NOT_TEXT.test(text) || pointsElsewhere(text)) return false;
  if (!namesSecret(name)) return false;
  return entropy(text) > ENTROPY_BITS || hasMixedClasses(text);
}
