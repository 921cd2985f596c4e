import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { UserError } from '../text/user-error.ts';
import type { Action, Change } from './change.ts';
import type { DeferredChange, OutputChange, Plan } from './plan.ts';
import { assertPlan, decodeText, explainNotJson, explainPlanLog } from './recognise.ts';
import { damaged, isResourceType, listOf, objectOf, toConfiguration, toStateModule } from './shape.ts';
import { refuseTooDeep } from './too-deep.ts';
import type { Json } from './value.ts';

type Raw = { readonly [key: string]: unknown };

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);
const isAbsent = (value: unknown): boolean => value === undefined || value === null;
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Lists of actions as Terraform and OpenTofu write them (plan-format 4.1) → what happens, and what becomes of the old object. */
const ACTIONS: Readonly<Record<string, readonly [Action, Change['oldObject']]>> = {
  'no-op': ['no-op', 'kept'],
  create: ['create', 'none'],
  update: ['update', 'kept'],
  delete: ['delete', 'destroyed'],
  'delete,create': ['replace', 'destroyed'],
  'create,delete': ['replace', 'destroyed'],
  forget: ['forget', 'forgotten'],
  'create,forget': ['replace', 'forgotten'],
  'forget,create': ['replace', 'forgotten'],
  read: ['read', 'none'],
};

/** An address of something else would lose what the configuration and the state say of it. */
const isAddressOf = (address: unknown, type: string): address is string =>
  typeof address === 'string' && address.includes(`${type}.`);

/** Sides that an action cannot be without. */
const SIDES: Readonly<Record<Action, { readonly before: boolean; readonly after: boolean }>> = {
  'no-op': { before: true, after: true },
  create: { before: false, after: true },
  update: { before: true, after: true },
  replace: { before: true, after: true },
  delete: { before: true, after: false },
  forget: { before: true, after: false },
  read: { before: false, after: false },
  unsupported: { before: false, after: false },
};

/** Terraform reads only data sources; of anything else it is an action that we do not know. */
function toAction(actions: unknown, mode: Change['mode'], path: string): readonly [Action, Change['oldObject']] {
  const words = listOf(actions, 'list of actions', path);
  if (!words.every((word) => typeof word === 'string')) damaged(path, 'list of actions');
  const key = words.join(',');
  const known = Object.hasOwn(ACTIONS, key) ? ACTIONS[key] : undefined;
  return known === undefined || (key === 'read' && mode === 'managed') ? ['unsupported', 'kept'] : known;
}

/** True, false, or a tree of them. Terraform before 0.15 has none for sensitivity: everything counts as sensitive then (plan-format 4.4). */
function toMask(mask: unknown, otherwise: boolean, path: string): Json {
  if (mask === undefined || mask === null) return otherwise;
  return typeof mask === 'boolean' || isRaw(mask) ? (mask as Json) : damaged(path, 'mask of a resource change');
}

function toSides(change: Raw, action: Action, path: string): Pick<Change, 'before' | 'after'> {
  const before = objectOf(change['before'], 'resource change whose side before', path);
  const after = objectOf(change['after'], 'resource change whose side after', path);
  if ((SIDES[action].before && before === null) || (SIDES[action].after && after === null))
    damaged(path, 'resource change with a side missing');
  return { before, after } as Pick<Change, 'before' | 'after'>;
}

function toChange(entry: unknown, path: string): Change {
  const change = isRaw(entry) ? entry['change'] : undefined;
  if (
    !isRaw(entry) ||
    !isRaw(change) ||
    !isResourceType(entry['type']) ||
    !isAddressOf(entry['address'], entry['type'])
  ) {
    throw new UserError(
      `${path} has a resource change without address, type or change: the file is damaged, make it again with \`terraform show -json\`.`,
    );
  }
  const mode = entry['mode'] === 'data' || entry['mode'] === 'ephemeral' ? entry['mode'] : 'managed';
  const [action, oldObject] = toAction(change['actions'], mode, path);
  return {
    address: entry['address'],
    previousAddress: text(entry['previous_address']),
    moduleAddress: text(entry['module_address']),
    mode,
    type: entry['type'],
    name: text(entry['name']) ?? '',
    index: typeof entry['index'] === 'number' ? entry['index'] : text(entry['index']),
    providerName: text(entry['provider_name']) ?? '',
    deposed: text(entry['deposed']),
    action,
    oldObject,
    actionReason: text(entry['action_reason']),
    importing: change['importing'] !== undefined && change['importing'] !== null,
    ...toSides(change, action, path),
    afterUnknown: toMask(change['after_unknown'], false, path),
    beforeSensitive: toMask(change['before_sensitive'], true, path),
    afterSensitive: toMask(change['after_sensitive'], true, path),
    replacePaths: listOf(change['replace_paths'], 'list of replaced paths', path) as Change['replacePaths'],
  };
}

