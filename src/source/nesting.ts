const MAX_DEPTH = 200;

/** True when brackets nest deeper than people write, which recursive parsers do not survive. Brackets in strings only overstate it. */
export function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/[([{)\]}]/g)) {
    depth += '([{'.includes(sign) ? 1 : -1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
