import type { Patterns, Statement } from '../../aws/policy-document/statement.ts';
import { conditionOf } from '../access/described.ts';
import type { Region } from '../difference/difference.ts';
import { allowedOf } from '../query.ts';
import { NO } from './answer.ts';
import type { Answer, Question, Ready, View, Yes } from './answer.ts';

const only = (pattern: string): Patterns => ({ kind: 'only', patterns: [pattern] });

/**
 * The exact answer about statements all of which speak of the request. What they say of other requests is cut off: AWS's
 * own policies list thousands of actions.
 */
export function askExactly({ layers, denies, unread }: View, question: Question): Answer {
  const { action, resource, fixed, principal } = question;
  const origins = new Map<Statement, Statement>();
  const narrowed = ({ test: { statement }, origin }: Ready): Statement => {
    const asked: Statement = {
      ...statement,
      principals: principal ? { kind: 'only', entries: [principal] } : statement.principals,
      actions: only(action),
      resources: only(resource),
    };
    origins.set(asked, origin);
    return asked;
  };
  const { regions, doubts } = allowedOf(
    { layers: layers.map((layer) => layer.map(narrowed)), denies: denies.map(narrowed), unread },
    { actions: [action], resources: [resource], context: fixed, ...(principal && { principal }) },
  );
  const [best] = regions.map((region) => told(region, question, origins)).toSorted((a, b) => length(a) - length(b));
  if (best) return best;
  return doubts[0] ? { kind: 'maybe', because: doubts[0] } : NO;
}

const length = ({ condition }: Yes): number => condition?.length ?? 0;

/** What a region asks for beside what the request has of itself. */
function told(region: Region, { fixed }: Question, origins: ReadonlyMap<Statement, Statement>): Yes {
  const { statement, witness } = region;
  return {
    kind: 'yes',
    statement: origins.get(statement) ?? statement,
    condition: conditionOf(without(region, new Set(Object.keys(fixed).map((key) => key.toLowerCase())))),
    fixed,
    besides: Object.fromEntries(
      [...witness.context].map(([key, values]) => [key, values.map((value) => witness.symbols.decode(value))]),
    ),
  };
}

/** The region as if nothing tested these keys. */
function without(region: Region, keys: ReadonlySet<string>): Region {
  const { space, box } = region;
  const [subject, ...others] = space.tests;
  const { conditions } = subject.statement;
  const statement = {
    ...subject.statement,
    conditions: Array.isArray(conditions) ? conditions.filter(({ key }) => !keys.has(key)) : conditions,
  };
  const [actions = 0n, resources = 0n, requesters = 0n, ...sides] = box;
  const kept = space.keys.map(({ key }) => !keys.has(key));
  return {
    ...region,
    space: {
      ...space,
      tests: [{ ...subject, statement }, ...others],
      keys: space.keys.filter((_, index) => kept[index]),
    },
    box: [actions, resources, requesters, ...sides.filter((_, index) => kept[index])],
  };
}
