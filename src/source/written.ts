import type { Expression } from '../plan/expression.ts';
import type { Json } from '../plan/value.ts';
import type { Written } from './block.ts';
import type { AstNode } from './hcl-ast.ts';
import { toExpression } from './hcl-expression.ts';
import { withoutLastNewline } from './hcl-template.ts';
import type { Hcl2json } from './hcl2json.ts';
import { nestsTooDeep } from './nesting.ts';

/** Expressions of people are far smaller. The parser would not survive an input that nests some thousand levels deep. */
const MAX_LENGTH = 200_000;
const MAX_CONDITIONALS = 1000;

/** A heredoc marker for texts of `.tf.json` files: in a heredoc nothing but interpolations needs an escape. */
const MARKER = 'PLANWARDEN_TEMPLATE';

/** The tree of an expression as it is written; `other` when it cannot be understood. */
export function readWritten(parser: Hcl2json, written: Written): Expression {
  return written.kind === 'hcl' ? readHcl(parser, written.text) : readJson(parser, written.value);
}

function readHcl(parser: Hcl2json, text: string): Expression {
  if (isTooDeep(text)) return { kind: 'other' };
  const line = `${text}\n`; // a heredoc ends with its line
  try {
    const ast: AstNode | null = JSON.parse(parser.expressionAst(line));
    return ast ? toExpression(ast, line) : { kind: 'other' };
  } catch {
    return { kind: 'other' };
  }
}

const isTooDeep = (text: string): boolean =>
  text.length > MAX_LENGTH || nestsTooDeep(text) || text.split('?').length > MAX_CONDITIONALS || /[!-]{200}/.test(text);

function readJson(parser: Hcl2json, value: Json): Expression {
  if (typeof value === 'string') return readTemplate(parser, value);
  if (Array.isArray(value)) return { kind: 'tuple', items: value.map((item) => readJson(parser, item)) };
  if (typeof value !== 'object' || value === null) return { kind: 'literal', value };
  return {
    kind: 'object',
    entries: Object.entries(value).map(([name, inner]) => ({
      key: readTemplate(parser, name),
      value: readJson(parser, inner),
    })),
  };
}

function readTemplate(parser: Hcl2json, text: string): Expression {
  if (!/[$%]\{/.test(text) || text.includes(MARKER)) return { kind: 'literal', value: text };
  return withoutLastNewline(readHcl(parser, `<<${MARKER}\n${text}\n${MARKER}`));
}
