/**
 * The credential formats planwarden knows. What a credential looks like exactly is secretlint's knowledge; this table
 * says what people call it and how to see cheaply that a text cannot hold one.
 */

/** A format that secretlint lacks: why it is ours, its exact form, and a check beyond the form. */
export interface OwnForm {
  readonly because: string;
  readonly exact: RegExp;
  readonly check?: (match: string) => boolean;
}

export interface Format {
  /** Stable kebab-case name, part of a finding's fingerprint. */
  readonly rule: string;
  /** What people call it, as it stands in a sentence. */
  readonly title: string;
  /** Three characters in a row, one of which stands in every credential of this format. */
  readonly grams: readonly string[];
  /** Source of an expression that matches at least all that the exact form matches; groups are not captured. */
  readonly loose: string;
  /** What secretlint calls it: the rule, or the rule and the message. */
  readonly secretlint?: readonly string[];
  readonly own?: OwnForm;
  /** Shorter matches are no credentials. */
  readonly least?: number;
  /** `medium`: the form alone does not open anything, or is met in harmless texts too. Default `high`. */
  readonly confidence?: 'medium';
  /** What stands around a secret, such as a URL: a credential of another format inside says more. */
  readonly wraps?: true;
  /** The form has its own proof (magic bytes, a header that parses), so words in it do not make it a placeholder. */
  readonly proven?: true;
}

const HEX = Array.from('0123456789abcdef');

