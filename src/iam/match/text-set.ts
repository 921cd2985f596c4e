import type { Patterns } from '../../aws/policy-document/statement.ts';
import { not } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import { hasSymbols } from './symbols.ts';
import { headOf, matchText } from './text-pattern.ts';
import type { Reading, TextPattern } from './text-pattern.ts';

/** How many colons lie in the part of a text by which its patterns are found: `s3:` of an action, `arn:aws:s3:` of an ARN. */
type Depth = 1 | 3;

/** A set of actions or resources, ready to be asked. AWS-managed policies list thousands, so patterns are indexed. */
export interface TextSet {
  /** `except`: everything but what the patterns match. */
  readonly kind: 'only' | 'except';
  readonly patterns: readonly TextPattern[];
  /** True when an element is not known: then anything may be in the set, or out of it. */
  readonly isOpen: boolean;
  matches(text: string, reading?: Reading): Ternary;
  /** The patterns that may have a text in common with this one. */
  near(pattern: TextPattern): readonly TextPattern[];
}

/** The part by which a text is found; undefined when it has none. */
function keyOf(text: string, depth: Depth): string | undefined {
  let end = -1;
  for (let colons = 0; colons < depth; colons++) {
    end = text.indexOf(':', end + 1);
    if (end === -1) return undefined;
  }
  return text.slice(0, end);
}

/**
 * @param compile null for a pattern with an unresolved variable, which matches nothing; whether NotResource then spares
 * nothing is not documented
 */
export function textSet(
  { kind, patterns }: Patterns,
  depth: Depth,
  compile: (pattern: string) => TextPattern | null,
): TextSet {
  const known = patterns.filter((pattern) => typeof pattern === 'string').map(compile);
  const compiled = known.filter((pattern) => pattern !== null);
  const isOpen = known.length < patterns.length || (kind === 'except' && compiled.length < known.length);
  return { kind, patterns: compiled, isOpen, ...index(kind, compiled, depth, isOpen) };
}

const NONE: readonly TextPattern[] = [];

function index(
  kind: TextSet['kind'],
  patterns: readonly TextPattern[],
  depth: Depth,
  isOpen: boolean,
): Pick<TextSet, 'matches' | 'near'> {
  const literals = new Set<string>();
  const byKey = new Map<string, TextPattern[]>();
  const keyless: TextPattern[] = [];
  for (const pattern of patterns) {
    if (pattern.literal !== undefined && !pattern.hasTokens) literals.add(pattern.literal);
    const key = keyOf(pattern.head, depth);
    if (key === undefined) keyless.push(pattern);
    else push(byKey, key, pattern);
  }
  // A symbol may turn out to be any text: where it stands in front, every pattern may be meant.
  const near = (head: string, isCut: boolean): readonly (readonly TextPattern[])[] => {
    const key = keyOf(head, depth);
    return key === undefined && isCut ? [patterns] : [key === undefined ? NONE : (byKey.get(key) ?? NONE), keyless];
  };
  const found = (text: string, reading?: Reading): Ternary => {
    if (literals.has(text)) return 'yes';
    const hasOpen = hasSymbols(text);
    let answer: Ternary = isOpen ? 'maybe' : 'no';
    for (const list of near(hasOpen ? headOf(text) : text, hasOpen)) {
      for (const pattern of list) {
        const one = matchText(pattern, text, reading);
        if (one === 'yes') return 'yes';
        if (one === 'maybe') answer = 'maybe';
      }
    }
    return answer;
  };
  const hasVariables = patterns.some((pattern) => pattern.hasVariables);
  return {
    matches:
      kind === 'only'
        ? found
        : (text, reading) => {
            const answer = not(found(text, reading));
            // A request may lack the key of a variable.
            return answer === 'yes' && hasVariables && reading === 'open' ? 'maybe' : answer;
          },
    near: ({ head, literal }) => near(head, literal !== head).flat(),
  };
}

function push(groups: Map<string, TextPattern[]>, key: string, pattern: TextPattern): void {
  const group = groups.get(key);
  if (group) group.push(pattern);
  else groups.set(key, [pattern]);
}
