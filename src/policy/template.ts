/** A piece of a message: plain text, or a CEL expression whose value stands there. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'hole'; readonly source: string; readonly offset: number };

/** Cuts `{object.ports} is reachable` at its holes; braces and quotes inside a hole may nest. Throws when one is not closed. */
export function parts(message: string): Part[] {
  const found: Part[] = [];
  let position = 0;
  for (;;) {
    const open = message.indexOf('{', position);
    if (open === -1) break;
    const close = closing(message, open);
    if (open > position) found.push({ kind: 'text', text: message.slice(position, open) });
    found.push({ kind: 'hole', source: message.slice(open + 1, close), offset: open + 1 });
    position = close + 1;
  }
  if (position < message.length) found.push({ kind: 'text', text: message.slice(position) });
  return found;
}

/** Index of the brace that closes the one at `open`. */
function closing(message: string, open: number): number {
  let depth = 0;
  let quote = '';
  for (let index = open; index < message.length; index++) {
    const character = message.charAt(index);
    if (quote) quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return index;
  }
  throw new Error('a `{` in the message is not closed');
}
