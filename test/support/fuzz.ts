/** How many cases a test of many looks at: few on every push, all with `npm run fuzz`. */
export const cases = (usual: number, all: number): number => (process.env['FUZZ'] === undefined ? usual : all);

/** For tests whose length depends on {@link cases}. */
export const FUZZ_PATIENCE = { timeout: 3_600_000 };
