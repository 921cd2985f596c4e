import { duplicateKey } from '../aws/policy-document/duplicate-keys.ts';
import { parseDocument } from '../aws/policy-document/parse.ts';
import { EMPTY_DOCUMENT } from '../aws/policy-document/statement.ts';
import type { Document } from '../aws/policy-document/statement.ts';
import { Unknown } from '../plan/value.ts';
import type { Json } from '../plan/value.ts';
import { accessRows } from './access/row.ts';
import type { AccessRow } from './access/row.ts';
import { gainsOf } from './difference/difference.ts';
import type { Gains } from './difference/difference.ts';
import { sideOf } from './difference/side.ts';
import { documentTest } from './evaluate/document.ts';
import type { DocumentTest } from './evaluate/document.ts';
import { evaluate } from './evaluate/evaluate.ts';
import type { DecidedBy } from './evaluate/evaluate.ts';
import { accountInArn, requesterOf } from './evaluate/request.ts';
import type { Requester } from './match/principal.ts';
import { SAMPLE_ACCOUNT } from './query.ts';
import type { Decision, RequestContext } from './simulator.ts';

export type { Json };

/** What kind of policies are compared. */
export const POLICY_TYPES = ['identity', 'resource', 'trust'] as const;
export type PolicyType = (typeof POLICY_TYPES)[number];

/** Two policies to compare; null is a policy that is not there. */
export interface DiffInput {
  readonly old: Json;
  readonly new: Json;
  readonly account?: string | undefined;
}

/** Whether something happens; undetermined when it hangs on what cannot be read or is too complex. */
export type Answer = boolean | 'undetermined';

/** The difference of two policies. */
export interface DiffResult {
  readonly gains: Answer;
  readonly loses: Answer;
  readonly gained: readonly AccessRow[];
  readonly lost: readonly AccessRow[];
  /** Why more may differ, one clause each. */
  readonly undetermined: readonly string[];
}

/** Compares two policies. */
export function diffPolicies({ old, new: current, account }: DiffInput): DiffResult {
  const [before, after] = [sideOf(documentOf(old)), sideOf(documentOf(current))];
  const [gained, lost] = [gainsOf(before, after), gainsOf(after, before)];
  return {
    gains: answer(gained),
    loses: answer(lost),
    gained: accessRows(gained.regions, account),
    lost: accessRows(lost.regions, account),
    undetermined: [...new Set([...gained.doubts, ...lost.doubts].map(({ because }) => because))],
  };
}

const answer = ({ regions, doubts }: Gains): Answer =>
  regions.length > 0 ? true : doubts.length > 0 ? 'undetermined' : false;

/** What cannot be read may say anything. */
function documentOf(value: Json): Document {
  const parsed = readDocument(value);
  return typeof parsed === 'string' ? { ...EMPTY_DOCUMENT, unread: [new Unknown(`the policy ${parsed}`)] } : parsed;
}

/** Why a value or a text is no policy document, as a clause whose subject is the policy; undefined when it is one. */
export function policyProblem(value: Json): string | undefined {
  const parsed = readDocument(value);
  return typeof parsed === 'string' ? parsed : undefined;
}

/** Null and empty text are a policy that is not there. An object that says nothing of statements is something else. */
function readDocument(value: Json): Document | string {
  if (typeof value === 'string' && value !== '') return readText(value);
  if (value === null || value === '') return EMPTY_DOCUMENT;
  if (!isFields(value)) return 'is not a JSON object';
  if (Object.keys(value).every((key) => key.toLowerCase() !== 'statement')) return 'has no Statement';
  const parsed = parseDocument(value);
  if (parsed.kind === 'document') return parsed;
  return `cannot be read: ${parsed.kind === 'invalid' ? parsed.reason : (parsed.unknown.because ?? 'it is not known')}`;
}

function readText(text: string): Document | string {
  try {
    const parsed: Json = JSON.parse(text);
    if (typeof parsed === 'string') return 'is not a JSON object';
    const twice = duplicateKey(text);
    return twice === undefined ? readDocument(parsed) : `has the key ${twice} twice in one object`;
  } catch {
    return 'is not valid JSON';
  }
}

