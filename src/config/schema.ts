import { z } from 'zod';
import { SEVERITIES } from '../finding/severity.ts';
import { type Baseline, ON_UNKNOWN, PROFILES } from './config.ts';

/** What a value must be, as a message says it after "expected". What a key means stands at the key. */
const account = z
  .string()
  .regex(/^\d{12}$/)
  .describe('a 12-digit account id in quotes');
const text = z.string().min(1).describe('some text');
const name = z.string().min(1).describe('a name, or a glob of names');
const severity = z.enum(SEVERITIES);
const flag = z.boolean().describe('true or false');
const number = z.int().min(0).max(100_000).describe('a whole number');
const day = z.iso.date().describe('a date such as 2027-01-31');
const network = z
  .string()
  .regex(/^[0-9a-fA-F.:]+\/\d{1,3}$/)
  .describe('a CIDR block such as 203.0.113.0/24');

/** A key with its meaning and an example, for editors and docs/configuration.md. */
const key = <T extends z.ZodType>(schema: T, description: string, example: unknown): T =>
  schema.meta({ description, examples: [example] });

/** A list whose lines are all commented out is empty, not wrong. */
const listOf = <T extends z.ZodType>(item: T) => z.array(item).nullish();

const waiver = z.strictObject({
  policy: text.describe('the id of a policy, or a glob of ids'),
  address: text.describe('a resource address, or a glob of addresses'),
  reason: text.describe('why it is acceptable here'),
  owner: text.describe('who answers for it'),
  expires: day,
  grant: z
    .string()
    .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{8})?$/)
    .describe('the grant of a finding, as the report JSON has it, in quotes')
    .optional(),
});

const setting = z.strictObject({ enabled: flag.optional(), severity: severity.optional() });

const publicBucket = z
  .union([text, z.strictObject({ name: text, 'review-by': day })])
  .describe('a name of buckets, or a map with name and review-by');

/** Key of the file → field of the baseline. */
export const BASELINE_KEYS = {
  'log-retention-days': 'logRetentionDays',
  'backup-retention-days': 'backupRetentionDays',
  'password-length': 'passwordLength',
  'password-reuse-prevention': 'passwordReusePrevention',
  'password-max-age-days': 'passwordMaxAgeDays',
  'session-hours': 'sessionHours',
  'secret-rotation-days': 'secretRotationDays',
  'key-deletion-days': 'keyDeletionDays',
} as const satisfies Record<string, keyof Baseline>;

const baseline = z.strictObject({
  'log-retention-days': key(number.optional(), 'Days that log groups keep their events, at least.', 400),
  'backup-retention-days': key(number.optional(), 'Days that databases keep their backups, at least.', 14),
  'password-length': key(number.optional(), 'Characters of a password, at least.', 16),
  'password-reuse-prevention': key(number.optional(), 'Former passwords that may not come back, at least.', 12),
  'password-max-age-days': key(
    number.optional(),
    'Days after which a password ends, at most; 0 when none need end.',
    0,
  ),
  'session-hours': key(number.optional(), 'Hours that the session of a role or a permission set lasts, at most.', 4),
  'secret-rotation-days': key(number.optional(), 'Days after which a secret is rotated, at most.', 30),
  'key-deletion-days': key(number.optional(), 'Days between the order to delete a KMS key and its end, at least.', 14),
} satisfies Record<keyof typeof BASELINE_KEYS, z.ZodType>);

const failOn = z.enum([...SEVERITIES, 'never']);
const onUnknown = z.enum(ON_UNKNOWN);
const settings = z.record(text, setting).nullish();

const pathRule = z.strictObject({
  match: text.describe('a glob of paths of plans, or of directories with their code'),
  'fail-on': failOn.optional(),
  'on-unknown': onUnknown.optional(),
  settings,
});

/**
 * The schema of the configuration file. Its JSON Schema is made from this, and docs/configuration.md, so that editors, readers
 * and the loader agree.
 */
