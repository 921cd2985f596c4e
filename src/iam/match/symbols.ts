/**
 * Patterns and texts in one alphabet. What has no fixed text gets a character of the private use area: values that are
 * known after apply (tokens) and policy variables. So a pattern stays a string, and every question about it is one about
 * strings.
 */

/** In patterns: any run and any one character (as AWS writes them), and the same within one segment of an ARN. */
export const ANY = '*';
export const ONE = '?';
export const SEGMENT_ANY = '\uE000';
export const SEGMENT_ONE = '\uE001';
/** In patterns: the characters `*` and `?` themselves. In texts they stand as they are. */
export const STAR = '\uE002';
export const QUESTION = '\uE003';

const FIRST_TOKEN = 0xe1_00;
const FIRST_VARIABLE = 0xf0_00;
const LAST_VARIABLE = 0xf8_ff;

/** True for a character that stands for a value known after apply. */
export const isToken = (unit: string): boolean => {
  const code = unit.charCodeAt(0);
  return code >= FIRST_TOKEN && code < FIRST_VARIABLE;
};

/** True for a character that stands for a policy variable. */
export const isVariable = (unit: string): boolean => {
  const code = unit.charCodeAt(0);
  return code >= FIRST_VARIABLE && code <= LAST_VARIABLE;
};

/** True when some part of the text is a token. */
export const hasTokens = (text: string): boolean => /[\uE100-\uEFFF]/.test(text);
export const hasVariables = (text: string): boolean => /[\uF000-\uF8FF]/.test(text);
/** True when some part of the text is a token or a variable. */
export const hasSymbols = (text: string): boolean => /[\uE100-\uF8FF]/.test(text);

/** A policy variable: the context key in lower case, and what stands in when a request lacks it. */
export interface Variable {
  readonly key: string;
  readonly fallback: string | undefined;
}

/** What variables are worth in one request; null when it lacks the key. Left out, variables stay symbols. */
export type Resolve = (variable: Variable) => string | null;

const SPECIAL = /⟨(?:ref|unknown):[^⟩]*⟩|\$\{([^}]*)\}|[\uE000-\uF8FF]/gu;
const NEEDS_CODE = /[⟨\uE000-\uF8FF]|\$\{/u;

/** More different tokens or variables than the private use area can tell apart. */
export class TooManySymbols extends Error {
  override readonly name = 'TooManySymbols';
}

/** The alphabet of one question: which symbol stands for what. */
export class Symbols {
  private readonly codes = new Map<string, string>();
  private readonly names = new Map<string, string>();
  private readonly variables = new Map<string, Variable>();
  private nextToken = FIRST_TOKEN;
  private nextVariable = FIRST_VARIABLE;

  /**
   * A pattern in this alphabet; null when a variable of it has no value, because then nothing is matched.
   * @param hasVariables false for documents of version 2008-10-17, where `${…}` is plain text
   */
  pattern(text: string, hasVariables: boolean, resolve?: Resolve): string | null {
    if (!NEEDS_CODE.test(text)) return text;
    let unresolved = false;
    const encoded = text.replace(SPECIAL, (found, variable?: string) => {
      if (variable === undefined) return this.token(found);
      if (!hasVariables) return found;
      if (variable === '*') return STAR;
      if (variable === '?') return QUESTION;
      if (variable === '$') return '$';
      const parsed = parseVariable(variable);
      if (!resolve) return this.variable(parsed);
      const value = resolve(parsed) ?? parsed.fallback;
      if (value === undefined) unresolved = true;
      return value === undefined ? '' : literal(this.text(value));
    });
    return unresolved ? null : encoded;
  }

  /** A text of a request in this alphabet. */
  text(text: string): string {
    return NEEDS_CODE.test(text)
      ? text.replace(SPECIAL, (found, variable?: string) => (variable === undefined ? this.token(found) : found))
      : text;
  }

  /** The symbol of a value that is not known; one that nothing is known of differs from every other. */
  token(text: string): string {
    const known = text.startsWith('⟨unknown:') ? undefined : this.codes.get(text);
    if (known !== undefined) return known;
    if (this.nextToken >= FIRST_VARIABLE) throw new TooManySymbols('too many values are not known');
    return this.remember(text, String.fromCharCode(this.nextToken++));
  }

  variable(variable: Variable): string {
    const text = `\${${variable.key}${variable.fallback === undefined ? '' : `, '${variable.fallback}'`}}`;
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    if (this.nextVariable > LAST_VARIABLE) throw new TooManySymbols('there are too many policy variables');
    const symbol = this.remember(text, String.fromCharCode(this.nextVariable++));
    this.variables.set(symbol, variable);
    return symbol;
  }

  private remember(text: string, symbol: string): string {
    this.codes.set(text, symbol);
    this.names.set(symbol, text);
    return symbol;
  }

  /** The variable that a symbol stands for. */
  variableOf(symbol: string): Variable | undefined {
    return this.variables.get(symbol);
  }

  /** All variables that occurred, by their symbols. */
  get allVariables(): ReadonlyMap<string, Variable> {
    return this.variables;
  }

  /** A text as it was written: symbols become the tokens and variables they stand for. */
  decode(text: string): string {
    return /[\uE000-\uF8FF]/.test(text)
      ? text.replace(/[\uE000-\uF8FF]/g, (symbol) => this.names.get(symbol) ?? PLAIN[symbol] ?? symbol)
      : text;
  }
}

const PLAIN: Readonly<Record<string, string>> = {
  [SEGMENT_ANY]: ANY,
  [SEGMENT_ONE]: ONE,
  [STAR]: '*',
  [QUESTION]: '?',
};

/** A text as a pattern that matches only itself. */
export const literal = (text: string): string =>
  /[*?]/.test(text) ? text.replaceAll('*', STAR).replaceAll('?', QUESTION) : text;

/** `aws:PrincipalTag/team, 'none'`: key names ignore case, the default stands in quotes. */
function parseVariable(text: string): Variable {
  const [, key = text, fallback] = /^\s*([^,]*?)\s*(?:,\s*'(.*)')?\s*$/su.exec(text) ?? [];
  return { key: key.toLowerCase(), fallback };
}
