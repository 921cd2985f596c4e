import type { Waiver } from './finding.ts';

/** Waivers that no longer hold, to be said once. */
export const expired = (waivers: readonly Waiver[], today: string): Waiver[] =>
  waivers.filter((waiver) => waiver.expires < today);
