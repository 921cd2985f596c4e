import type { Json } from '../plan/value.ts';
import { isObject } from '../plan/value.ts';
import type { Facts, Fate, SubjectKind } from '../subjects/subject.ts';
import { activate } from './activation.ts';
import type { Scope } from './activation.ts';
import type { Constants } from './cel.ts';
import { verdict } from './judge.ts';
import type { Verdict } from './judge.ts';
import type { Example, Policy } from './policy.ts';
import { languages, prepare } from './prepare.ts';

/** An example whose verdict is not the one it stands under. */
export interface ExampleFailure {
  readonly expected: Verdict['kind'];
  /** Position in its list, from 0. */
  readonly index: number;
  readonly found: Verdict;
}

/** Judges all examples of a policy as subjects of a kind; returns those that come out differently. */
export function runExamples(policy: Policy, kind: SubjectKind, constants: Constants): ExampleFailure[] {
  const { bad, language } = prepare(policy, kind, languages(constants));
  const run = (examples: readonly Example[], expected: Verdict['kind']): ExampleFailure[] =>
    examples
      .map((example, index) => [example, index] as const)
      .filter(([example]) => isAbout(example, kind))
      .map(([example, index]) => ({
        expected,
        index,
        found: verdict(bad, activate(language, scopeOf(policy, kind, example))),
      }))
      .filter(({ found }) => found.kind !== expected);
  const { examples } = policy;
  return [...run(examples.bad, 'bad'), ...run(examples.good, 'good'), ...run(examples.undetermined, 'undetermined')];
}

/** An example may name the resource type that it is one of; else it stands for every subject of its policy. */
export function isAbout(example: Example, { name }: SubjectKind): boolean {
  const { oldObject, object } = example;
  const side = isObject(oldObject) ? oldObject : isObject(object) ? object : example;
  const type = side['resourceType'];
  return typeof type !== 'string' || type === name;
}

/** The variables that an example stands for. */
export function scopeOf({ on }: Policy, kind: SubjectKind, example: Example): Scope {
  if (on === 'present') return { object: kind.fromExample(example) };
  const oldObject = factsOf(kind, example['oldObject']);
  if (on === 'weakened' && isObject(example['object']))
    return { oldObject, object: factsOf(kind, example['object']), change: 'updated', fate: 'kept' };
  if (on === 'weakened') return { oldObject, object: {}, fate: fateOf(example['fate']) };
  if (on === 'changed') return { oldObject, object: factsOf(kind, example['object']), change: 'updated' };
  return { oldObject, fate: fateOf(example['fate']) };
}

const factsOf = (kind: SubjectKind, side: Json | undefined): Facts => (isObject(side) ? kind.fromExample(side) : {});

const FATES: readonly Fate[] = ['kept', 'replaced', 'recreated', 'destroyed', 'forgotten'];

const fateOf = (value: Json | undefined): Fate => FATES.find((fate) => fate === value) ?? 'destroyed';
