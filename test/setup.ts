import { configureGlobal } from 'fast-check';

/**
 * The same cases in every run, so that a red test is the fault of the change that it is red for. To look for new cases,
 * give another seed: `FAST_CHECK_SEED=$RANDOM npm test`.
 */
configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 20_261_122) });