/** A row as JSON. */
export interface RowJson {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly conditions: string | null;
  readonly because: string;
  readonly level: string | null;
  readonly risks: readonly string[];
  readonly witness: { readonly [key: string]: Json };
}

/** One answer of `planwarden iam diff -`, as it stands on a line. */
export interface DiffLine {
  readonly id: Json;
  readonly gains: Answer;
  readonly loses: Answer;
  readonly gained: readonly RowJson[];
  readonly lost: readonly RowJson[];
  readonly undetermined: readonly string[];
}

type Fields = { readonly [key: string]: Json };

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A line that cannot be answered, told in one clause. */
export class LineError extends Error {
  override readonly name = 'LineError';
}

/** One line of input: its fields, and why they cannot be trusted to say all that is written, when they cannot. */
export interface Line {
  readonly fields: Fields;
  readonly unreliable: string | undefined;
}

/** Reads one line of input. @throws LineError when it is not a JSON object */
export function parseLine(text: string): Line {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LineError('it is not valid JSON');
  }
  if (!isFields(value)) throw new LineError('it is not a JSON object');
  const twice = duplicateKey(text);
  return {
    fields: value,
    unreliable: twice === undefined ? undefined : `the key ${JSON.stringify(twice)} occurs twice in one object`,
  };
}

/**
 * Answers one line of `planwarden iam diff -`: `{"id","type","old","new","account"}`.
 * @throws LineError when a field is missing or of the wrong kind
 */
export function diffLine({ fields: input, unreliable }: Line): DiffLine {
  if (!('old' in input) || !('new' in input)) throw new LineError('it has no "old" or no "new" policy');
  const type = input['type'] ?? 'identity';
  if (!POLICY_TYPES.some((one) => one === type))
    throw new LineError(`"type" must be one of ${POLICY_TYPES.join(', ')}`);
  if (unreliable !== undefined) return diffJson(input['id'] ?? null, { ...UNREADABLE, undetermined: [unreliable] });
  const result = diffPolicies({
    old: input['old'] ?? null,
    new: input['new'] ?? null,
    account: typeof input['account'] === 'string' ? input['account'] : undefined,
  });
  return diffJson(input['id'] ?? null, result);
}

const UNREADABLE: DiffResult = { gains: 'undetermined', loses: 'undetermined', gained: [], lost: [], undetermined: [] };

export const diffJson = (id: Json, { gains, loses, gained, lost, undetermined }: DiffResult): DiffLine => ({
  id,
  gains,
  loses,
  gained: gained.map(rowJson),
  lost: lost.map(rowJson),
  undetermined,
});

function rowJson(row: AccessRow): RowJson {
  const { principal, action, resource, context } = row.witness;
  return {
    actions: row.actions,
    resources: row.resources,
    principals: row.principals,
    conditions: row.condition,
    because: statementName(row),
    level: row.level ?? null,
    risks: row.risks,
    witness: {
      ...(principal === undefined ? {} : { principal }),
      action,
      resource,
      context: Object.fromEntries(
        Object.entries(context).map(([key, values]) => [key, values.length === 1 ? (values[0] ?? '') : values]),
      ),
    },
  };
}

/** `statement 2 (AllowUpload)`: people count from one. */
export const statementName = ({ statement: { index, sid } }: Pick<AccessRow, 'statement'>): string =>
  `statement ${index + 1}${sid === null ? '' : ` (${sid})`}`;

/** One answer of `planwarden iam simulate`, as it stands on a line. */
export interface SimulateLine {
  readonly id: Json;
  readonly decision: Decision;
  readonly decidedBy: readonly {
    readonly layer: string;
    readonly level?: number;
    readonly policy: number;
    readonly statement: number;
    readonly sid: string | null;
  }[];
  readonly missingContext: readonly string[];
}

