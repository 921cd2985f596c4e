import { LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { SEVERITIES } from '../finding/severity.ts';
import { UserError } from '../text/user-error.ts';
import { type Config, DEFAULT_CONFIG, ON_UNKNOWN } from './config.ts';

const account = z.string().regex(/^\d{12}$/, 'a 12-digit account id in quotes');
const text = z.string().min(1);
const severity = z.enum(SEVERITIES);

const waiver = z.strictObject({
  policy: text,
  address: text,
  reason: text,
  owner: text,
  expires: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2027-01-31'),
});

const schema = z.strictObject({
  'fail-on': z.enum([...SEVERITIES, 'never']).optional(),
  'on-unknown': z.enum(ON_UNKNOWN).optional(),
  policies: z.array(text).optional(),
  settings: z.record(text, z.strictObject({ enabled: z.boolean().optional(), severity: severity.optional() })).optional(),
  waivers: z.array(waiver).optional(),
  'own-accounts': z.array(account).optional(),
  'trusted-accounts': z.array(account).optional(),
  'organization-id': z.string().regex(/^o-[a-z0-9]{10,32}$/, 'an organization id such as o-a1b2c3d4e5').optional(),
  'log-buckets': z.array(text).optional(),
  'public-buckets': z.array(text).optional(),
  'allow-partial': z.boolean().optional(),
});

/** The JSON Schema of the configuration file is made from this, so that editors and the loader agree. */
export const configSchema = schema;

type Raw = z.infer<typeof schema>;

const toConfig = (raw: Raw): Config => ({
  failOn: raw['fail-on'] ?? DEFAULT_CONFIG.failOn,
  onUnknown: raw['on-unknown'] ?? DEFAULT_CONFIG.onUnknown,
  policies: raw.policies ?? [],
  settings: raw.settings ?? {},
  waivers: raw.waivers ?? [],
  ownAccounts: raw['own-accounts'] ?? [],
  trustedAccounts: raw['trusted-accounts'] ?? [],
  organizationId: raw['organization-id'],
  logBuckets: raw['log-buckets'] ?? [],
  publicBuckets: raw['public-buckets'] ?? [],
  allowPartial: raw['allow-partial'] ?? false,
});

function sentence(issue: z.core.$ZodIssue): string {
  const where = issue.path.length > 0 ? `\`${issue.path.join('.')}\` ` : '';
  if (issue.code === 'unrecognized_keys') {
    return `${where}has the unknown key \`${issue.keys[0] ?? ''}\`; known are ${Object.keys(schema.shape).join(', ')}`;
  }
  return `${where}is not right: ${issue.message}`;
}

/**
 * Parses the configuration file.
 * @param path how the user named it, for messages
 * @throws UserError with file, line and what was expected
 */
export function parseConfig(source: string, path: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) throw new UserError(`${path}:${lines.linePos(broken.pos[0]).line}: this is not YAML: ${broken.message}.`);
  const result = schema.safeParse(document.toJS() ?? {});
  if (result.success) return toConfig(result.data);
  const [issue] = result.error.issues;
  const keys = issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]] : (issue?.path ?? []);
  const node = document.getIn(keys, true) as Node | undefined;
  const line = node?.range ? lines.linePos(node.range[0]).line : 1;
  throw new UserError(`${path}:${line}: ${issue ? sentence(issue) : 'the configuration is not right'}.`);
}
