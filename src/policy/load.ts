import { LineCounter, isNode, isScalar, parseDocument } from 'yaml';
import type { Document, YAMLParseError } from 'yaml';
import type { z } from 'zod';

import type { SubjectKind } from '../subjects/subject.ts';
import { UserError } from '../text/user-error.ts';
import type { Constants } from './cel.ts';
import { checkExpressions } from './check.ts';
import type { Example, Policy } from './policy.ts';
import { kindFor } from './kind.ts';
import { policyFile } from './schema.ts';

/** What a policy file is checked against. */
export interface Vocabulary {
  readonly kinds: ReadonlyMap<string, SubjectKind>;
  readonly constants: Constants;
}

type Path = readonly (string | number)[];

/**
 * Reads the text of one policy file. `id` is its path below the policies directory without the ending, `file` the path
 * that error messages name. Throws UserError with one sentence (file, line, what is wrong, what was expected).
 */
export function loadPolicy(text: string, id: string, file: string, { kinds, constants }: Vocabulary): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fail = (path: Path, message: string, offset = 0): never => {
    throw new UserError(`${file}:${lineOf(document, lines, path, offset)}: ${message}.`);
  };
  const [broken] = document.errors;
  if (broken) throw new UserError(`${file}:${broken.linePos?.[0].line ?? 1}: ${notYaml(broken)}.`);
  const content = contentOf(document, file);
  const read = policyFile.safeParse(content);
  if (!read.success) return failAt(read.error, content, fail);
  const policy: Policy = {
    id,
    file,
    ...read.data,
    subject: subjectsOf(read.data, fail),
    examples: examplesOf(read.data),
  };
  if (policy.examples.good.length === 0 && !isAlwaysBad(policy)) fail(['examples'], '`examples.good` is missing');
  checkSubjects(policy, kinds, fail);
  if (policy.repair !== undefined && policy.on === 'removed')
    fail(['repair'], '`repair` mends an attribute of what is there, so it is not for `on: removed`: leave it out');
  for (const subject of policy.subject) {
    const mistake = checkExpressions(policy, kindFor(subject, kinds), constants);
    if (mistake) fail(mistake.path, `\`${mistake.path.join('.')}\`: ${mistake.message}`, mistake.offset);
  }
  return policy;
}

/** The text with aliases followed. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch {
    throw new UserError(
      `${file}: the aliases (\`*name\`) of this file cannot be followed: write the values out, and put text that begins with * in quotes.`,
    );
  }
}

const notYaml = ({ code, message }: YAMLParseError): string =>
  code === 'MULTIPLE_DOCS'
    ? 'a second document begins here; expected one policy a file'
    : `this is not YAML: ${firstLine(message)}`;

const firstLine = (text: string): string =>
  (text.split('\n')[0] ?? '')
    .replace(/ at line .*$/, '')
    .replace(/[.:]+$/, '')
    .replace(/^Missing closing ["']quote$/, 'a quote is not closed');

/** What a policy only wants to know of: everything of some types is told. */
const isAlwaysBad = ({ bad }: Policy): boolean =>
  (typeof bad === 'string' ? [bad] : Object.values(bad)).every((expression) => expression === 'true');

/** The subjects that a policy names, or those that its `bad` has a line for. */
function subjectsOf({ subject, bad }: Read, fail: Fail): readonly string[] {
  if (typeof bad === 'string') return subject ?? fail([], '`subject` is missing');
  return subject === undefined
    ? Object.keys(bad)
    : fail(['subject'], '`subject` is not needed where `bad` has a line for each resource type: leave it out');
}

type Read = z.infer<typeof policyFile>;

/** Examples are JSON by construction: YAML without tags gives nothing else. */
const examplesOf = ({ examples }: Read): Policy['examples'] => ({
  bad: asExamples(examples.bad),
  good: asExamples(examples.good ?? []),
  undetermined: asExamples(examples.undetermined),
});

const asExamples = (examples: readonly object[]): Example[] => JSON.parse(JSON.stringify(examples)) as Example[];

/** Line of the value at a path, or of its closest parent that is there; `offset` counts characters into a scalar. */
function lineOf(document: Document, lines: LineCounter, path: Path, offset: number): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (!isNode(node) || !node.range) continue;
    const isPlain =
      isScalar(node) && (node.type === 'PLAIN' || node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
    const within = depth === path.length && isPlain ? Math.min(offset, node.range[1] - node.range[0]) : 0;
    return lines.linePos(node.range[0] + within).line;
  }
  return 1;
}

type Fail = (path: Path, message: string, offset?: number) => never;

const keysOf = (): string[] => Object.keys(policyFile.shape);

function failAt(error: z.ZodError, content: unknown, fail: Fail): never {
  // A misspelt key is also a missing one; the spelling is what the author can mend.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  const path = (issue?.path ?? []).filter((step) => typeof step !== 'symbol');
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    return fail([...path, key], `\`${[...path, key].join('.')}\` is not a key here; expected ${expectedKeys(path)}`);
  }
  const found = valueAt(content, path);
  if (found === undefined) return fail(path.slice(0, -1), `\`${path.join('.')}\` is missing`);
  const shown = shownAs(found);
  return fail(
    path,
    path.length
      ? `\`${path.join('.')}\` is ${shown}; expected ${expectation(issue)}`
      : `this is ${shown}; expected a map with ${keysOf().join(', ')}`,
  );
}

function shownAs(found: unknown): string {
  if (found === null || found === '') return 'empty';
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'object' && found !== null) return 'a map';
  if (typeof found !== 'string') return `\`${JSON.stringify(found)}\``;
  return found.length > LONGEST_SHOWN ? `${found.length} characters long` : `\`${found}\``;
}

const LONGEST_SHOWN = 80;

const expectedKeys = (path: Path): string =>
  path.length === 0 ? keysOf().join(', ') : (EXPECTED_KEYS[String(path[0])] ?? 'when, severity');

const EXPECTED_KEYS: Readonly<Record<string, string>> = {
  examples: 'bad, good, undetermined',
  related: 'type, from, fromEach, by, key, onlyHere, related',
};

const valueAt = (content: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    content,
  );

function expectation(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.path[0] === 'repair' && issue.path.length > 1) return 'a literal: true, false, a number or a plain word';
  if (issue?.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  if (issue?.code === 'too_big') return `at most ${issue.maximum} characters`;
  if (issue?.code === 'too_small') return issue.origin === 'array' ? 'at least one entry' : 'some text';
  if (issue?.code === 'invalid_union') return 'text or a list of texts';
  if (issue?.code === 'invalid_type')
    return (
      { string: 'text', array: 'a list', record: 'a map', object: 'a map', int: 'a whole number' }[
        String(issue.expected)
      ] ?? issue.expected
    );
  return issue?.message ?? 'something else';
}

/** A resource type has its provider in front: `aws_db_instance`, `data.aws_ami`. */
const RESOURCE_TYPE = /^(data\.)?[a-z0-9]+_[a-z0-9_]+$/;

function checkSubjects(policy: Policy, kinds: ReadonlyMap<string, SubjectKind>, fail: Fail): void {
  for (const subject of policy.subject) {
    if (kinds.has(subject) || RESOURCE_TYPE.test(subject)) continue;
    const known = [...kinds.keys()].toSorted().join(', ');
    fail(
      ['subject'],
      `\`subject\` is \`${subject}\`; expected a resource type such as aws_db_instance, or one of ${known}`,
    );
  }
}
