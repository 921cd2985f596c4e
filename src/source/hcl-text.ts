import type { Expression } from '../plan/expression.ts';
import type { AstNode, Context } from './hcl-ast.ts';
import { unescapeHeredoc, unescapeQuoted } from './hcl-template.ts';

/** Only literal text inside a template is a literal of type string; a string in an interpolation is a template itself. */
export const isText = (node: AstNode): boolean => node.type === 'literalValue' && node.meta?.type === 'string';

/** Quoted, heredoc, or the inside of a `%{ if }`, which is written as what surrounds it. */
export function templateContext(context: Context, node: AstNode): Context {
  const written = node.meta?.value ?? '';
  const start = node.range.start.byte;
  if (written.startsWith('<<-')) return { ...context, unescape: unescapeHeredoc, indent: indentBefore(context, start) };
  if (written.startsWith('<<')) return { ...context, unescape: unescapeHeredoc, indent: 0 };
  const opening = isText(node.children[0] ?? node) ? context.bytes.toString('latin1', start - 1, start) : written[0];
  return opening === '"' ? { ...context, unescape: unescapeQuoted, indent: 0 } : context;
}

/** HCL moves the start of the first line behind the indentation it takes away, but prints the other lines as they are. */
const indentBefore = ({ bytes }: Context, start: number): number => start - (bytes.lastIndexOf('\n', start - 1) + 1);

export function literalText(context: Context, node: AstNode): Expression {
  return { kind: 'literal', value: context.unescape(stripped(context, node, flush(context, node.meta?.value ?? ''))) };
}

const flush = ({ indent }: Context, written: string): string =>
  indent > 0 ? written.replaceAll(new RegExp(`\n {1,${indent}}`, 'g'), '\n') : written;

/** `${~` and `~}` take away the white space beside them. */
function stripped({ bytes }: Context, { range: { start, end } }: AstNode, written: string): string {
  const left = bytes.toString('latin1', start.byte - 2, start.byte) === '~}' ? written.trimStart() : written;
  return /^[$%]\{~/.test(bytes.toString('latin1', end.byte, end.byte + 3)) ? left.trimEnd() : left;
}
