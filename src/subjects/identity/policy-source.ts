import { managedPolicyName } from '../../aws/managed-policies.ts';
import { parseDocument } from '../../aws/policy-document/parse.ts';
import { EMPTY_DOCUMENT } from '../../aws/policy-document/statement.ts';
import type { Document, ParsedDocument, Statement } from '../../aws/policy-document/statement.ts';
import { managedPolicyDocument } from '../../iam/data/managed-policies.ts';
import type { DocumentReader } from '../../aws/permission-statement.ts';
import type { Cause } from '../../finding/finding.ts';
import { isList, isObject, isUnknown, Unknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';

/** One place where a policy document stands. The document is read when it is first asked for. */
export interface PolicySource {
  readonly resource: Resource;
  /** Where the document stands in the resource, e.g. `['inline_policy', 0, 'policy']`. */
  readonly path: readonly (string | number)[];
  /** The attachment that brings the document to its holder, when it stands in a policy of its own. */
  readonly attachment?: Place;
  /** Name of the AWS-managed policy that it is. */
  readonly managed?: string;
  document(): ParsedDocument;
}

/** An attribute of a resource. */
export interface Place {
  readonly resource: Resource;
  readonly path: readonly (string | number)[];
}

/** Where a finding about a document is reported: at the attachment when the plan changes that and not the policy. */
export const placeOf = ({ resource, path, attachment }: PolicySource): Place =>
  attachment && attachment.resource.touched && !resource.touched ? attachment : { resource, path };

/**
 * The document at a path of a resource, or the one that a reader makes of its arguments. Tokens for objects that existed
 * before become what they were then.
 */
export function policySource(
  resource: Resource,
  path: readonly (string | number)[],
  worlds: Worlds,
  reader?: DocumentReader,
): PolicySource {
  const [attribute = '', ...below] = path;
  let parsed: ParsedDocument | undefined;
  const read = (): ParsedDocument => {
    const value = reader ? reader(resource) : resource.document(String(attribute), ...below);
    return parseDocument(resource.side === 'after' ? asBefore(value, worlds) : value);
  };
  return { resource, path, document: () => (parsed ??= read()) };
}

/** A source whose document stands in no resource: the policy AWS puts there when nobody sets one. */
export const fixedSource = (resource: Resource, path: readonly (string | number)[], value: Value): PolicySource => ({
  resource,
  path,
  document: () => parseDocument(value),
});

/** The text of an AWS-managed policy, from the data that comes with planwarden; undefined for another or a newer one. */
export function managedSource({ resource, path }: Place, arn: string): PolicySource | undefined {
  const managed = managedPolicyName(arn);
  const text = managed === undefined ? undefined : managedPolicyDocument(managed);
  if (managed === undefined || text === undefined) return undefined;
  const parsed = parseDocument(text);
  return { resource, path, managed, document: () => parsed };
}

const TOKEN = /⟨ref:(.+?)\.([^.⟩]+)⟩/gsu;

/**
 * A reference that is not known after apply is the same reference as the value it had before: `⟨ref:aws_s3_bucket.b.arn⟩`
 * and the ARN of that bucket in the before-world are one thing, so replacing the bucket does not change the policy.
 */
function asBefore(value: Value, worlds: Worlds): Value {
  if (typeof value === 'string') {
    return value.replace(
      TOKEN,
      (token, address: string, attribute: string) => valueBefore(worlds, address, attribute) ?? token,
    );
  }
  if (isUnknown(value)) {
    const [reference, another] = value.references;
    const known = reference && !another ? valueBefore(worlds, reference.address, reference.attribute) : undefined;
    return known ?? value;
  }
  if (isList(value)) return value.map((item) => asBefore(item, worlds));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asBefore(item, worlds)]));
}

function valueBefore({ before, after }: Worlds, address: string, attribute: string): string | undefined {
  if (attribute === '') return undefined;
  const value = before.at(after.at(address)?.previousAddress ?? address)?.get(attribute);
  return typeof value === 'string' ? value : undefined;
}

/** Several documents read as one, with the way back from each statement to where it stands. */
export interface Sum {
  readonly document: Document;
  readonly sourceOf: ReadonlyMap<Statement, PolicySource>;
}

/** The sum of what several documents say. A document that cannot be read counts as one unread statement. */
export function sumOf(sources: readonly PolicySource[], alsoUnread: readonly Unknown[] = []): Sum {
  const sourceOf = new Map<Statement, PolicySource>();
  const unread = [...alsoUnread];
  let variables = true;
  for (const source of sources) {
    const document = source.document();
    if (document.kind === 'unknown') unread.push(document.unknown);
    if (document.kind === 'invalid')
      unread.push(new Unknown(`${source.resource.address} holds no valid policy: ${document.reason}`));
    if (document.kind !== 'document') continue;
    for (const statement of document.statements) sourceOf.set(statement, source);
    unread.push(...document.unread);
    variables &&= document.variables || document.statements.length === 0;
  }
  return { document: { ...EMPTY_DOCUMENT, variables, statements: [...sourceOf.keys()], unread }, sourceOf };
}

const literal = (statement: Statement): string | undefined => {
  const action = (statement.actions.written ?? statement.actions.patterns).find((item) => typeof item === 'string');
  return statement.sid ?? (typeof action === 'string' ? action : undefined);
};

/** Where a statement stands: in the resource that uses it, then in the data source that it comes from. */
export function causesOf(statement: Statement, source: PolicySource): readonly Cause[] {
  const hint = literal(statement);
  const cause = (address: string, path: Cause['path']): Cause =>
    hint === undefined ? { address, path } : { address, path, hint };
  const references = source.resource.references(String(source.path[0] ?? ''));
  const documents = references.filter(({ address }) => /(^|\.)data\.aws_iam_policy_document\./.test(address));
  const place = placeOf(source);
  const attached: readonly Cause[] =
    place.resource === source.resource ? [] : [{ address: place.resource.address, path: place.path }];
  return [
    ...attached,
    cause(source.resource.address, [...source.path, 'Statement', statement.index]),
    ...documents.map(({ address }) => cause(address, ['statement', statement.index])),
  ];
}

/** The resource as it stands after the plan, when it does, for statements that are gone. */
export const standingNow = (resource: Resource, after: World): Resource => {
  if (resource.side === 'after') return resource;
  return (
    after.at(resource.address) ??
    after.resources(resource.type).find(({ identity }) => identity === resource.identity) ??
    resource
  );
};

/** The source that cannot be read, or not as a whole, before apply. */
export const unreadSource = (sources: readonly PolicySource[]): PolicySource | undefined =>
  sources.find((source) => {
    const document = source.document();
    return document.kind !== 'document' || document.unread.length > 0;
  });

/** True when the plan marks one of the documents as sensitive: then nothing of it may be shown. */
export const isSensitive = (sources: readonly PolicySource[]): boolean =>
  sources.some(({ resource, path }) => resource.isSensitive(...path.slice(0, 1)));
