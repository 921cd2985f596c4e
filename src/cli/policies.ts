import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { builtinPolicies } from '../policy/builtin.ts';
import type { ExampleFailure } from '../policy/examples.ts';
import type { Policy } from '../policy/policy.ts';
import { UserError } from '../text/user-error.ts';
import { indented, table } from './columns.ts';

/** What the subcommands of `planwarden policies` may touch. */
export interface PoliciesIo {
  readonly print: (text: string) => void;
  /** Columns of the terminal; undefined for a pipe, where every entry is one line. */
  readonly width?: number | undefined;
  readonly cwd: string;
}

/** `planwarden policies list`: severity, id and title of every built-in policy. */
export function listPolicies({ print, width }: PoliciesIo): void {
  const rows = builtinPolicies().map(({ id, severity, title }) => [severity, id, title] as const);
  for (const line of table(rows, width)) print(line);
}

/** `planwarden policies show ID`. Throws UserError for an id that does not exist. */
export async function showPolicy(id: string, { print, width }: PoliciesIo): Promise<void> {
  const policy = builtinPolicies().find((one) => one.id === id);
  if (!policy) throw new UserError(unknownPolicy(id));
  const { BUILTIN_EXAMPLES } = await import('../policy/builtin-examples.ts');
  const { exampleText, momentSentence, severityRules } = await import('../policy/page.ts');
  const examples = Object.entries(BUILTIN_EXAMPLES[id] ?? policy.examples).flatMap(([verdict, list]) =>
    list.map((example) => [verdict, exampleText(example)] as const),
  );
  const facts = [
    ['id', policy.id],
    ['severity', [policy.severity, ...severityRules(policy)].join('; ')],
    ['why', policy.why],
    ['fix', policy.fix],
    ['subject', policy.subject.join(', ')],
    ['judged', momentSentence(policy)],
    ...badWhen(policy),
    ...labelOnce('references', policy.references),
    ...labelOnce('checklists', policy.seeds.length === 0 ? [] : [policy.seeds.join(', ')]),
  ] as const;
  print([...indented(policy.title, 0, width), '', ...table(facts, width), '', 'Examples', ''].join('\n'));
  print(table(examples, width).join('\n'));
}

/** What is bad, for all subjects or for each resource type. */
const badWhen = ({ bad }: Policy): (readonly [string, string])[] =>
  typeof bad === 'string'
    ? [['bad when', oneLine(bad)]]
    : labelOnce(
        'bad when',
        Object.entries(bad).map(([type, expression]) => `${type}: ${oneLine(expression)}`),
      );

const oneLine = (expression: string): string => expression.trim().replace(/\s+/g, ' ');

/** A label in front of the first of several lines. */
const labelOnce = (label: string, lines: readonly string[]): (readonly [string, string])[] =>
  lines.map((line, index) => [index === 0 ? label : '', line] as const);

function unknownPolicy(id: string): string {
  const name = id.split('/').at(-1) ?? id;
  const [named, others] = [
    builtinPolicies().filter((one) => one.id.includes(name)),
    builtinPolicies().filter((one) => !one.id.includes(name) && id.startsWith(`${one.id.split('/')[0] ?? ''}/`)),
  ];
  const similar = [...named, ...others];
  const hint =
    similar.length > 0
      ? `did you mean ${similar
          .slice(0, 5)
          .map((one) => one.id)
          .join(', ')}`
      : '`planwarden policies list` shows all';
  return `There is no policy ${id}; ${hint}.`;
}

/** `planwarden policies test DIR`: runs the examples of own policies. Returns true when all come out as they say. */
export async function testPolicies(directory: string, { print, cwd, width }: PoliciesIo): Promise<boolean> {
  const { loadDirectory, vocabulary } = await import('../policy/own.ts');
  const { runExamples } = await import('../policy/examples.ts');
  const { kindFor } = await import('../policy/kind.ts');
  const { kinds, constants } = vocabulary();
  const policies = await loadDirectory(resolve(cwd, directory), cwd);
  const failed = policies.filter((policy) => {
    const failures = policy.subject.flatMap((subject) => runExamples(policy, kindFor(subject, kinds), constants));
    const mistakes = [...takenBy(policy), ...failures.map((failure) => explainFailure(policy, failure))];
    print(
      table([[mistakes.length === 0 ? 'ok    ' : 'FAILED', `${policy.id} (${countExamples(policy)})`]], width).join(
        '\n',
      ),
    );
    for (const mistake of mistakes) print(indented(mistake, 8, width).join('\n'));
    return mistakes.length > 0;
  });
  const verdict = failed.length === 0 ? 'all examples hold' : `${failed.length} to mend`;
  print(`\n${policies.length} ${policies.length === 1 ? 'policy' : 'policies'}: ${verdict}.`);
  return failed.length === 0;
}

/** An id that comes with planwarden cannot be a team's own; in planwarden's repository it is the policy itself. */
const takenBy = ({ id, file }: Policy): string[] =>
  builtinPolicies().some((builtin) => builtin.id === id && builtin.file !== file)
    ? ['this id comes with planwarden: choose another file name']
    : [];

function countExamples({ examples: { bad, good, undetermined } }: Policy): string {
  return `${bad.length} bad, ${good.length} good, ${undetermined.length} undetermined`;
}

function explainFailure({ examples }: Policy, { expected, index, found }: ExampleFailure): string {
  const because = found.kind === 'undetermined' ? `: ${found.because}` : '';
  const example = JSON.stringify(examples[expected][index]);
  return `examples.${expected}[${index}] ${example} is ${found.kind}, not ${expected}${because}`;
}

const ID = /^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*)+$/;

/** `planwarden policies new ID`: writes `policies/ID.yaml`. Throws UserError when it exists or the id is no id. */
export async function newPolicy(id: string, { print, cwd }: PoliciesIo): Promise<void> {
  if (!ID.test(id))
    throw new UserError(`${id} is no policy id; expected a service and a name in lower case, such as rds/backups-off.`);
  if (builtinPolicies().some((policy) => policy.id === id))
    throw new UserError(`The policy ${id} comes with planwarden; choose another id.`);
  const path = join('policies', `${id}.yaml`);
  const target = resolve(cwd, path);
  if (await exists(target)) throw new UserError(`${path} exists already; choose another id or edit the file.`);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, TEMPLATE);
  print(
    [
      `Wrote ${path}. It passes its examples as it is. Next:`,
      '  1. change it: what is bad, why, the fix, the examples',
      '  2. planwarden policies test policies',
      '  3. name the directory in .planwarden.yaml: `policies: [policies]`',
    ].join('\n'),
  );
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const TEMPLATE = `title: Database can be deleted by mistake
severity: medium
# A kind of subject (bucket, key, network-rule, …) or any resource types.
subject: [aws_db_instance]
# CEL over \`object\`. Null is absent: == is false, != is true, has() is false. Unknown values are handled for you.
bad: object.deletion_protection != true
message: "deletion protection is {object.deletion_protection}"
evidence:
  deletion protection: object.deletion_protection
why: A mistake in the code or in the console removes the database.
fix: Set deletion_protection to true.
examples:
  bad:
    - { deletion_protection: false }
    - {}
  good:
    - { deletion_protection: true }
  undetermined:
    - { deletion_protection: (known after apply) }
`;
