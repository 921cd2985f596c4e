import type { Expression } from '../plan/expression.ts';

const QUOTED_ESCAPES = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([nrt"\\]))|\$\$\{|%%\{/g;
const HEREDOC_ESCAPES = /\$\$\{|%%\{/g;
const CHARACTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Turns the text between quotes into what it says, in one pass from left to right. */
export const unescapeQuoted = (text: string): string =>
  text.replace(QUOTED_ESCAPES, (whole, u4?: string, u8?: string, character?: string) => {
    if (character !== undefined) return CHARACTERS[character] ?? whole;
    const code = Number.parseInt(u4 ?? u8 ?? '', 16);
    if (Number.isNaN(code)) return whole.slice(1);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** Turns a line of a heredoc into what it says: only `$${` and `%%{` are escapes there. */
export const unescapeHeredoc = (text: string): string => text.replace(HEREDOC_ESCAPES, (whole) => whole.slice(1));

/** Joins neighbouring literals; a template of literals only is a literal. */
export function templateOf(parts: readonly Expression[]): Expression {
  const joined: Expression[] = [];
  for (const part of parts.flatMap((one) => (one.kind === 'template' ? one.parts : [one]))) {
    const last = joined.at(-1);
    const both = last && part.kind === 'literal' && last.kind === 'literal';
    if (both) joined.splice(-1, 1, { kind: 'literal', value: `${last.value ?? ''}${part.value ?? ''}` });
    else joined.push(part);
  }
  const [only] = joined;
  if (joined.length === 0) return { kind: 'literal', value: '' };
  return joined.length === 1 && only?.kind === 'literal'
    ? { kind: 'literal', value: `${only.value ?? ''}` }
    : { kind: 'template', parts: joined };
}

/** A template without the newline that a heredoc ends with; a lone interpolation is the value itself, as in JSON syntax. */
export function withoutLastNewline(template: Expression): Expression {
  if (template.kind === 'literal') return { kind: 'literal', value: `${template.value ?? ''}`.replace(/\n$/, '') };
  if (template.kind !== 'template') return template;
  const parts = template.parts.slice(0, -1);
  const last = template.parts.at(-1);
  const rest = last?.kind === 'literal' ? `${last.value ?? ''}`.replace(/\n$/, '') : '';
  const kept: readonly Expression[] = rest === '' ? parts : [...parts, { kind: 'literal', value: rest }];
  return kept.length === 1 && kept[0] ? kept[0] : templateOf(kept);
}
