import { POLICY_PAGES } from './policy-pages.ts';

/** Where the documentation of the policies stands. */
export const DOCUMENTATION = 'https://github.com/planwarden/planwarden/blob/main/docs/policies';

/** The page of a policy that comes with planwarden; null for a team's own, which has none. */
export const policyUrl = (policy: string): string | null =>
  POLICY_PAGES.has(policy) ? `${DOCUMENTATION}/${policy}.md` : null;
