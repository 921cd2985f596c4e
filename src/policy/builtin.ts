import { BUILTIN_POLICIES } from './builtin-policies.ts';
import type { Policy } from './policy.ts';

/** The policies that come with planwarden, compiled from `policies/` by `scripts/build-policies.ts`; without examples. */
export const builtinPolicies = (): readonly Policy[] => BUILTIN_POLICIES;
