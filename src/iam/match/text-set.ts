import type { Patterns } from '../../aws/policy-document/statement.ts';
import { not } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import { hasTokens } from './symbols.ts';
import { matchText } from './text-pattern.ts';
import type { TextPattern } from './text-pattern.ts';

/** How many colons lie in the part of a text by which its patterns are found: `s3:` of an action, `arn:aws:s3:` of an ARN. */
type Depth = 1 | 3;

/** A set of actions or resources, ready to be asked. AWS-managed policies list thousands, so patterns are indexed. */
export interface TextSet {
  /** `except`: everything but what the patterns match. */
  readonly kind: 'only' | 'except';
  readonly patterns: readonly TextPattern[];
  /** True when an element is not known: then anything may be in the set, or out of it. */
  readonly isOpen: boolean;
  matches(text: string): Ternary;
  /** The patterns that may have a text in common with this one. */
  near(pattern: TextPattern): readonly TextPattern[];
}

/** Where the head of a text ends; -1 when it has none. */
function headEnd(text: string, depth: Depth): number {
  let end = -1;
  for (let colons = 0; colons < depth; colons++) {
    end = text.indexOf(':', end + 1);
    if (end === -1) return -1;
  }
  return end;
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
  const literals = new Map<string, TextPattern>();
  const byHead = new Map<string, TextPattern[]>();
  const headless: TextPattern[] = [];
  const tokens: TextPattern[] = [];
  for (const pattern of patterns) {
    if (pattern.hasTokens) tokens.push(pattern);
    if (pattern.literal !== undefined && !pattern.hasTokens) literals.set(pattern.literal, pattern);
    const end = pattern.hasTokens ? -1 : headEnd(pattern.prefix, depth);
    if (end === -1) headless.push(pattern);
    else push(byHead, pattern.prefix.slice(0, end), pattern);
  }
  const headOf = (text: string): readonly TextPattern[] => {
    const end = headEnd(text, depth);
    return end === -1 ? NONE : (byHead.get(text.slice(0, end)) ?? NONE);
  };
  const found = (text: string): Ternary => {
    if (literals.has(text)) return 'yes';
    // A text with a token may turn out to be any of the patterns.
    const open = hasTokens(text);
    let answer: Ternary = isOpen ? 'maybe' : 'no';
    for (const list of open ? [patterns] : [headOf(text), headless]) {
      for (const pattern of list) {
        const one = matchText(pattern, text);
        if (one === 'yes') return 'yes';
        if (one === 'maybe') answer = 'maybe';
      }
    }
    return answer;
  };
  return {
    matches: kind === 'only' ? found : (text) => not(found(text)),
    near: (pattern) => {
      if (headEnd(pattern.prefix, depth) === -1 || pattern.hasTokens) return patterns;
      return [...headOf(pattern.prefix), ...headless];
    },
  };
}

function push(groups: Map<string, TextPattern[]>, head: string, pattern: TextPattern): void {
  const group = groups.get(head);
  if (group) group.push(pattern);
  else groups.set(head, [pattern]);
}
