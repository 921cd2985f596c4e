import type { SubjectKind } from '../subject.ts';
import { safeguard } from './safeguard.ts';

/** What keeps an account or an organisation in order besides permissions. */
export const KINDS: readonly SubjectKind[] = [safeguard];
