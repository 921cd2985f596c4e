/**
 * What a text that stands where a secret would stand really is: something that points at the secret, something that
 * stands in for it, or the literal itself.
 */
export type LiteralKind = 'reference' | 'placeholder' | 'literal';

/** Template holes of Terraform, CloudFormation, shells, Windows, mustache, angle brackets as people write them, masks. */
const HOLE =
  /\$\{[^}]*\}|\$\([^)]*\)|\{\{[^}]*\}\}|\$[A-Za-z_]\w*|%[A-Za-z_]\w*%|<[^<>]*>|⟨[^⟩]*⟩|\((?:secret|sensitive|sensitive value|known after apply)\)/u;

/** Where the secret is kept: Secrets Manager, Parameter Store, Vault paths, files, buckets. */
const KEPT_ELSEWHERE =
  /^(?:arn:[\w-]+:|\{\{resolve:|(?:ssm|secretsmanager|vault|s3|file|env|op|sops|aws-sm|aws-ssm):|(?:\.{0,2}|~)\/)/i;

const STAND_IN_WORD =
  /change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|this|with)|example|placeholder|dummy|redacted|sample|your[-_ ]|fixme|insert[-_ ]|not[-_ ]?(?:a[-_ ]?)?(?:real|secret|set|used)|to[-_ ]?be[-_ ](?:set|defined|replaced)|123456789|abcdefgh|^(?:pass|password|passwd|secret|token|apikey|user|username|admin|root|test|testing|none|null|undefined|default|empty|foo|bar|string|value|my[-_ ]?(?:password|secret|token|key))$/i;

/** Masked or filled text: the last characters are at most two different ones. */
const isFill = (text: string): boolean => text.length >= 4 && new Set(text.slice(-12)).size <= 2;

/** Says what kind of text this is; the text is what stands in the place of the secret itself, not around it. */
export function literalKind(text: string): LiteralKind {
  const trimmed = text.trim();
  if (HOLE.test(trimmed) || KEPT_ELSEWHERE.test(trimmed)) return 'reference';
  return STAND_IN_WORD.test(trimmed) || isFill(trimmed) ? 'placeholder' : 'literal';
}
