/** A question that grew too large to be answered exactly: the difference is then undetermined, never empty. */
export class TooMuchWork extends Error {
  override readonly name = 'TooMuchWork';
}

/** Steps of one comparison: some seconds, and several times what any of AWS's own policies takes. */
const STEPS = 1_500_000;

/**
 * What one comparison may cost, counted in steps of its innermost loops, so that an answer does not hang on the machine it
 * is sought on. The policies of a pull request may be written to be as hard as can be.
 */
export class Budget {
  private left: number;

  constructor(steps = STEPS) {
    this.left = steps;
  }

  /** @throws TooMuchWork */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new TooMuchWork('comparing them takes too long');
  }
}
