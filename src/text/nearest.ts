import distance from 'leven';

/** The known word that a misspelt one most likely means; undefined when none is near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [found] = known
    .map((candidate) => ({ candidate, steps: distance(word, candidate) }))
    .filter(({ candidate, steps }) => steps <= Math.max(1, candidate.length * 0.4))
    .toSorted((a, b) => a.steps - b.steps);
  return found?.candidate;
}

/** ` (did you mean X?)`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const found = nearest(word, known);
  return found === undefined ? '' : ` (did you mean \`${found}\`?)`;
}
