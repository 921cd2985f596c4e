import type { CatalogueAction } from '../data/catalogue.ts';
import { HARMLESS_ACTIONS } from '../data/harmless-actions.ts';
import { risksOf } from '../data/risk.ts';

/**
 * What somebody can do with resources that nobody named for him, the gravest first. An action counts for one of them
 * only, so that it is told once.
 */
export const CAPABILITIES = [
  'pass roles',
  'manage permissions',
  'read data or credentials',
  'decrypt',
  'change resources',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** The two actions by which a key turns ciphertext into something its owner did not mean to give. */
const DECRYPTING: ReadonlySet<string> = new Set(['kms:Decrypt', 'kms:ReEncryptFrom']);

const HARMLESS: ReadonlySet<string> = new Set(HARMLESS_ACTIONS);

/** What an action gives to whoever is allowed it on everything; undefined when that is in order. */
export function capabilityOf(action: CatalogueAction): Capability | undefined {
  const { name } = action;
  if (HARMLESS.has(name)) return undefined;
  if (name === 'iam:PassRole') return 'pass roles';
  if (DECRYPTING.has(name)) return 'decrypt';
  const risks = risksOf(name);
  // Who makes keys for others has their permissions; who shares a snapshot has it read by whom he shares it with.
  if (risks.includes('credentials exposure')) return 'read data or credentials';
  if (risks.includes('permissions management')) return 'manage permissions';
  if (risks.includes('data exfiltration')) return 'read data or credentials';
  return isChange(action) && !action.wildcardOnly ? 'change resources' : undefined;
}

/** What AWS flags as permissions management and no list of risks has: half of it reads or uses. */
const USES =
  /:(Access|AllowVended|Authorize|Describe|Generate|Get|Invoke|List|PartiallyAuthorize|Search|Test|Validate|View)/;

/** Reading that AWS lists as writing: answers with a URL or a session. */
const READS = /:(BatchGet|Describe|Get|List)/;

function isChange({ name, level }: CatalogueAction): boolean {
  switch (level) {
    case 'Tagging':
      return true;
    case 'Write':
      return !READS.test(name);
    case 'Permissions management':
      return !USES.test(name);
    case 'List':
    case 'Read':
    default:
      return false;
  }
}
