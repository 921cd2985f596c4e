import type { Statement } from '../../aws/policy-document/statement.ts';
import { isUnknown } from '../../plan/value.ts';
import type { CatalogueAction } from '../data/catalogue.ts';
import { isRequestTagKey, isResourceKey } from '../data/request-keys.ts';
import type { Query } from '../query.ts';
import type { Capability } from './capability.ts';

type Context = NonNullable<Query['context']>;

/** What a request that a condition singles out nothing of carries for a key; undefined where it may carry anything. */
type Answer = (key: string) => string | null | undefined;

const withoutResource: Answer = (key) => (isResourceKey(key) ? null : undefined);

/** What is created has no tags but those that the request gives it. */
const creating: Answer = (key) => (isRequestTagKey(key) ? null : withoutResource(key));

/** Who tags what is there already chooses the tags himself. */
const tagging: Answer = withoutResource;

const PASSED_TO = 'iam:passedtoservice';

/** A service that nobody names. */
const FRESH_SERVICE = 'example.amazonaws.com';

const passing: Answer = (key) => (key === PASSED_TO ? FRESH_SERVICE : creating(key));

/** By which service a key is used: as good a limit for decrypting as kms:ViaService, and none for other actions. */
const CALLED_VIA: Readonly<Record<string, string | null>> = {
  'aws:calledvia': null,
  'aws:calledviafirst': null,
  'aws:calledvialast': null,
  'aws:viaawsservice': 'false',
};

const decrypting: Answer = (key) => (key in CALLED_VIA ? CALLED_VIA[key] : creating(key));

const answerFor = (capability: Capability, { level }: CatalogueAction): Answer => {
  if (capability === 'pass roles') return passing;
  if (capability === 'decrypt') return decrypting;
  return level === 'Tagging' ? tagging : creating;
};

/**
 * The context in which an action must be allowed to count as allowed on everything: the request is about nothing that a
 * condition could single out, so it lacks tags, aliases and the like. Said as a question and not as a look at conditions,
 * so that Denies and negations count as well and a narrower policy never holds more.
 * @param keys condition keys of the policies, in lower case
 */
export function contextFor(capability: Capability, action: CatalogueAction, keys: readonly string[]): Context {
  const answer = answerFor(capability, action);
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = answer(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/** The keys that statements test, in lower case. */
export const keysIn = (statements: readonly Statement[]): readonly string[] => [
  ...new Set(statements.flatMap(({ conditions }) => (isUnknown(conditions) ? [] : conditions.map(({ key }) => key)))),
];