/** `caseless('ab')` is the source of an expression for ab, Ab, aB and AB. */
const caseless = (text: string): string =>
  text.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`).replaceAll('.', '\\.');

/** `user:password@` after a scheme. A user may hold an @, as the connection-string rules allow. */
const USER_INFO = String.raw`:\/\/[^\s/:]{0,256}:[^\s/]{1,256}@`;

const PEM_LABEL = String.raw`[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?`;

const isJwtHeader = (token: string): boolean => {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    return typeof header === 'object' && header !== null && 'alg' in header;
  } catch {
    return false;
  }
};

export const FORMATS: readonly Format[] = [
  {
    rule: 'aws-access-key-id',
    title: 'AWS access key ID',
    grams: ['AKI', 'ASI'],
    loose: String.raw`A(?:KI|SI)A[A-Z0-9]{16}`,
    secretlint: ['aws/AWSAccessKeyID'],
    confidence: 'medium',
  },
  {
    rule: 'aws-secret-access-key',
    title: 'AWS secret access key',
    grams: ['S_K', 'S_k', 's_K', 's_k', 'SKE', 'SKe', 'Ske', 'sKE', 'sKe', 'ske', 'SkE', 'skE'],
    loose: String.raw`(?:ACCESS|access|Access)_?(?:KEY|key|Key)["']?\s*(?::|=>|=)\s*["']?[A-Za-z0-9/+=]{40,}`,
    secretlint: ['aws/AWSSecretAccessKey'],
  },
  {
    rule: 'aws-session-token',
    title: 'AWS session token',
    grams: ['IQo', 'Fwo', 'FQo'],
    loose: String.raw`(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9/+=]{100,}`,
    own: {
      because: 'secretlint has no rule; these are the fixed first bytes (origin, aws) of every STS session token',
      exact: /(?<![A-Za-z0-9+])(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9/+]{100,}={0,2}/g,
    },
    proven: true,
  },
  {
    rule: 'private-key',
    title: 'private key',
    grams: ['BEG'],
    loose: String.raw`-----BEGIN ?${PEM_LABEL}-----(?:[\s\S]{0,20000}?-----END ?${PEM_LABEL}-----|[\w+/=\s\\,:-]*)`,
    secretlint: ['privatekey', 'gcp/PrivateKeyJSON'],
    proven: true,
  },
  {
    rule: 'github-token',
    title: 'GitHub token',
    grams: ['ghp', 'gho', 'ghu', 'ghs', 'ghr', 'b_p'],
    loose: String.raw`gh[pousr]_[A-Za-z0-9_.-]{36,}|github_pat_[A-Za-z0-9_]{82,}|ghs_\d{1,20}_[A-Za-z0-9_-]{1,1000}\.[A-Za-z0-9_.-]+`,
    secretlint: ['github'],
  },
  {
    rule: 'gitlab-token',
    title: 'GitLab token',
    grams: ['glp'],
    loose: String.raw`glpat-[A-Za-z0-9_.-]{20,}`,
    secretlint: ['gitlab'],
  },
  {
    rule: 'slack-token',
    title: 'Slack token',
    grams: ['xox', 'xap'],
    loose: String.raw`(?:xox[a-z]|xapp)-[A-Za-z0-9-]{15,}`,
    secretlint: ['slack/SLACK_TOKEN'],
    own: {
      because: 'secretlint leaves out xoxs, the session tokens of Slack applications',
      exact: /\bxoxs-(?:[A-Za-z0-9]{1,64}-)+[A-Za-z0-9]{1,64}\b/g,
    },
    least: 20,
  },
  {
    rule: 'slack-webhook',
    title: 'Slack webhook URL',
    grams: ['k.c', 'k.C', 'K.c', 'K.C'],
    loose: `${caseless('hooks.slack.com')}\\/${caseless('services')}\\/[A-Za-z0-9/]{5,}`,
    secretlint: ['slack/IncomingWebhook'],
    least: 45,
  },
  {
    rule: 'stripe-key',
    title: 'Stripe key',
    grams: ['k_l'],
    loose: String.raw`[rs]k_live_[A-Za-z0-9]{24,}`,
    secretlint: ['stripe/STRIPE_SECRET_KEY_LIVE', 'stripe/STRIPE_RESTRICTED_KEY_LIVE'],
  },
  {
    rule: 'stripe-test-key',
    title: 'Stripe test key',
    grams: ['k_t'],
    loose: String.raw`[rs]k_test_[A-Za-z0-9]{24,}`,
    secretlint: ['stripe/STRIPE_SECRET_KEY_TEST', 'stripe/STRIPE_RESTRICTED_KEY_TEST'],
    confidence: 'medium',
  },
  {
    rule: 'google-api-key',
    title: 'Google API key',
    grams: ['AIz'],
    loose: String.raw`AIza[A-Za-z0-9_-]{35,}`,
    own: {
      because: 'secretlint only knows the service-account files of Google',
      exact: /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g,
    },
  },
  {
    rule: 'npm-token',
    title: 'npm token',
    grams: ['npm', 'hTo'],
    loose: String.raw`npm_[A-Za-z0-9_]{36,}|_authToken=[^$].{7,}`,
    secretlint: ['npm/NPM_ACCESS_TOKEN', 'npm/Npmrc_authToken'],
    least: 8,
  },
  {
    rule: 'pypi-token',
    title: 'PyPI token',
    grams: ['pyp'],
    loose: String.raw`pypi-AgE[A-Za-z0-9_-]{50,}`,
    own: {
      because: 'secretlint has no rule; AgEIcHlwaS5vcmc and AgENdGVzdC5weXBpLm9yZw are the macaroon headers of PyPI',
      exact: /(?<![\w-])pypi-(?:AgEIcHlwaS5vcmc|AgENdGVzdC5weXBpLm9yZw)[A-Za-z0-9_-]{50,}/g,
    },
    proven: true,
  },
  {
    rule: 'sendgrid-key',
    title: 'SendGrid key',
    grams: ['SG.'],
    loose: String.raw`SG\.[\w-]{1,128}\.[\w-]{1,257}`,
    secretlint: ['sendgrid'],
    own: {
      because: "secretlint's rule allows no - in the first part, which half of the real keys have",
      exact: /(?<![\w.-])SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g,
    },
    least: 60,
  },
  {
    rule: 'twilio-key',
    title: 'Twilio API key',
    grams: HEX.map((digit) => `SK${digit}`),
    loose: String.raw`SK[0-9a-f]{32}`,
    own: { because: 'secretlint has no rule', exact: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/g },
    confidence: 'medium',
  },
  {
    rule: 'jwt',
    title: 'JSON Web Token',
    grams: ['eyJ'],
    loose: String.raw`(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{10,}`,
    own: {
      because: 'secretlint has no rule; the header must be JSON with an algorithm',
      exact: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{10,}/g,
      check: isJwtHeader,
    },
    proven: true,
  },
  {
    rule: 'terraform-cloud-token',
    title: 'HCP Terraform token',
    grams: ['sv1'],
    loose: String.raw`[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,}`,
    own: {
      because: 'secretlint has no rule',
      exact: /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}(?![A-Za-z0-9_=-])/g,
    },
  },
  {
    rule: 'azure-storage-key',
    title: 'Azure storage key',
    grams: ['tKe'],
    loose: String.raw`AccountKey=[A-Za-z0-9+/]{80,}={0,2}`,
    own: {
      because: 'secretlint has no rule; without its name the 64 bytes could be anything',
      exact: /(?<=AccountKey=)[A-Za-z0-9+/]{86}==/g,
    },
  },
  {
    rule: 'vault-token',
    title: 'Vault token',
    grams: ['hvs', 'hvb', 'hvr'],
    loose: String.raw`hv[sbr]\.[A-Za-z0-9_-]{90,}`,
    secretlint: ['hashicorp-vault'],
  },
  {
    rule: 'docker-hub-token',
    title: 'Docker Hub token',
    grams: ['dck'],
    loose: String.raw`dckr_pat_[A-Za-z0-9_-]{27,}`,
    secretlint: ['docker'],
  },
  {
    rule: 'openai-key',
    title: 'OpenAI key',
    grams: ['T3B'],
    loose: String.raw`sk-[A-Za-z0-9_-]{20,100}T3BlbkFJ[A-Za-z0-9_-]{20,}`,
    secretlint: ['openai'],
  },
  {
    rule: 'anthropic-key',
    title: 'Anthropic key',
    grams: ['pi0'],
    loose: String.raw`sk-ant-api0\d-[A-Za-z0-9_-]{90,}`,
    secretlint: ['anthropic'],
  },
  {
    rule: 'shopify-key',
    title: 'Shopify key',
    grams: ['shp'],
    loose: String.raw`shp(?:pa|ca|at|ss)_[A-Za-z0-9]{32,}`,
    secretlint: ['shopify'],
  },
  {
    rule: 'grafana-token',
    title: 'Grafana token',
    grams: ['glc', 'gls'],
    loose: String.raw`glc_[A-Za-z0-9+/=]{32,}|glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}`,
    secretlint: ['grafana'],
  },
  {
    rule: 'groq-key',
    title: 'Groq key',
    grams: ['gsk'],
    loose: String.raw`gsk_[A-Za-z0-9]{52,}`,
    secretlint: ['groq'],
  },
  {
    rule: 'hugging-face-token',
    title: 'Hugging Face token',
    grams: ['hf_'],
    loose: String.raw`hf_[A-Za-z]{34,}`,
    secretlint: ['huggingface'],
  },
  {
    rule: 'linear-key',
    title: 'Linear key',
    grams: ['n_a'],
    loose: String.raw`lin_api_[A-Za-z0-9_]{32,}`,
    secretlint: ['linear'],
  },
  {
    rule: 'notion-token',
    title: 'Notion token',
    grams: ['ntn'],
    loose: String.raw`ntn_\d{11}[A-Za-z0-9]{35,}`,
    secretlint: ['notion'],
  },
  {
    rule: '1password-token',
    title: '1Password service account token',
    grams: ['ps_'],
    loose: String.raw`ops_ey[A-Za-z0-9+/=]{100,}`,
    secretlint: ['1password'],
    proven: true,
  },
  {
    rule: 'vercel-token',
    title: 'Vercel token',
    grams: ['vcp', 'vci', 'vca', 'vcr', 'vck'],
    loose: String.raw`vc[piark]_[A-Za-z0-9]{20,}`,
    secretlint: ['vercel'],
  },
  {
    rule: 'databricks-token',
    title: 'Databricks token',
    grams: ['dap'],
    loose: String.raw`dapi[A-Fa-f0-9]{32,}(?:-\d)?`,
    secretlint: ['databricks'],
  },
  {
    rule: 'figma-token',
    title: 'Figma token',
    grams: ['gd_'],
    loose: String.raw`figd_[A-Za-z0-9_-]{40,}`,
    secretlint: ['figma'],
  },
  {
    rule: 'cloudflare-token',
    title: 'Cloudflare token',
    grams: ['cfk', 'cfu', 'cfa'],
    loose: String.raw`cf(?:k|ut|at)_[A-Za-z0-9]{40,}`,
    secretlint: ['cloudflare'],
  },
  {
    rule: 'tailscale-key',
    title: 'Tailscale key',
    grams: ['tsk'],
    loose: String.raw`tskey-[a-z]{2,20}-[0-9A-Za-z_]{8,}-[0-9A-Za-z_]{16,}`,
    secretlint: ['tailscale'],
  },
  {
    rule: 'database-connection-string',
    title: 'connection string with a password',
    grams: ['://'],
    loose: USER_INFO,
    secretlint: ['database-connection-string'],
    wraps: true,
  },
  {
    rule: 'url-credentials',
    title: 'URL with a password',
    grams: ['://'],
    loose: USER_INFO,
    secretlint: ['basicauth'],
    own: {
      because:
        'secretlint knows http, ftp, mongodb, mysql and postgres URLs only, and no special characters in passwords',
      exact: /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@"'<>]{0,100}:[^\s/@"'<>]{4,200}@(?=[^\s/@"'<>]{2})/gi,
      check: (match) => !/:\/\/([^:]+):\1@$/.test(match),
    },
    wraps: true,
  },
];

/** The format that secretlint reports under this rule and message; undefined when it is none of a credential. */
export const formatOf = (secretlintRule: string, message: string): Format | undefined =>
  FORMATS.find((format) =>
    format.secretlint?.some((name) => name === secretlintRule || name === `${secretlintRule}/${message}`),
  );
