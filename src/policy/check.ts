import type { SubjectKind } from '../subjects/subject.ts';
import { check, ExpressionError } from './cel.ts';
import type { Constants, Language } from './cel.ts';
import { badOf, type Moment, type Policy } from './policy.ts';
import { languages } from './prepare.ts';
import type { Languages } from './prepare.ts';
import { attributesRead, usesWholeSubject } from './syntax.ts';
import type { Node } from './syntax.ts';
import { parts } from './template.ts';

/** A mistake in one expression of a policy: where it stands in the file's tree, at which character, and what is wrong. */
export interface Mistake {
  readonly path: readonly (string | number)[];
  readonly offset: number;
  readonly message: string;
}

interface Expression {
  readonly path: readonly (string | number)[];
  readonly source: string;
  readonly offset: number;
  readonly on: Moment;
  readonly result: 'bool' | 'any';
  readonly shown: boolean;
}

/** The first mistake in the expressions of a policy for one of its kinds, or undefined when all are sound. */
export function checkExpressions(policy: Policy, kind: SubjectKind, constants: Constants): Mistake | undefined {
  const languageOf = languages(constants);
  try {
    for (const expression of expressionsOf(policy, kind.name)) {
      const message = mistakeIn(expression, kind, languageOf, constants);
      if (message) return message;
    }
  } catch (error) {
    return { path: ['message'], offset: 0, message: error instanceof Error ? error.message : String(error) };
  }
  return undefined;
}

const expressionsOf = (policy: Policy, kind: string): Expression[] => [
  {
    path: typeof policy.bad === 'string' ? ['bad'] : ['bad', kind],
    source: badOf(policy, kind),
    offset: 0,
    on: policy.on,
    result: 'bool',
    shown: false,
  },
  ...policy.severities.map(({ when }, index): Expression => ({
    path: ['severities', index, 'when'],
    source: when,
    offset: 0,
    on: policy.on,
    result: 'bool',
    shown: false,
  })),
  ...Object.entries(policy.evidence).map(([label, source]): Expression => ({
    path: ['evidence', label],
    source,
    offset: 0,
    on: 'present',
    result: 'any',
    shown: true,
  })),
  ...parts(policy.message).flatMap((part): Expression[] =>
    part.kind === 'hole'
      ? [{ path: ['message'], source: part.source, offset: part.offset, on: policy.on, result: 'any', shown: true }]
      : [],
  ),
];

function mistakeIn(
  expression: Expression,
  kind: SubjectKind,
  languageOf: Languages,
  constants: Constants,
): Mistake | undefined {
  const language = languageOf(kind, expression.on);
  try {
    const ast = check(language, expression.source, expression.result);
    const hidden = expression.shown ? hiddenIn(ast, kind) : undefined;
    return hidden === undefined ? undefined : { path: expression.path, offset: expression.offset, message: hidden };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const message = explain(error, expression, language, constants);
    return { path: expression.path, offset: expression.offset + error.offset, message };
  }
}

/** Attributes of plain resources whose value is a secret, or may hold one, whatever the provider marks as sensitive. */
const SECRET_NAME =
  /(^|_)(password|passwd|secret|secret_string|secret_binary|private_key|token|credentials?|user_data|user_data_base64|plaintext)$/;

function hiddenIn(ast: Node, kind: SubjectKind): string | undefined {
  if (usesWholeSubject(ast)) return 'a whole subject cannot be shown; name its attributes';
  const plain = Object.keys(kind.attributes).length === 0;
  const hidden = attributesRead(ast).find((name) => kind.hidden?.includes(name) || (plain && SECRET_NAME.test(name)));
  return hidden === undefined
    ? undefined
    : `\`${hidden}\` may hold a secret and cannot be shown in a message or as evidence`;
}

/** What plain values can be asked. */
const COMPARISONS =
  '==, !=, <, >, in, has(), size(), startsWith(), endsWith(), contains(), glob(), coversWorld() or within()';

const list = (names: readonly string[]): string => names.join(', ');

/** The library's message as one sentence that says what was expected. */
function explain(
  { message, offset }: ExpressionError,
  { source }: Expression,
  language: Language,
  constants: Constants,
): string {
  const [, key] = /^No such key: (\w+)/.exec(message) ?? [];
  if (key) return explainKey(key, /([\w.]*)\.\s*$/.exec(source.slice(0, offset))?.[1] ?? '', language, constants);
  const [, variable] = /^Unknown variable: (\w+)/.exec(message) ?? [];
  if (variable) return `\`${variable}\` is unknown; expected one of ${list(['object', ...Object.keys(constants)])}`;
  const [, type = '', call] = /^found no matching overload for '([\w.]+)\.(\w+\(.*\))'/.exec(message) ?? [];
  const methods = language.schema.facts?.[type];
  if (methods) return `${type} has no \`${call ?? ''}\`; expected one of ${list(Object.keys(methods))}`;
  const [, unknownCall] = /^found no matching overload for '(?:[\w.<>, ]+\.)?(\w+)\(/.exec(message) ?? [];
  if (unknownCall) return `there is no \`${unknownCall}\` here; expected ${COMPARISONS}`;
  if (/token: EOF/i.test(message)) return 'the expression ends too early';
  if (/^unexpected character: =$/i.test(message)) return '`=` compares nothing; expected ==';
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function explainKey(key: string, base: string, { schema }: Language, constants: Constants): string {
  const constant = constants[base];
  if (constant) return `\`${base}\` has no \`${key}\`; expected one of ${list(Object.keys(constant))}`;
  if (base !== 'object' && base !== 'oldObject') return `\`${base}\` has no attribute \`${key}\``;
  return `${schema.name} has no attribute \`${key}\`; expected one of ${list(Object.keys(schema.attributes ?? {}))}`;
}
