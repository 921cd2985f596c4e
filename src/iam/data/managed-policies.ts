import type { Json } from '../../plan/value.ts';
import { readData } from './read.ts';

/**
 * The document of an AWS-managed policy, without ids of statements.
 * @param name the tail of its ARN after `:policy/`: `AdministratorAccess`, `service-role/AWSLambdaBasicExecutionRole`
 */
export function managedPolicyDocument(name: string): Json | undefined {
  const json = data().documents.get(name);
  return json === undefined ? undefined : (JSON.parse(json) as Json);
}

/** The day of the newest of these policies, `2026-08-26`. */
export const managedPoliciesDate = (): string => data().date;

interface Data {
  readonly date: string;
  /** Name → JSON that is parsed when asked for: a plan attaches a few of 1,594. */
  readonly documents: ReadonlyMap<string, string>;
}

let read: Data | undefined;

const data = (): Data => (read ??= parse(readData('managed-policies.br')));

function parse(text: string): Data {
  const [date = '', ...lines] = text.split('\n');
  return { date, documents: new Map(lines.map(splitLine)) };
}

function splitLine(line: string): readonly [string, string] {
  const tab = line.indexOf('\t');
  return [line.slice(0, tab), line.slice(tab + 1)];
}
