import type { Condition, PrincipalEntry, Statement } from '../aws/policy-document/statement.ts';
import type { CatalogueAction } from './data/catalogue.ts';
import { gainsOf } from './difference/difference.ts';
import type { Gains } from './difference/difference.ts';
import type { Side } from './difference/side.ts';

/** Some requests: every action on every resource, in a context that leaves open what it does not name. */
export interface Query {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Values of context keys; null where the request must lack the key. */
  readonly context?: Readonly<Record<string, string | null>>;
  /** Who asks, for a trust or resource policy; left out, it is the holder of identity policies, or anybody. */
  readonly principal?: PrincipalEntry;
}

const NOTHING: Side = { layers: [[]], denies: [], unread: [] };

/**
 * Which of these requests a side allows, in some context. Asked as a difference: the query is one more limit, and nothing
 * was allowed before. So conditions, Denies and boundaries count as they do everywhere.
 */
export const allowedOf = ({ layers, denies, unread }: Side, query: Query): Gains =>
  gainsOf(NOTHING, { layers: [...layers, [statementOf(query)]], denies, unread });

const statementOf = ({ actions, resources, context = {}, principal }: Query): Statement => ({
  index: 0,
  sid: null,
  effect: 'Allow',
  principals: principal ? { kind: 'only', entries: [principal] } : { kind: 'holder' },
  actions: { kind: 'only', patterns: actions.map((action) => action.toLowerCase()) },
  resources: { kind: 'only', patterns: resources },
  conditions: Object.entries(context).map(([key, value]) => condition(key, value)),
  variables: false,
});

const condition = (key: string, value: string | null): Condition => ({
  operator: value === null ? 'null' : 'stringequals',
  quantifier: null,
  ifExists: false,
  key: key.toLowerCase(),
  values: [value ?? 'true'],
  label: `${value === null ? 'Null' : 'StringEquals'} ${key}`,
});

/** The own account where nothing tells it. */
export const SAMPLE_ACCOUNT = '123456789012';

const USUAL: Readonly<Record<string, string>> = { Partition: 'aws', Region: 'us-east-1' };

/** A name that no policy is likely to single out: what is allowed on it is allowed on everything of its kind. */
export const UNNAMED = 'planwarden-any';

/** ARNs of resources that nobody has named, one for every kind that an action takes; `*` for one that takes none. */
export const unnamedResources = (
  { resources }: Pick<CatalogueAction, 'resources'>,
  account: string,
): readonly string[] =>
  resources.length === 0 ? ['*'] : resources.map((template) => unnamedResource(template, { Account: account }));

/**
 * The ARN of a resource that nobody has named.
 * @param known parts of the template that are not the usual ones, `{ Region: 'eu-central-1' }`
 */
export const unnamedResource = (template: string, known: Readonly<Record<string, string>>): string =>
  template.replace(/\$\{(\w+)\}/g, (_, name: string) => known[name] ?? USUAL[name] ?? UNNAMED).replaceAll('*', UNNAMED);
