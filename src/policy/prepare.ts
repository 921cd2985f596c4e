import type { Severity } from '../finding/severity.ts';
import type { SubjectKind } from '../subjects/subject.ts';
import { compile, language, vocabulary } from './cel.ts';
import type { Compiled, Constants, Language, Schema } from './cel.ts';
import { badOf, type Moment, type Policy } from './policy.ts';
import { parts } from './template.ts';

/** A message as text and compiled holes. */
export type Message = readonly (string | Compiled)[];

/** A policy whose expressions are ready to run on subjects of one kind. Everything but `bad` is compiled when needed. */
export interface Prepared {
  readonly policy: Policy;
  readonly language: Language;
  /** The language of its evidence, which sees `object` alone. */
  readonly facts: () => Language;
  readonly bad: Compiled;
  readonly severities: () => readonly { readonly when: Compiled; readonly severity: Severity }[];
  readonly message: () => Message;
  readonly evidence: () => readonly (readonly [string, Compiled])[];
}

/** Gives the languages of kinds, made once each. */
export type Languages = (kind: SubjectKind, moment: Moment) => Language;

/** A plain resource kind has no table of attributes: its attributes are those of the provider. */
export const schemaOf = (kind: SubjectKind): Schema => ({
  name: kind.name,
  attributes: Object.keys(kind.attributes).length ? kind.attributes : undefined,
  ...(kind.attributeTypes && { attributeTypes: kind.attributeTypes }),
  ...(kind.facts && { facts: kind.facts }),
});

/** Remembers the language of each kind and moment. */
export function languages(constants: Constants): Languages {
  const made = new Map<string, Language>();
  const common = once(() => vocabulary(constants));
  return (kind, moment) => {
    const key = `${kind.name} ${moment}`;
    const known = made.get(key) ?? language(schemaOf(kind), moment, common());
    made.set(key, known);
    return known;
  };
}

/** Makes something when it is first asked for, and once. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Compiles a policy, which was checked when it was loaded, for subjects of a kind. */
export function prepare(policy: Policy, kind: SubjectKind, languageOf: Languages): Prepared {
  const own = languageOf(kind, policy.on);
  const facts = once(() => languageOf(kind, 'present'));
  return {
    policy,
    language: own,
    facts,
    bad: compile(own, badOf(policy, kind.name)),
    severities: once(() => policy.severities.map(({ when, severity }) => ({ when: compile(own, when), severity }))),
    message: once(() => compileMessage(own, policy.message)),
    evidence: once(() =>
      Object.entries(policy.evidence).map(([label, source]) => [label, compile(facts(), source)] as const),
    ),
  };
}

const compileMessage = (own: Language, message: string): Message =>
  parts(message).map((part) => (part.kind === 'text' ? part.text : compile(own, part.source)));
