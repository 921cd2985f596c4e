import type { Statement } from '../../aws/policy-document/statement.ts';
import { hasToken } from '../../aws/policy-document/text.ts';
import { describePattern } from '../../aws/policy-document/describe.ts';
import { isUnknown, Unknown } from '../../plan/value.ts';
import type { StatementTest } from '../match/statement.ts';
import { readsVariables } from '../match/statement.ts';
import { isMixed } from './key-values.ts';

/** Why a comparison has no sure answer, as one clause for people. */
export function reasonOf(tests: readonly StatementTest[]): Unknown {
  for (const { statement } of tests) {
    const found = unknownIn(statement);
    if (found) return found;
  }
  const strange = tests.flatMap(({ conditions }) => conditions).find(({ family }) => family === 'unknown');
  if (strange) return new Unknown(`the condition operator ${strange.condition.label.split(' ')[0] ?? ''} is not known`);
  const token = tests.flatMap(({ statement }) => textsIn(statement)).find(hasToken);
  if (token !== undefined) return new Unknown(`${describePattern(token)} is known only after apply`);
  const conditions = tests.flatMap((test) => test.conditions);
  const mixed = conditions.find(({ key }) => isMixed(conditions.filter((other) => other.key === key)));
  if (mixed) return new Unknown(`${keyIn(mixed.condition.label)} is compared as different kinds of values`);
  const [variable] = tests.filter(({ statement }) => readsVariables(statement)).flatMap(variablesIn);
  if (variable !== undefined) return new Unknown(`it depends on what ${variable} stands for`);
  return new Unknown('a condition can be read in more than one way');
}

const keyIn = (label: string): string => label.slice(label.indexOf(' ') + 1);

const variablesIn = ({ statement }: StatementTest): readonly string[] =>
  textsIn(statement).flatMap((text) => text.match(/\$\{[^}]*[a-z][^}]*\}/gi) ?? []);

function unknownIn({ conditions, principals, actions, resources }: Statement): Unknown | undefined {
  if (isUnknown(conditions)) return conditions;
  const entries = principals.kind === 'holder' ? [] : principals.entries;
  const entry = entries.find(({ kind }) => kind === 'unknown');
  if (entry?.kind === 'unknown') return entry.unknown;
  return [...actions.patterns, ...resources.patterns, ...conditions.flatMap(({ values }) => values)].find(isUnknown);
}

function textsIn({ conditions, principals, actions, resources }: Statement): readonly string[] {
  const values = isUnknown(conditions) ? [] : conditions.flatMap((condition) => condition.values);
  const entries = principals.kind === 'holder' ? [] : principals.entries;
  const arns = entries.map((entry) =>
    entry.kind === 'aws' ? entry.arn : entry.kind === 'federated' ? entry.provider : '',
  );
  return [...resources.patterns, ...values, ...arns, ...actions.patterns].filter((text) => typeof text === 'string');
}