/**
 * Answers one line of `planwarden iam simulate`: a request and the policies that have a say in it.
 * @throws LineError when a field is missing or of the wrong kind
 */
export function simulateLine({ fields: input, unreliable }: Line): SimulateLine {
  if (unreliable !== undefined) throw new LineError(unreliable);
  const request = input['request'];
  if (!isFields(request)) throw new LineError('it has no "request"');
  const action = text(request['action'], 'request.action');
  const resource = request['resource'] === undefined ? '*' : text(request['resource'], 'request.resource');
  const identity = documents(input['identity'], 'identity');
  const resourceAccount = typeof request['resourceAccount'] === 'string' ? request['resourceAccount'] : undefined;
  const principal = principalText(request['principal']);
  const { decision, decidedBy, missingContext } = evaluate(
    {
      identity,
      resource: present(input['resource']) ? document(input['resource'] ?? null, 'resource') : undefined,
      boundary: optional(documents(input['boundary'], 'boundary')),
      session: present(input['session']) ? documents(input['session'], 'session') : undefined,
      scp: levels(input['scp'], 'scp'),
      rcp: levels(input['rcp'], 'rcp'),
    },
    {
      action,
      resource,
      resourceAccount,
      requester:
        principal === undefined && identity.length > 0
          ? someoneIn(resourceAccount ?? accountInArn(resource) ?? SAMPLE_ACCOUNT)
          : requesterOf(principal, action),
      context: contextOf(request['context']),
    },
  );
  return { id: input['id'] ?? null, decision, decidedBy: decidedBy.map(decidedJson), missingContext };
}

const decidedJson = ({ layer, level, policy, statement }: DecidedBy): SimulateLine['decidedBy'][number] => ({
  layer,
  ...(level === undefined ? {} : { level }),
  policy,
  statement: statement.index,
  sid: statement.sid,
});

/** Whoever holds identity policies is somebody, even when the request does not say who: a role of the same account. */
const someoneIn = (account: string): Requester => ({ kind: 'aws', arn: `arn:aws:iam::${account}:role/unnamed` });

const present = (value: Json | undefined): boolean => value !== undefined && value !== null;

const optional = <T>(items: readonly T[]): readonly T[] | undefined => (items.length === 0 ? undefined : items);

function text(value: Json | undefined, name: string): string {
  if (typeof value !== 'string' || value === '') throw new LineError(`"${name}" must be a text`);
  return value;
}

/** A principal is an ARN, an account, a service, or an object as it stands in a policy: `{"AWS": "arn:…"}`. */
function principalText(value: Json | undefined): string | undefined {
  if (isFields(value)) return principalText(Object.values(value)[0]);
  if (Array.isArray(value)) return principalText(value[0]);
  return typeof value === 'string' ? value : undefined;
}

function contextOf(value: Json | undefined): RequestContext {
  if (!present(value)) return {};
  if (!isFields(value)) throw new LineError('"request.context" must be an object');
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, values]) => values !== null)
      .map(([key, values]) => [key, (Array.isArray(values) ? values : [values]).map(String)]),
  );
}

/** A request must not be decided by policies that cannot be read. */
function document(value: Json, name: string): DocumentTest {
  const parsed = readDocument(value);
  if (typeof parsed === 'string') throw new LineError(`the ${name} policy cannot be read: it ${parsed}`);
  return documentTest(parsed);
}

function documents(value: Json | undefined, name: string): readonly DocumentTest[] {
  if (!present(value)) return [];
  return (Array.isArray(value) ? value : [value ?? null]).map((item) => document(item, name));
}

/** Levels of an organization; a plain list of documents is one level. */
function levels(value: Json | undefined, name: string): readonly (readonly DocumentTest[])[] | undefined {
  if (!present(value)) return undefined;
  if (!Array.isArray(value)) return [documents(value, name)];
  const isFlat = value.length > 0 && value.every((item) => !Array.isArray(item));
  return isFlat ? [documents(value, name)] : optional(value.map((level) => documents(level, name)));
}
