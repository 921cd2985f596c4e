export type Mask = (text: string) => string;

/** A policy as it may be sent: on the lines after the first stands one statement each. */
export interface SendableDocument {
  readonly kind: 'sendable';
  readonly text: string;
  readonly statements: number;
  /** True when something was masked, so that AWS judges other text than the plan's. */
  readonly isMasked: boolean;
}

export interface UnfitDocument {
  readonly kind: 'unfit';
  readonly reason: string;
}

export type PreparedDocument = SendableDocument | UnfitDocument;

/** The most characters of one policy, white space included (botocore model of `iam`, `policyDocumentType`). */
const LONGEST_POLICY = 131_072;

/** Where the first statement stands. IAM counts lines from 1. */
const FIRST_LINE = 2;

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mapStrings(value: unknown, change: Mask): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}

/** IAM takes no character above U+00FF in a policy text, but JSON can say every one of them in ASCII. */
const escapeAboveLatin1 = (json: string): string =>
  json.replaceAll(/[^\t\n\r\u0020-\u00ff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const statementsOf = ({ Statement: statement }: JsonObject): unknown[] =>
  Array.isArray(statement) ? statement : statement === undefined ? [] : [statement];

/** One statement a line, so that a line of the answer names a statement. */
function print(document: JsonObject, statements: readonly unknown[]): string {
  const others = Object.entries(document).filter(([key]) => key !== 'Statement');
  const head = others.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`).join('');
  const lines = statements.map((statement) => JSON.stringify(statement)).join(',\n');
  return escapeAboveLatin1(`{${head}"Statement":[\n${lines}\n]}`);
}

/** A Sid decides nothing: it is the first thing to leave out of a policy that is too long. */
const withoutSid = (statement: unknown): unknown =>
  isObject(statement) ? { ...statement, Sid: undefined } : statement;

function parse(json: string): JsonObject | undefined {
  try {
    const document: unknown = JSON.parse(json);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

/** Makes a policy fit for IAM: nothing secret in it, nothing above Latin-1, one statement a line, not too long. */
export function prepareDocument(json: string, mask: Mask): PreparedDocument {
  const document = parse(json);
  if (document === undefined) return { kind: 'unfit', reason: 'one of the policies is not a JSON object' };
  let isMasked = false;
  const masked = mapStrings(document, (text) => {
    const shown = mask(text);
    isMasked ||= shown !== text;
    return shown;
  }) as JsonObject;
  const statements = statementsOf(masked);
  const printed = print(masked, statements);
  const text = printed.length > LONGEST_POLICY ? print(masked, statements.map(withoutSid)) : printed;
  return text.length > LONGEST_POLICY
    ? {
        kind: 'unfit',
        reason: `one of the policies is longer than the ${LONGEST_POLICY} characters that IAM simulates`,
      }
    : { kind: 'sendable', text, statements: statements.length, isMasked };
}

/**
 * The index of the statement that ends in a line, null when there is none. It is the end that tells: AWS's examples place
 * the start of a statement behind the token before it, which may be a line above (`simulate-principal-policy` of the AWS
 * command line: a statement from 3:19, which is behind `"Statement": [`, to 9:10).
 */
export function statementEndingIn({ statements }: SendableDocument, line: number | undefined): number | null {
  const index = (line ?? 0) - FIRST_LINE;
  return index >= 0 && index < statements ? index : null;
}
