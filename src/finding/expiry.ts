import type { Waiver } from './finding.ts';

/** Waivers that no longer hold, to be said once. */
export const expired = (waivers: readonly Waiver[], today: string): Waiver[] =>
  waivers.filter((waiver) => waiver.expires < today);

const DAY = 24 * 60 * 60 * 1000;

/** The last day on which a waiver may end: so many days from today. Both are ISO dates. */
export const latestExpiry = (today: string, waiverDays: number): string =>
  new Date(Date.parse(today) + waiverDays * DAY).toISOString().slice(0, 10);
