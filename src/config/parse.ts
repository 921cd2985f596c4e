import { type Document, isNode, LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import { z } from 'zod';
import { didYouMean } from '../text/nearest.ts';
import { UserError } from '../text/user-error.ts';
import { latestExpiry } from '../finding/expiry.ts';
import { type Baseline, BASELINE, type Config, DEFAULT_CONFIG } from './config.ts';
import { BASELINE_KEYS, configSchema, expectation, schemaAt, type Path } from './schema.ts';

type Raw = z.infer<typeof configSchema>;

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

const valueAt = (content: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    content,
  );

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
  const latest = latestExpiry(today, waiverDays);
  const index = waivers.findIndex(({ expires }) => expires > latest);
  if (index < 0) return undefined;
  return {
    path: ['waivers', index, 'expires'],
    sentence: `\`waivers.${index}.expires\` is \`${waivers[index]?.expires ?? ''}\`; expected a day up to ${latest}, which is ${waiverDays} days from now (\`waiver-days\`)`,
  };
}

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
  const result = configSchema.safeParse(content);
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
