interface Position {
  readonly Line: number;
  readonly Column: number;
}

/** Behind the character at `index`; IAM counts lines and columns from 1. */
function behind(text: string, index: number): Position {
  const before = text.slice(0, index + 1).split('\n');
  return { Line: before.length, Column: (before.at(-1) ?? '').length + 1 };
}

/** Every `{`, `}`, `[`, `]` and `,` of a JSON text that is not in a string, with its index. */
function* tokens(json: string): Generator<readonly [character: string, index: number]> {
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) yield [token, index];
}

/**
 * From where to where IAM says that a statement goes. As in AWS's examples, it starts behind the token before it (`[`, `,`)
 * in a list, which may be a line above.
 */
export function statementPosition(json: string, statement: number): { StartPosition: Position; EndPosition: Position } {
  let depth = 0;
  let isNext = false;
  let list = 0;
  let start = 0;
  let count = -1;
  for (const [token, index] of tokens(json)) {
    if (token === '"Statement"' && depth === 1) isNext = true;
    if (token === '{' || token === '[') depth += 1;
    if (token === '[' && isNext && list === 0) [list, start] = [depth, index];
    if (token === ',' && depth === list) start = index;
    if (token === '{' && depth === list + 1 && list > 0) count += 1;
    if (token === '}' && depth === list + 1 && count === statement && list > 0)
      return { StartPosition: behind(json, start), EndPosition: behind(json, index) };
    if (token === '}' || token === ']') depth -= 1;
  }
  throw new Error(`there is no statement ${statement} in ${json}`);
}
