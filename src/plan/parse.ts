import { createHash } from 'node:crypto';
import { UserError } from '../text/user-error.ts';
import type { Action, Change } from './change.ts';
import type { DeferredChange, OutputChange, Plan } from './plan.ts';
import { assertPlan, decodeText, explainNotJson, explainPlanLog } from './recognise.ts';
import { toConfiguration, toStateModule } from './shape.ts';
import type { Json } from './value.ts';

type Raw = { readonly [key: string]: unknown };

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

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

function toChange(entry: unknown, path: string): Change {
  const change = isRaw(entry) ? entry['change'] : undefined;
  if (!isRaw(entry) || !isRaw(change) || !text(entry['address']) || !text(entry['type'])) {
    throw new UserError(
      `${path} has a resource change without address, type or change: the file is damaged, make it again with \`terraform show -json\`.`,
    );
  }
  const [action, oldObject] = ACTIONS[list(change['actions']).join(',')] ?? ['unsupported', 'kept'];
  return {
    address: entry['address'] as string,
    previousAddress: text(entry['previous_address']),
    moduleAddress: text(entry['module_address']),
    mode: entry['mode'] === 'data' || entry['mode'] === 'ephemeral' ? entry['mode'] : 'managed',
    type: entry['type'] as string,
    name: text(entry['name']) ?? '',
    index: typeof entry['index'] === 'number' ? entry['index'] : text(entry['index']),
    providerName: text(entry['provider_name']) ?? '',
    deposed: text(entry['deposed']),
    action,
    oldObject,
    actionReason: text(entry['action_reason']),
    importing: change['importing'] !== undefined && change['importing'] !== null,
    before: isRaw(change['before']) ? (change['before'] as Change['before']) : null,
    after: isRaw(change['after']) ? (change['after'] as Change['after']) : null,
    afterUnknown: (change['after_unknown'] ?? false) as Json,
    // Terraform before 0.15 has no masks: everything counts as sensitive then (plan-format 4.4).
    beforeSensitive: (change['before_sensitive'] ?? true) as Json,
    afterSensitive: (change['after_sensitive'] ?? true) as Json,
    replacePaths: list(change['replace_paths']) as Change['replacePaths'],
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

const toVariables = (variables: unknown): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(isRaw(variables) ? variables : {}).map(([name, entry]) => [
      name,
      (isRaw(entry) ? entry['value'] : null) as Json,
    ]),
  );

/** Nothing but a moment gets into the report: the plan is written by the one under review. */
const toMoment = (value: unknown): string | null =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text(value) ?? '') ? (value as string) : null;

const sha256Of = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Everything of a parsed document but its resource changes, which a large plan brings one by one. */
export function toPlan(document: Raw, path: string, changes: readonly Change[], sha256: string): Plan {
  const prior = isRaw(document['prior_state']) ? document['prior_state']['values'] : undefined;
  return {
    path,
    formatVersion: document['format_version'] as string,
    terraformVersion: text(document['terraform_version']) ?? null,
    complete: typeof document['complete'] === 'boolean' ? document['complete'] : null,
    errored: document['errored'] === true,
    applyable: typeof document['applyable'] === 'boolean' ? document['applyable'] : null,
    timestamp: toMoment(document['timestamp']),
    sha256,
    changes,
    drift: list(document['resource_drift']).map((entry) => toChange(entry, path)),
    deferred: list(document['deferred_changes']).map(toDeferred),
    configuration: toConfiguration(document['configuration'], path),
    priorState: toStateModule(isRaw(prior) ? prior['root_module'] : undefined, path),
    variables: toVariables(document['variables']),
    outputs: Object.entries(isRaw(document['output_changes']) ? document['output_changes'] : {}).map(toOutput),
    actionInvocations:
      list(document['action_invocations']).length + list(document['deferred_action_invocations']).length,
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
 * @param sha256 the digest of the file, where that is not the text in UTF-8
 * @throws UserError when it is not a plan we can read; the message says what it is instead and what to do
 */
export function parsePlanText(source: string, path: string, sha256: () => string = () => sha256Of(source)): Plan {
  const document = parseJson(source, path);
  assertPlan(document, path);
  const entries = document['resource_changes'];
  if (entries !== undefined && entries !== null && !Array.isArray(entries)) {
    throw new UserError(
      `${path} has "resource_changes" that is not a list: the file is damaged, make it again with \`terraform show -json\`.`,
    );
  }
  return toPlan(document, path, toChanges(entries ?? [], path), sha256());
}