const toDeferred = (entry: unknown): DeferredChange => {
  const change = isRaw(entry) && isRaw(entry['resource_change']) ? entry['resource_change'] : {};
  const reason = isRaw(entry) ? text(entry['reason']) : undefined;
  return {
    address: text(change['address']) ?? '(unknown)',
    resourceType: text(change['type']) ?? '',
    reason: reason ?? 'unknown',
  };
};

const toOutput = ([name, change]: [string, unknown]): OutputChange => {
  const raw = isRaw(change) ? change : {};
  const sensitive = raw['before_sensitive'] === true || raw['after_sensitive'] === true || !('after_sensitive' in raw);
  return {
    name,
    before: (raw['before'] ?? null) as Json,
    after: (raw['after'] ?? null) as Json,
    sensitive,
    unknown: JSON.stringify(raw['after_unknown'] ?? false).includes('true'),
  };
};

const toVariables = (variables: unknown, path: string): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(objectOf(variables, 'map of variables', path) ?? {}).map(([name, entry]) => [
      name,
      (isRaw(entry) ? entry['value'] : null) as Json,
    ]),
  );

/** Nothing but a moment gets into the report: the plan is written by the one under review. */
const toMoment = (value: unknown): string | null =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text(value) ?? '') ? (value as string) : null;

/** Up to this many bytes, loading `node:crypto` takes longer than to do without. */
const SMALL = 500_000;

function sha256Of(data: string | Uint8Array): string {
  if (data.length > SMALL)
    return process.getBuiltinModule('node:crypto').createHash('sha256').update(data).digest('hex');
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));
}

/** Everything of a parsed document but its resource changes, which a large plan brings one by one. */
export function toPlan(document: Raw, path: string, changes: readonly Change[], sha256: string | undefined): Plan {
  const state = objectOf(document['prior_state'], 'prior state', path);
  const prior = objectOf(state?.['values'], 'prior state', path);
  return {
    path,
    formatVersion: document['format_version'] as string,
    terraformVersion: text(document['terraform_version']) ?? null,
    // What is not a plain yes or no is read as the answer that cannot pass.
    complete: isAbsent(document['complete']) ? null : document['complete'] === true,
    errored: !isAbsent(document['errored']) && document['errored'] !== false,
    applyable: typeof document['applyable'] === 'boolean' ? document['applyable'] : null,
    timestamp: toMoment(document['timestamp']),
    sha256,
    changes,
    drift: listOf(document['resource_drift'], 'list of drift', path).map((entry) => toChange(entry, path)),
    deferred: listOf(document['deferred_changes'], 'list of deferred changes', path).map(toDeferred),
    configuration: toConfiguration(document['configuration'], path),
    priorState: toStateModule(prior?.['root_module'], path),
    variables: toVariables(document['variables'], path),
    outputs: Object.entries(objectOf(document['output_changes'], 'map of outputs', path) ?? {}).map(toOutput),
    actionInvocations:
      listOf(document['action_invocations'], 'list of actions', path).length +
      listOf(document['deferred_action_invocations'], 'list of deferred actions', path).length,
  };
}

export const toChanges = (entries: readonly unknown[], path: string): Change[] =>
  entries.map((entry) => toChange(entry, path));

function parseJson(source: string, path: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    if (/^\s*\{[^\n]*"@level"[^\n]*\}\s*\n\s*\{/.test(source.slice(0, 20_000))) throw explainPlanLog(path);
    throw Object.assign(explainNotJson(source, path), { cause: error instanceof Error ? error.name : undefined });
  }
}

/** Reads a plan from the bytes of one file; see parsePlanText. */
export const parsePlan = (bytes: Uint8Array, path: string): Plan =>
  parsePlanText(decodeText(bytes, path), path, () => sha256Of(bytes));

/**
 * Reads a plan from its JSON.
 * @param path how the user named it, for messages
 * @param digestOf gives the digest of the file, where that is not the one of the text in UTF-8
 * @throws UserError when it is not a plan we can read; the message says what it is instead and what to do
 */
export function parsePlanText(
  source: string,
  path: string,
  digestOf: () => string | undefined = () => sha256Of(source),
): Plan {
  const document = parseJson(source, path);
  assertPlan(document, path);
  const entries = document['resource_changes'];
  if (entries !== undefined && entries !== null && !Array.isArray(entries)) {
    throw new UserError(
      `${path} has "resource_changes" that is not a list: the file is damaged, make it again with \`terraform show -json\`.`,
    );
  }
  try {
    return toPlan(document, path, toChanges(entries ?? [], path), digestOf());
  } catch (error) {
    return refuseTooDeep(error, path);
  }
}
