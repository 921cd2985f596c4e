import { type Document, isNode, LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import { z } from 'zod';
import { SEVERITIES } from '../finding/severity.ts';
import { didYouMean } from '../text/nearest.ts';
import { UserError } from '../text/user-error.ts';
import { type Baseline, BASELINE, type Config, DEFAULT_CONFIG, ON_UNKNOWN, PROFILES } from './config.ts';

/** What a value must be, as a message says it: shown after "expected", and in the JSON Schema as the description. */
const account = z
  .string()
  .regex(/^\d{12}$/)
  .describe('a 12-digit account id in quotes');
const text = z.string().min(1).describe('some text');
const severity = z.enum(SEVERITIES);
const flag = z.boolean().describe('true or false');

/** A list whose lines are all commented out is empty, not wrong. */
const listOf = <T extends z.ZodType>(item: T) => z.array(item).nullish();

const day = z.iso.date().describe('a date such as 2027-01-31');

const waiver = z.strictObject({
  policy: text.describe('the id of a policy, or a glob of ids'),
  address: text.describe('a resource address, or a glob of addresses'),
  reason: text,
  owner: text,
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

const network = z
  .string()
  .regex(/^[0-9a-fA-F.:]+\/\d{1,3}$/)
  .describe('a CIDR block such as 203.0.113.0/24');

const number = z.int().min(0).max(100_000).describe('a whole number');

/** Key of the file → field of the baseline. */
const BASELINE_KEYS = {
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
  'log-retention-days': number.optional(),
  'backup-retention-days': number.optional(),
  'password-length': number.optional(),
  'password-reuse-prevention': number.optional(),
  'password-max-age-days': number.optional(),
  'session-hours': number.optional(),
  'secret-rotation-days': number.optional(),
  'key-deletion-days': number.optional(),
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

const schema = z.strictObject({
  profile: z.enum(PROFILES).optional(),
  'fail-on': failOn.optional(),
  'on-unknown': onUnknown.optional(),
  policies: listOf(text.describe('a directory, relative to this file')),
  settings,
  paths: listOf(pathRule),
  waivers: listOf(waiver),
  'waiver-days': number.optional(),
  'own-accounts': listOf(account),
  'trusted-accounts': listOf(account),
  'organization-id': z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/)
    .describe('an organization id such as o-a1b2c3d4e5')
    .optional(),
  'log-buckets': listOf(text),
  'public-buckets': listOf(publicBucket),
  'break-glass': listOf(text),
  'office-networks': listOf(network),
  'security-roles': listOf(text),
  honeytokens: listOf(text),
  'required-tags': listOf(text),
  'trusted-sources': listOf(text),
  baseline: baseline.optional(),
  'allow-partial': flag.optional(),
});

/** The JSON Schema of the configuration file is made from this, so that editors and the loader agree. */
export const configSchema = schema;

type Raw = z.infer<typeof schema>;

const toBaseline = (raw: NonNullable<Raw['baseline']>): Baseline => ({
  ...BASELINE,
  ...Object.fromEntries(
    Object.entries(BASELINE_KEYS).flatMap(([key, field]) => {
      const value = raw[key as keyof typeof BASELINE_KEYS];
      return value === undefined ? [] : [[field, value]];
    }),
  ),
});

const toConfig = (raw: Raw): Config => ({
  profile: raw.profile ?? DEFAULT_CONFIG.profile,
  failOn: raw['fail-on'] ?? DEFAULT_CONFIG.failOn,
  onUnknown: raw['on-unknown'] ?? DEFAULT_CONFIG.onUnknown,
  policies: raw.policies ?? [],
  settings: raw.settings ?? {},
  paths: (raw.paths ?? []).map((rule) => ({
    match: rule.match,
    failOn: rule['fail-on'],
    onUnknown: rule['on-unknown'],
    settings: rule.settings ?? {},
  })),
  waivers: raw.waivers ?? [],
  waiverDays: raw['waiver-days'] ?? DEFAULT_CONFIG.waiverDays,
  ownAccounts: raw['own-accounts'] ?? [],
  trustedAccounts: raw['trusted-accounts'] ?? [],
  organizationId: raw['organization-id'],
  logBuckets: raw['log-buckets'] ?? [],
  publicBuckets: (raw['public-buckets'] ?? []).map((bucket) =>
    typeof bucket === 'string'
      ? { name: bucket, reviewBy: undefined }
      : { name: bucket.name, reviewBy: bucket['review-by'] },
  ),
  breakGlass: raw['break-glass'] ?? [],
  officeNetworks: raw['office-networks'] ?? [],
  securityRoles: raw['security-roles'] ?? [],
  honeytokens: raw.honeytokens ?? [],
  requiredTags: raw['required-tags'] ?? [],
  trustedSources: raw['trusted-sources'] ?? [],
  baseline: toBaseline(raw.baseline ?? {}),
  allowPartial: raw['allow-partial'] ?? false,
});

type Path = readonly PropertyKey[];

const valueAt = (content: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    content,
  );

/** The schema of a place in the configuration, to say what is expected there. */
function schemaAt(path: Path): unknown {
  let here: unknown = schema;
  for (const step of path) {
    while (here instanceof z.ZodOptional || here instanceof z.ZodNullable) here = here.unwrap();
    if (here instanceof z.ZodObject) here = here.shape[String(step)];
    else if (here instanceof z.ZodArray) here = here.element;
    else if (here instanceof z.ZodRecord) here = here.valueType;
  }
  while (here instanceof z.ZodOptional || here instanceof z.ZodNullable) here = here.unwrap();
  return here;
}

function expectation(path: Path): string {
  const expected = schemaAt(path);
  if (expected instanceof z.ZodEnum) return `one of ${expected.options.join(', ')}`;
  if (expected instanceof z.ZodArray) return 'a list';
  if (expected instanceof z.ZodObject) return `a map with ${Object.keys(expected.shape).join(', ')}`;
  if (expected instanceof z.ZodRecord) return 'a map of policy ids';
  return (expected instanceof z.ZodType ? expected.description : undefined) ?? 'something else';
}

function keysAt(path: Path): string[] {
  const here = schemaAt(path);
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function described(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null || value === undefined || value === '') return 'empty';
  return typeof value === 'object' ? 'a map' : `\`${JSON.stringify(value).replace(/^"(.*)"$/s, '$1')}\``;
}

/** A waiver that ends later than the configuration allows accepts something for good. */
function tooFar({ waivers, waiverDays }: Config, today: string): { path: Path; sentence: string } | undefined {
  const latest = new Date(Date.parse(today) + waiverDays * DAY).toISOString().slice(0, 10);
  const index = waivers.findIndex(({ expires }) => expires > latest);
  if (index < 0) return undefined;
  return {
    path: ['waivers', index, 'expires'],
    sentence: `\`waivers.${index}.expires\` is \`${waivers[index]?.expires ?? ''}\`; expected a day up to ${latest}, which is ${waiverDays} days from now (\`waiver-days\`)`,
  };
}

const DAY = 24 * 60 * 60 * 1000;

/** The sentence for one issue, and the path of what it is about. */
function explain(issue: z.core.$ZodIssue, content: unknown): { readonly path: Path; readonly sentence: string } {
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0] ?? ''];
    const guess = didYouMean(issue.keys[0] ?? '', keysAt(issue.path));
    return { path, sentence: `\`${path.join('.')}\` is not a key here${guess}; expected ${expectation(issue.path)}` };
  }
  const { path } = issue;
  const found = valueAt(content, path);
  const name = path.length > 0 ? `\`${path.join('.')}\`` : 'this';
  if (found === undefined && path.length > 0)
    return { path, sentence: `${name} is missing; expected ${expectation(path)}` };
  return { path, sentence: `${name} is ${described(found)}; expected ${expectation(path)}` };
}

