const MONTH = 30 * 24 * 60 * 60 * 1000;

/** For what must hold whenever the tests run: a waiver may neither be over nor reach too far. ISO date. */
export const IN_A_MONTH = new Date(Date.now() + MONTH).toISOString().slice(0, 10);
