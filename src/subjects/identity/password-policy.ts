import { isUnknown } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';
import { exampleFacts } from './subject-facts.ts';
import type { Fact, Facts, Subject, SubjectKind } from '../subject.ts';

const TYPE = 'aws_iam_account_password_policy';

/**
 * What AWS applies without a password policy of one's own.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
 */
const AWS_DEFAULT: Facts = {
  minimumLength: 8,
  maximumAge: 0,
  reusePrevention: 0,
  requiresLowercase: false,
  requiresUppercase: false,
  requiresNumbers: false,
  requiresSymbols: false,
  summary: '8 characters, no expiry, reuse allowed',
};

const factsOf = (resource: Resource): Facts =>
  withSummary({
    minimumLength: number(resource, 'minimum_password_length', 6),
    maximumAge: number(resource, 'max_password_age', 0),
    reusePrevention: number(resource, 'password_reuse_prevention', 0),
    requiresLowercase: flag(resource, 'require_lowercase_characters'),
    requiresUppercase: flag(resource, 'require_uppercase_characters'),
    requiresNumbers: flag(resource, 'require_numbers'),
    requiresSymbols: flag(resource, 'require_symbols'),
  });

/** An argument that nobody sets on create takes AWS's default for it; later it keeps its value. */
function number(resource: Resource, attribute: string, absent: number): Fact {
  const value = resource.get(attribute);
  if (isUnknown(value)) return resource.isConfigured(attribute) ? value : absent;
  return typeof value === 'number' ? value : absent;
}

function flag(resource: Resource, attribute: string): Fact {
  const value = resource.get(attribute);
  return isUnknown(value) && resource.isConfigured(attribute) ? value : value === true;
}

/** `14 characters, expiry after 90 days, last 24 refused, symbols, numbers` */
function withSummary(facts: Facts): Facts {
  const { minimumLength, maximumAge, reusePrevention } = facts;
  const classes = [
    ['requiresLowercase', 'lower case'],
    ['requiresUppercase', 'upper case'],
    ['requiresNumbers', 'numbers'],
    ['requiresSymbols', 'symbols'],
  ].flatMap(([name = '', label = '']) => (facts[name] === true ? [label] : []));
  const parts = [
    `${text(minimumLength)} characters`,
    maximumAge === 0 ? 'no expiry' : `expiry after ${text(maximumAge)} days`,
    reusePrevention === 0 ? 'reuse allowed' : `last ${text(reusePrevention)} refused`,
    ...classes,
  ];
  return { ...facts, summary: parts.join(', ') };
}

const text = (fact: Fact | undefined): string => (typeof fact === 'number' ? String(fact) : '(known after apply)');

/** The account always has a password policy: AWS's default where the plan has none. */
const toSubject = (resource: Resource, object: Facts): Subject => ({
  id: resource.identity,
  object,
  address: resource.address,
  previousAddress: resource.previousAddress,
  resourceType: resource.type,
  causes: [{ address: resource.address, path: [] }],
  touched: resource.touched,
});

/** Policies of one side, and AWS's default for those that stand on the other side only. Forgotten ones stay in AWS. */
function subjects(world: World, other: World): readonly Subject[] {
  const own = world.resources(TYPE);
  const standing = new Set(own.map(({ identity }) => identity));
  const absent = other.resources(TYPE).filter(({ identity }) => !standing.has(identity));
  const byDefault = absent.map((resource) =>
    toSubject(resource, resource.fate === 'forgotten' ? factsOf(resource) : AWS_DEFAULT),
  );
  return [...own.map((resource) => toSubject(resource, factsOf(resource))), ...byDefault];
}

/** The password policy of the account. */
export const passwordPolicy: SubjectKind = {
  name: 'password-policy',
  description:
    'The password policy that holds in the account: that of the plan, or AWS\u2019s default where there is none.',
  attributes: {
    minimumLength: 'characters at least',
    maximumAge: 'days until a password expires, 0 for never',
    reusePrevention: 'how many former passwords are refused',
    requiresLowercase: 'a lower-case letter is needed',
    requiresUppercase: 'an upper-case letter is needed',
    requiresNumbers: 'a digit is needed',
    requiresSymbols: 'a symbol is needed',
    summary: 'all of that in one line',
  },
  attributeTypes: { summary: 'string' },
  types: [TYPE],
  build: ({ before, after }) => ({ before: subjects(before, after), after: subjects(after, before) }),
  fromExample: exampleFacts(AWS_DEFAULT),
};
