import type { Condition, Pattern, Patterns, PrincipalEntry, Statement } from '../../aws/policy-document/statement.ts';
import { hasToken } from '../../aws/policy-document/text.ts';
import { isUnknown } from '../../plan/value.ts';

/**
 * What stands in statements for something that is known once it is clear who asks: references to resources of the plan,
 * and policy variables. With them in place a question about one role is one about texts.
 */
export interface Binding {
  readonly reference: (address: string, attribute: string) => string | undefined;
  /** What a policy variable is worth, by its key in lower case; undefined when the requests lack it. */
  readonly variable: (key: string) => string | undefined;
}

const REFERENCE = /⟨ref:(.+?)\.([^.⟩]+)⟩/gsu;
const VARIABLE = /\$\{\s*([^\s,}]{2,})\s*(?:,\s*'([^']*)'\s*)?\}/g;

/** The statement with everything in place that is known; itself when there is nothing to put. */
export function bound(statement: Statement, binding: Binding): Statement {
  if (!isOpen(statement)) return statement;
  const put = putter(binding, statement.variables !== false);
  const { principals, resources, conditions } = statement;
  return {
    ...statement,
    principals:
      principals.kind === 'holder'
        ? principals
        : { ...principals, entries: principals.entries.map((entry) => boundEntry(entry, put)) },
    resources: boundPatterns(resources, put),
    conditions: isUnknown(conditions) ? conditions : conditions.map((condition) => boundCondition(condition, put)),
  };
}

type Put = (text: string) => string;

function putter({ reference, variable }: Binding, hasVariables: boolean): Put {
  const references: Put = (text) =>
    hasToken(text)
      ? text.replace(REFERENCE, (token, address: string, attribute: string) => reference(address, attribute) ?? token)
      : text;
  if (!hasVariables) return references;
  return (text) =>
    references(text).replace(VARIABLE, (written, key: string, fallback?: string) => {
      const value = variable(key.toLowerCase()) ?? fallback;
      return value === undefined ? written : escaped(value);
    });
}

/** A value stands for itself, whatever letters are in it. */
const escaped = (value: string): string => value.replaceAll(/[*?]/g, (letter) => `\${${letter}}`);

const boundPattern = (pattern: Pattern, put: Put): Pattern => (isUnknown(pattern) ? pattern : put(pattern));

const boundPatterns = ({ kind, patterns, written }: Patterns, put: Put): Patterns => ({
  kind,
  patterns: patterns.map((pattern) => boundPattern(pattern, put)),
  written,
});

const boundCondition = (condition: Condition, put: Put): Condition => ({
  ...condition,
  values: condition.values.map((value) => boundPattern(value, put)),
});

const ACCOUNT_ROOT = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/;

/** A reference may turn out to be an account, which is more than one principal. */
function boundEntry(entry: PrincipalEntry, put: Put): PrincipalEntry {
  if (entry.kind !== 'aws') return entry;
  const arn = put(entry.arn);
  const account = ACCOUNT_ROOT.exec(arn)?.[1];
  return account === undefined ? { kind: 'aws', arn } : { kind: 'account', account };
}

/** True when there may be something to put in place. */
function isOpen({ principals, resources, conditions }: Statement): boolean {
  const entries = principals.kind === 'holder' ? [] : principals.entries;
  return (
    resources.patterns.some(isOpenText) ||
    entries.some((entry) => entry.kind === 'aws' && isOpenText(entry.arn)) ||
    (!isUnknown(conditions) && conditions.some(({ values }) => values.some(isOpenText)))
  );
}

const isOpenText = (text: Pattern): boolean => !isUnknown(text) && (hasToken(text) || text.includes('${'));

/** A statement without what its holder has to himself; one that leaves that out speaks of others anyway. */
export const ofOthers = (statement: Statement): Statement =>
  statement.resources.kind === 'only' ? without(statement, isOwn) : statement;

/** A statement without the objects that it names by reference. */
export const ofUnnamed = (statement: Statement): Statement => without(statement, namesOne);

function without(statement: Statement, isLeftOut: (pattern: string) => boolean): Statement {
  const { kind, patterns } = statement.resources;
  const kept = patterns.filter((pattern) => isUnknown(pattern) || !isLeftOut(pattern));
  return kept.length === patterns.length ? statement : { ...statement, resources: { kind, patterns: kept } };
}

/** True for what a user has to himself: `session/${aws:username}-*`. */
const isOwn = (pattern: string): boolean => /\$\{\s*aws:user(name|id)\b/i.test(pattern);

const TOKEN = /⟨(?:ref|unknown):[^⟩]*⟩/gu;
const SEGMENTS = 6;

/** True for a reference to one object, which is none that nobody has named; not for one that only tells the account. */
function namesOne(pattern: string): boolean {
  if (!pattern.includes('⟨ref:')) return false;
  const parts = pattern.replace(TOKEN, (token) => (token.startsWith('⟨ref:') ? '⟨' : '')).split(':');
  return parts.length < SEGMENTS || parts.slice(SEGMENTS - 1).some((part) => part.includes('⟨'));
}
