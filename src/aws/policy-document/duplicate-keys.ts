/** A string, or a character that opens, closes or separates. Everything else in JSON has no meaning here. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/**
 * A key that occurs twice in one object of a JSON text; undefined when there is none. `JSON.parse` silently keeps the last
 * one, so that a condition would be lost; AWS refuses such a policy.
 * @param text valid JSON
 */
export function duplicateKey(text: string): string | undefined {
  const objects: (Set<string> | null)[] = [];
  let last: string | undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{') objects.push(new Set());
    else if (token === '[') objects.push(null);
    else if (token === '}' || token === ']') objects.pop();
    else if (token === ':' && last !== undefined) {
      const keys = objects.at(-1);
      const key: unknown = JSON.parse(last);
      if (typeof key === 'string' && keys?.has(key)) return key;
      if (typeof key === 'string') keys?.add(key);
    }
    last = token.startsWith('"') ? token : undefined;
  }
  return undefined;
}
