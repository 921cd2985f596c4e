import { globalKey } from './global-keys.ts';
import type { ConditionKeyType } from './global-keys.ts';
import { readData } from './read.ts';

/**
 * Every action of AWS with what the service authorization reference says of it. `scripts/iam-data/actions.ts` says how
 * the text is laid out; a service is parsed when it is first asked for.
 */

/** What an action does. Tagging and permissions management write as well. */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Tagging' | 'Permissions management';

export interface CatalogueAction {
  /** In AWS's own case: `s3:GetObject`. */
  readonly name: string;
  readonly level: AccessLevel;
  /**
   * ARN templates of the resources it takes, `arn:${Partition}:s3:::${BucketName}`, some with a `*` of AWS's own; those
   * that every request names come first. None: only `*` in a policy matches.
   */
  readonly resources: readonly string[];
  /** True when it takes no resource. */
  readonly wildcardOnly: boolean;
}

/** Prefixes of all services, in alphabetical order. */
export const services = (): readonly string[] => [...data().blocks.keys()];

/** The actions of a service such as `s3`, in no order that means something; none for a service that is not known. */
export const actionsOfService = (prefix: string): readonly CatalogueAction[] => serviceOf(prefix)?.actions ?? [];

/** The action of a name in any case. */
export function catalogueAction(name: string): CatalogueAction | undefined {
  const service = serviceOf(name.slice(0, Math.max(0, name.indexOf(':'))));
  if (service === undefined) return undefined;
  service.byName ??= new Map(service.actions.map((action) => [action.name.toLowerCase(), action]));
  return service.byName.get(name.toLowerCase());
}

/** The type of a condition key in any case; a key with a part of its own, `aws:ResourceTag/team`, has that of its kind. */
export const conditionKeyType = (key: string): ConditionKeyType | undefined =>
  globalKey(key)?.type ?? keyType(key.toLowerCase());

/** True for a key that has several values in one request. */
export const isMultiValued = (key: string): boolean => conditionKeyType(key)?.startsWith('ArrayOf') ?? false;

/** The day of AWS's data, `2026-09-26`. */
export const catalogueDate = (): string => data().date;

interface Data {
  readonly date: string;
  readonly keys: string;
  /** Service → its part of the text. */
  readonly blocks: ReadonlyMap<string, string>;
}

let read: Data | undefined;

const data = (): Data => (read ??= parse(readData('actions.br')));

function parse(text: string): Data {
  const [date = '', keys = '', ...blocks] = text.split('\n\n');
  return { date, keys, blocks: new Map(blocks.map((block) => [/^\S+/.exec(block)?.[0] ?? '', block])) };
}

const LEVELS: Readonly<Record<string, AccessLevel>> = {
  L: 'List',
  R: 'Read',
  W: 'Write',
  T: 'Tagging',
  P: 'Permissions management',
};

interface Service {
  readonly actions: readonly CatalogueAction[];
  /** By full names in lower case; made when the first action is looked up. */
  byName?: ReadonlyMap<string, CatalogueAction>;
}

const parsed = new Map<string, Service>();

function serviceOf(prefix: string): Service | undefined {
  const name = prefix.toLowerCase();
  const block = data().blocks.get(name);
  if (block === undefined) return undefined;
  const service = parsed.get(name) ?? { actions: parseService(name, block) };
  parsed.set(name, service);
  return service;
}

/** Loops and not lists of lists: whoever asks for `*` asks for 9,500 groups. */
function parseService(service: string, block: string): CatalogueAction[] {
  const [head = '', ...groups] = block.split('\n');
  const types = head.split(' ').map((forms) => forms.split('|').map((form) => fullTemplate(service, form)));
  const actions: CatalogueAction[] = [];
  for (const group of groups) {
    const words = group.split(' ');
    const level = LEVELS[group.charAt(0)] ?? 'Write';
    const resources = resourcesOf(words[0]?.slice(1) ?? '', types);
    const wildcardOnly = resources.length === 0;
    for (const name of words.slice(1)) actions.push({ name: `${service}:${name}`, level, resources, wildcardOnly });
  }
  return actions;
}

/** A template without its beginning has the usual one. */
const fullTemplate = (service: string, template: string): string =>
  template.startsWith('arn:') ? template : `arn:\${Partition}:${service}:\${Region}:\${Account}:${template}`;

const NO_RESOURCES: readonly string[] = [];

/** The templates of numbers such as `3,1`; the word before the first template is the service. */
function resourcesOf(numbers: string, types: readonly (readonly string[])[]): readonly string[] {
  if (numbers === '') return NO_RESOURCES;
  if (!numbers.includes(',')) return types[Number(numbers)] ?? NO_RESOURCES;
  return numbers.split(',').flatMap((number) => types[Number(number)] ?? NO_RESOURCES);
}

interface ConditionKeys {
  readonly named: ReadonlyMap<string, ConditionKeyType>;
  /** Keys with one part that is free, cut there. */
  readonly open: readonly { readonly start: string; readonly end: string; readonly type: ConditionKeyType }[];
}

let conditionKeys: ConditionKeys | undefined;

function keyType(key: string): ConditionKeyType | undefined {
  conditionKeys ??= parseKeys(data().keys);
  const isOfKind = ({ start, end }: { readonly start: string; readonly end: string }): boolean =>
    key.length > start.length + end.length && key.startsWith(start) && key.endsWith(end);
  return conditionKeys.named.get(key) ?? conditionKeys.open.find(isOfKind)?.type ?? claimType(key);
}

/** Claims of every OIDC issuer; the reference has them for a few (IAM User Guide, "IAM and AWS STS condition keys"). */
const CLAIMS: readonly string[] = ['aud', 'azp', 'email', 'oaud', 'sub'];

/** `gitlab.example.com:sub`: an issuer has a dot in it, and a service has none. */
function claimType(key: string): ConditionKeyType | undefined {
  const end = key.lastIndexOf(':');
  return key.slice(0, end).includes('.') && CLAIMS.includes(key.slice(end + 1)) ? 'String' : undefined;
}

/** `${TagKey}` in most names, `<key>` in some. */
const FREE = /\$\{[^}]*\}|<[^>]*>/;

function parseKeys(text: string): ConditionKeys {
  const all = text.split('\n').flatMap((line) => {
    const [type, ...keys] = line.split(' ');
    return keys.map((key) => ({ key: key.toLowerCase(), type: type as ConditionKeyType }));
  });
  const open = all.flatMap(({ key, type }) => {
    const [start = '', end] = key.split(FREE);
    return end === undefined ? [] : [{ start, end, type }];
  });
  return { named: new Map(all.map(({ key, type }) => [key, type])), open };
}
