import { Unknown } from '../../plan/value.ts';
import { TooMuchWork } from '../difference/budget.ts';
import { TooManySymbols } from '../match/symbols.ts';

/** Asks what may grow too large to be answered: then that is the answer. Any other failure is a mistake of ours. */
export function unlessTooLarge<T>(ask: () => T, otherwise: (because: Unknown) => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof TooMuchWork || error instanceof TooManySymbols)
      return otherwise(new Unknown(`the policies are too complex to compare: ${error.message}`));
    throw error;
  }
}