export const configSchema = z.strictObject({
  profile: key(z.enum(PROFILES).optional(), 'How much a review says, see docs/profiles.md.', 'strict'),
  'fail-on': key(failOn.optional(), 'Findings of this severity or a graver one fail the review.', 'medium'),
  'on-unknown': key(
    onUnknown.optional(),
    'What becomes of a finding that cannot be answered before apply: it is left out, told, or fails the review.',
    'fail',
  ),
  policies: key(
    listOf(text.describe('a directory, relative to this file')),
    'Directories of your own policies, relative to the file.',
    ['../security/policies'],
  ),
  settings: key(settings, 'Policies, by id, that are switched off or on, or have another severity.', {
    's3/acl-public': { severity: 'critical' },
    'security-group/ingress-open-to-world-web-port': { enabled: false },
  }),
  paths: key(
    listOf(pathRule),
    'What holds for some plans only: by a glob of the path of the plan, or of the directory of its code. The last rule that matches wins.',
    [{ match: 'stacks/sandbox/**', 'fail-on': 'critical', settings: { 's3/acl-public': { severity: 'low' } } }],
  ),
  waivers: key(
    listOf(waiver),
    'Findings that are accepted until a day. `*` in the id or the address stands for anything, `{a,b}` for one of several. With `grant` the waiver is void as soon as the finding grants something else.',
    [
      {
        policy: 'security-group/ingress-open-to-world-admin-port',
        address: 'module.bastion["eu"].aws_vpc_security_group_ingress_rule.ssh',
        reason: 'Bastion until the VPN is live',
        owner: 'platform@example.com',
        expires: '2027-01-31',
        grant: '5f0c2a17',
      },
    ],
  ),
  'waiver-days': key(number.optional(), 'So many days ahead a waiver may end, at most.', 90),
  'own-accounts': key(listOf(account), 'Your accounts: access from these is not access from outside.', [
    '123456789012',
  ]),
  'trusted-accounts': key(listOf(account), 'Accounts of others that are trusted on purpose.', ['210987654321']),
  'organization-id': key(
    z
      .string()
      .regex(/^o-[a-z0-9]{10,32}$/)
      .describe('an organization id such as o-a1b2c3d4e5')
      .optional(),
    'Your organization: access that is limited to it is not access from outside.',
    'o-a1b2c3d4e5',
  ),
  'log-buckets': key(listOf(name), 'Buckets (globs of names) that hold logs, whatever they are called.', ['audit-*']),
  'public-buckets': key(
    listOf(publicBucket),
    'Buckets (globs of names) that are public on purpose, with a day on which somebody looks at it again.',
    ['www-*', { name: 'downloads', 'review-by': '2027-06-30' }],
  ),
  'break-glass': key(
    listOf(name),
    'Users and roles (globs of names) for emergencies, which may hold AdministratorAccess or an access key.',
    ['emergency-*'],
  ),
  'office-networks': key(listOf(network), 'Networks of your offices and VPNs.', ['203.0.113.0/24']),
  'security-roles': key(
    listOf(name),
    'Roles (globs of names) of audit, incident response and support, whose loss is told.',
    ['*audit*'],
  ),
  honeytokens: key(
    listOf(name),
    'Decoys (globs of names): users, buckets and secrets whose use raises an alarm. They are told when they go, never when they are made.',
    ['backup-admin'],
  ),
  'required-tags': key(listOf(text.describe('the key of a tag')), 'Tags that every resource must have.', [
    'Owner',
    'Environment',
  ]),
  'trusted-sources': key(
    listOf(text.describe('a source, or a glob of sources')),
    'Where modules, images and hosts that a plan calls may come from (globs of sources).',
    ['app.terraform.io/acme/*'],
  ),
  baseline: key(baseline.optional(), 'Numbers beyond which a setting is too weak.', { 'password-length': 16 }),
  'allow-partial': key(
    flag.optional(),
    'Accept plans that were made with `-target`, or with changes deferred; without it a partial plan fails the review.',
    true,
  ),
});

/** Keys and indexes from the top of the file to a place in it. */
export type Path = readonly PropertyKey[];

function unwrapped(schema: unknown): unknown {
  let here = schema;
  while (here instanceof z.ZodOptional || here instanceof z.ZodNullable) here = here.unwrap();
  return here;
}

/** The schema of a place in the configuration, to say what is expected there. */
export function schemaAt(path: Path): unknown {
  let here: unknown = configSchema;
  for (const step of path) {
    here = unwrapped(here);
    if (here instanceof z.ZodObject) here = here.shape[String(step)];
    else if (here instanceof z.ZodArray) here = here.element;
    else if (here instanceof z.ZodRecord) here = here.valueType;
  }
  return unwrapped(here);
}

/** What must stand at a place, as the end of a sentence. */
export function expectation(path: Path): string {
  const expected = schemaAt(path);
  if (expected instanceof z.ZodEnum) return `one of ${expected.options.join(', ')}`;
  if (expected instanceof z.ZodArray) return 'a list';
  if (expected instanceof z.ZodObject) return `a map with ${Object.keys(expected.shape).join(', ')}`;
  if (expected instanceof z.ZodRecord) return 'a map of policy ids';
  return (expected instanceof z.ZodType ? expected.description : undefined) ?? 'something else';
}
