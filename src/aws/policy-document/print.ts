import { isUnknown } from '../../plan/value.ts';
import type { Json } from '../../plan/value.ts';
import type { Condition, Document, Pattern, Patterns, PrincipalEntry, Principals, Statement } from './statement.ts';

/** Gives the text of a value that is known only after apply something that can stand in a policy. */
export type StandIn = (token: string) => string;

/**
 * A document as a policy that AWS accepts, in a form of its own; null when a part of it is not known, because a policy
 * without that part would say something else.
 * @param standIn what stands in for `⟨ref:…⟩` tokens
 */
export function printDocument({ statements, unread, variables }: Document, standIn: StandIn): Json | null {
  const printed = statements.map((statement) => printStatement(statement, standIn));
  if (unread.length > 0 || printed.includes(null)) return null;
  return {
    Version: variables && statements.every((statement) => statement.variables !== false) ? '2012-10-17' : '2008-10-17',
    Statement: printed,
  };
}

/** Sids are left out: they mean nothing, and AWS wants each but once. */
function printStatement(statement: Statement, standIn: StandIn): Json | null {
  const { effect, principals, actions, resources, conditions } = statement;
  if (isUnknown(conditions)) return null;
  const parts = [
    ...principalElement(principals, standIn),
    listElement('Action', actions, standIn),
    ...(resources.written?.length === 0 ? [] : [listElement('Resource', resources, standIn)]),
    ...conditionElement(conditions, standIn),
  ];
  return parts.includes(null) ? null : { Effect: effect, ...Object.fromEntries(parts.filter((part) => part !== null)) };
}

type Element = readonly [string, Json] | null;

const TOKEN = /⟨(?:ref|unknown):[^⟩]*⟩/gu;

/** Texts with their tokens replaced; null when one of them is not known at all. */
function texts(patterns: readonly Pattern[], standIn: StandIn): readonly string[] | null {
  const known = patterns.filter((pattern) => typeof pattern === 'string');
  return known.length < patterns.length || known.some((text) => text.includes('⟨unknown:'))
    ? null
    : known.map((text) => text.replace(TOKEN, standIn));
}

function listElement(name: string, { kind, patterns, written }: Patterns, standIn: StandIn): Element {
  const list = texts(written && written.length > 0 ? written : patterns, standIn);
  return list && [kind === 'except' ? `Not${name}` : name, list];
}

function principalElement(principals: Principals, standIn: StandIn): readonly Element[] {
  if (principals.kind === 'holder') return [];
  const name = principals.kind === 'except' ? 'NotPrincipal' : 'Principal';
  if (principals.entries.some(({ kind }) => kind === 'everyone')) return [[name, '*']];
  const byType = new Map<string, string[]>();
  for (const entry of principals.entries) {
    const printed = principalText(entry);
    const list = printed && texts([printed[1]], standIn);
    if (!printed || !list) return [null];
    byType.set(printed[0], [...(byType.get(printed[0]) ?? []), ...list]);
  }
  return [[name, Object.fromEntries(byType)]];
}

function principalText(entry: PrincipalEntry): readonly [type: string, text: string] | null {
  switch (entry.kind) {
    case 'everyone':
      return ['AWS', '*'];
    case 'account':
      return ['AWS', `arn:aws:iam::${entry.account}:root`];
    case 'aws':
      return ['AWS', entry.arn];
    case 'service':
      return ['Service', entry.name];
    case 'federated':
      return ['Federated', entry.provider];
    case 'canonical':
      return ['CanonicalUser', entry.id];
    case 'unknown':
    default:
      return null;
  }
}

/** Operators and keys as they were written; tests with the same operator stand in one object, each key once. */
function conditionElement(conditions: readonly Condition[], standIn: StandIn): readonly Element[] {
  if (conditions.length === 0) return [];
  const byOperator = new Map<string, { [key: string]: Json }>();
  for (const { label, values } of conditions) {
    const list = texts(values, standIn);
    if (list === null) return [null];
    const space = label.indexOf(' ');
    const operator = label.slice(0, space);
    byOperator.set(operator, { ...byOperator.get(operator), [label.slice(space + 1)]: list });
  }
  return [['Condition', Object.fromEntries(byOperator)]];
}
