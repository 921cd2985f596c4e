import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { builtinPolicies } from '../policy/builtin.ts';
import type { ExampleFailure } from '../policy/examples.ts';
import type { Policy } from '../policy/policy.ts';
import { UserError } from '../text/user-error.ts';

/** What the subcommands of `planwarden policies` may touch. */
export interface PoliciesIo {
  readonly print: (text: string) => void;
  readonly cwd: string;
}

/** `planwarden policies list`: severity, id and title of every built-in policy. */
export function listPolicies({ print }: PoliciesIo): void {
  const all = builtinPolicies();
  const width = Math.max(...all.map(({ id }) => id.length));
  for (const { id, severity, title } of all) print(`${severity.padEnd(8)}  ${id.padEnd(width)}  ${title}`);
}

/** `planwarden policies show ID`. Throws UserError for an id that does not exist. */
export async function showPolicy(id: string, { print }: PoliciesIo): Promise<void> {
  const policy = builtinPolicies().find((one) => one.id === id);
  if (!policy) throw new UserError(unknownPolicy(id));
  const { BUILTIN_EXAMPLES } = await import('../policy/builtin-examples.ts');
  const { exampleText, momentSentence, severityRules } = await import('../policy/page.ts');
  const examples = BUILTIN_EXAMPLES[id] ?? policy.examples;
  print(`${policy.title}\n`);
  print(`${policy.id} · ${[policy.severity, ...severityRules(policy)].join(' · ')}\n`);
  print(`${policy.why}\n\nFix: ${policy.fix}\n`);
  print(`Subject: ${policy.subject.join(', ')}. ${momentSentence(policy)}\nBad when: ${policy.bad}\n`);
  for (const [verdict, list] of Object.entries(examples)) {
    for (const example of list) print(`  ${verdict.padEnd(12)}  ${exampleText(example)}`);
  }
  print(`\nReferences: ${policy.references.join(', ') || 'none'}`);
  print(`Checklist lines: ${policy.seeds.join(', ') || 'none'}`);
}

function unknownPolicy(id: string): string {
  const name = id.split('/').at(-1) ?? id;
  const similar = builtinPolicies().filter(
    (one) => one.id.includes(name) || id.startsWith(`${one.id.split('/')[0] ?? ''}/`),
  );
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
export async function testPolicies(directory: string, { print, cwd }: PoliciesIo): Promise<boolean> {
  const { loadDirectory, vocabulary } = await import('../policy/own.ts');
  const { runExamples } = await import('../policy/examples.ts');
  const { kindFor } = await import('../policy/kind.ts');
  const { kinds, constants } = vocabulary();
  let sound = true;
  for (const policy of await loadDirectory(resolve(cwd, directory))) {
    const failures = policy.subject.flatMap((subject) => runExamples(policy, kindFor(subject, kinds), constants));
    if (failures.length > 0) sound = false;
    print(`${failures.length === 0 ? 'ok    ' : 'FAILED'}  ${policy.id} (${countExamples(policy)})`);
    for (const failure of failures) print(`        ${explainFailure(failure)}`);
  }
  return sound;
}

function countExamples({ examples: { bad, good, undetermined } }: Policy): string {
  return `${bad.length} bad, ${good.length} good, ${undetermined.length} undetermined`;
}

const explainFailure = ({ expected, index, found }: ExampleFailure): string =>
  `examples.${expected}[${index}] is ${found.kind}, not ${expected}${found.kind === 'undetermined' ? `: ${found.because}` : ''}`;

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
  print(`Wrote ${path}. Change it, then run \`planwarden policies test policies\`.`);
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

/** `planwarden policies coverage`: every checklist line with the policies that look at it, or why there is none. */
export async function printCoverage({ print }: PoliciesIo): Promise<void> {
  const { CHECKLIST } = await import('../policy/checklist.ts');
  const { coverage, explainCoverage } = await import('../policy/coverage.ts');
  const lines = coverage(CHECKLIST, builtinPolicies());
  let section = '';
  for (const line of lines) {
    const heading = `${line.item.id.split('-')[0] ?? ''} · ${line.item.section}`;
    if (heading !== section) print(`\n${heading}`);
    section = heading;
    print(`  ${line.item.id}  ${line.item.text}\n          → ${explainCoverage(line)}`);
  }
  const covered = lines.filter(({ policies }) => policies.length > 0).length;
  const invisible = lines.filter(
    ({ item, policies }) => policies.length === 0 && item.coverage === 'not-in-plan',
  ).length;
  print(
    `\n${lines.length} lines: ${covered} covered, ${invisible} not visible in a plan, ${lines.length - covered - invisible} without a policy yet.`,
  );
}
