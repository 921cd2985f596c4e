import { EMPTY_DOCUMENT } from '../../src/aws/policy-document/statement.ts';
import type { Document } from '../../src/aws/policy-document/statement.ts';
import { parseDocument } from '../../src/aws/policy-document/parse.ts';
import { gainsOf } from '../../src/iam/difference/difference.ts';
import type { Gains, Region } from '../../src/iam/difference/difference.ts';
import { requesterText } from '../../src/iam/difference/requesters.ts';
import { sideOf } from '../../src/iam/difference/side.ts';
import type { Value } from '../../src/plan/value.ts';
import type { Policy } from './oracle.ts';

/** What the tests of the IAM engine are written in. */

export type Elements = { readonly [name: string]: Value };

/** A document that must be readable. */
export function documentOf(policy: Value): Document {
  const parsed = parseDocument(policy);
  if (parsed.kind !== 'document') throw new Error('the test document cannot be read');
  return parsed;
}

export const policy = (...statements: readonly Value[]): Document =>
  documentOf({ Version: '2012-10-17', Statement: statements });

/** A policy of the oracle, as the engine reads it. */
export const parsed = (policy: Policy): Document => documentOf(JSON.parse(JSON.stringify(policy)) as Value);

/** A document of an old version, in which `${…}` is plain text; without a version when none is given. */
export const oldPolicy = (version: string | undefined, ...statements: readonly Value[]): Document =>
  documentOf({ ...(version === undefined ? {} : { Version: version }), Statement: statements });

export const allow = (Action: Value, Resource: Value = '*', more: Elements = {}): Elements => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

export const deny = (Action: Value, Resource: Value = '*', more: Elements = {}): Elements => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

/** An element left out of `allow` or `deny`, for NotAction and its like. */
export function without(statement: Elements, ...names: readonly string[]): Elements {
  return Object.fromEntries(Object.entries(statement).filter(([name]) => !names.includes(name)));
}

export const when = (Condition: Value): Elements => ({ Condition });

/** A statement of a resource policy. */
export const to = (Principal: Value, Action: Value = 's3:GetObject', more: Elements = {}): Elements => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource: '*',
  ...more,
});

export const nothing: Document = EMPTY_DOCUMENT;

export const gainsBetween = (before: Document, after: Document): Gains => gainsOf(sideOf(before), sideOf(after));

/** `s3:getobject on * by arn:… with aws:username=[bob]`: the request that proves a region. */
export function proofOf({ witness }: Region): string {
  const { action, resource, requester, context, symbols } = witness;
  const who = requesterText(requester);
  const circumstances = [...context].map(([key, values]) => `${key}=[${values.join()}]`);
  return symbols.decode(
    [
      `${action} on ${resource}`,
      ...(who === undefined ? [] : [`by ${who}`]),
      ...(circumstances.length === 0 ? [] : [`with ${circumstances.join(' ')}`]),
    ].join(' '),
  );
}

/** What a reviewer would ask: is anything newly allowed, is nothing, or can that not be told? */
export function verdict(before: Document, after: Document): 'gained' | 'nothing' | 'undetermined' {
  const { regions, doubts } = gainsBetween(before, after);
  return regions.length > 0 ? 'gained' : doubts.length > 0 ? 'undetermined' : 'nothing';
}
