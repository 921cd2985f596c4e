import type { SecretLintCoreConfig, SecretLintCoreResultMessage } from '@secretlint/types';

/** A report of secretlint: which rule, which message of it, where. */
export interface Report {
  readonly rule: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export type Lint = (content: string) => Promise<readonly Report[]>;

const PACKAGE = '@secretlint/secretlint-rule-';

/** It lets a text switch the rules off with a comment; the author of a plan must not be able to. */
const FILTER = `${PACKAGE}filter-comments`;

/**
 * Two rules (aws, npm) report where `name=value` begins with the length of the value; the value itself is in the data
 * of the message, so the range is moved to it.
 */
function report(
  content: string,
  { ruleId, messageId, range: [start, end], data }: SecretLintCoreResultMessage,
): Report {
  const found = content.slice(start, end);
  const value = Object.values(data ?? {}).find((item) => typeof item === 'string' && item.length === found.length);
  const from = typeof value === 'string' && value !== found ? Math.max(start, content.indexOf(value, start)) : start;
  return { rule: ruleId.slice(PACKAGE.length), message: messageId, start: from, end: from + found.length };
}

let loading: Promise<Lint> | undefined;

async function load(): Promise<Lint> {
  const [{ lintSource }, preset] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const config: SecretLintCoreConfig = {
    rules: preset.rules
      .filter((rule) => rule.meta.id !== FILTER)
      .map((rule) => ({ id: rule.meta.id, rule, options: { enableIDScanRule: true } })),
  };
  return async (content) => {
    // The name makes secretlint look for _authToken too, which it does in .npmrc files only.
    const source = { content, filePath: '.npmrc', contentType: 'text' } as const;
    const { messages } = await lintSource({ source, options: { config, maskSecrets: false } });
    return messages.map((message) => report(content, message)).toSorted((a, b) => a.start - b.start);
  };
}

/** Loads secretlint, once, with all rules of its recommended preset that find secrets. */
export const loadSecretlint = (): Promise<Lint> => (loading ??= load());