/** The line of what stands at a path, or of its closest parent that is there. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** The text with aliases followed; one that is repeated without end is refused. */
function contentOf(document: Document, path: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch {
    throw new UserError(
      `${path}: the aliases (\`*name\`) of this file cannot be followed: write the values out, and put text that begins with * in quotes.`,
    );
  }
}

const notYaml = ({ code, message }: YAMLParseError): string =>
  code === 'MULTIPLE_DOCS'
    ? 'a second document begins here; expected one only'
    : `this is not YAML: ${message.replace(/[.:\s]+$/, '')}`;

/**
 * Parses the configuration file.
 * @param path how the user named it, for messages
 * @param today ISO date from which waivers may reach so far ahead; left out, nobody asks how far they do
 * @throws UserError with file, line and what was expected
 */
export function parseConfig(source: string, path: string, today?: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const [broken] = document.errors;
  if (broken) throw new UserError(`${path}:${lines.linePos(broken.pos[0]).line}: ${notYaml(broken)}.`);
  const content = contentOf(document, path);
  const result = schema.safeParse(content);
  if (result.success) {
    const config = toConfig(result.data);
    const far = today === undefined ? undefined : tooFar(config, today);
    if (far === undefined) return config;
    throw new UserError(`${path}:${lineOf(document, lines, far.path)}: ${far.sentence}.`);
  }
  // A misspelt key is also a missing one; the spelling is what the author can mend.
  const issue = result.error.issues.find(({ code }) => code === 'unrecognized_keys') ?? result.error.issues[0];
  if (!issue) throw result.error;
  const { path: place, sentence } = explain(issue, content);
  throw new UserError(`${path}:${lineOf(document, lines, place)}: ${sentence}.`);
}
