import { blocks, isList, isUnknown } from '../plan/value.ts';
import type { Value } from '../plan/value.ts';

/** What a reader sees of a resource: its attributes, and documents as far as they can be known. */
export interface Arguments {
  get(attribute: string, ...path: (string | number)[]): Value;
  document(attribute: string, ...path: (string | number)[]): Value;
}

/** Makes a policy document of arguments that are none by themselves. */
export type DocumentReader = (from: Arguments) => Value;

/** An argument that becomes a condition of the statement: attribute, operator, key. */
export type ConditionArgument = readonly [attribute: string, operator: string, key: string];

type Tree = { readonly [key: string]: Value };

const documentOf = (...statements: readonly Value[]): Tree => ({ Version: '2012-10-17', Statement: statements });

const statementOf = (principal: Value, action: Value, resource: Value, conditions: Tree = {}): Tree => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  Resource: resource,
  ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
});

/** An argument as text. Only what is not known is looked up in HCL: a whole document may stand behind it, or one part. */
function textAt(from: Arguments, attribute: string): Value {
  const value = from.get(attribute);
  return isUnknown(value) ? from.document(attribute) : value;
}

/** Service principals end like this, those of China and of Alexa included. */
const SERVICE = /\.amazon(aws)?\.com(\.cn)?$/;

/** One argument may name a service, an account, a role or everyone. */
const principalOf = (value: Value): Value =>
  value === '*' ? '*' : typeof value === 'string' && SERVICE.test(value) ? { Service: value } : { AWS: value };

const isSet = (value: Value): boolean => value !== null && value !== '';

/** `[['StringEquals', 'aws:SourceAccount', '1']]` as the Condition element. */
function conditionsOf(tests: readonly (readonly [operator: string, key: string, value: Value])[]): Tree {
  const operators = [...new Set(tests.map(([operator]) => operator))];
  return Object.fromEntries(
    operators.map((operator) => [
      operator,
      Object.fromEntries(tests.filter(([name]) => name === operator).map(([, key, value]) => [key, value])),
    ]),
  );
}

/**
 * A permission that the API of a service turns into one statement of the resource policy. A qualifier stands for the
 * resource: it is the version or alias that the permission is for.
 */
export const permission =
  (conditions: readonly ConditionArgument[] = []): DocumentReader =>
  (from) => {
    const tests = conditions
      .map(([attribute, operator, key]) => [operator, key, textAt(from, attribute)] as const)
      .filter(([, , value]) => isSet(value));
    const qualifier = from.get('qualifier');
    const principal = principalOf(textAt(from, 'principal'));
    return documentOf(
      statementOf(principal, from.get('action'), isSet(qualifier) ? qualifier : '*', conditionsOf(tests)),
    );
  };

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const LAMBDA_CONDITIONS: readonly ConditionArgument[] = [
  ['source_arn', 'ArnLike', 'aws:SourceArn'],
  ['source_account', 'StringEquals', 'aws:SourceAccount'],
  ['principal_org_id', 'StringEquals', 'aws:PrincipalOrgID'],
  ['event_source_token', 'StringEquals', 'lambda:EventSourceToken'],
  ['function_url_auth_type', 'StringEquals', 'lambda:FunctionUrlAuthType'],
  ['invoked_via_function_url', 'Bool', 'lambda:InvokedViaFunctionUrl'],
];

/** `aws_cloudwatch_event_permission`: the condition is a block of its own, the action has a default. */
export function eventPermission(from: Arguments): Value {
  const found = from.get('condition');
  const [condition] = blocks(found);
  const type = condition?.['type'];
  const key = condition?.['key'];
  const isReadable = typeof type === 'string' && typeof key === 'string';
  const tests = condition && isReadable ? conditionsOf([[type, key, condition['value'] ?? null]]) : {};
  const action = from.get('action') ?? 'events:PutEvents';
  const statement = statementOf(principalOf(textAt(from, 'principal')), action, '*', tests);
  const doubt = isUnknown(found) ? found : [type, key].find(isUnknown);
  return documentOf(doubt ? { ...statement, Condition: doubt } : statement);
}

const listOf = (value: Value | undefined): readonly Value[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];

/** The rules of an OpenSearch Serverless policy, each with the entry it stands in; what is not known stays as it is. */
function eachRule(policy: Value, toStatements: (entry: Tree, rule: Tree) => readonly Value[]): Value {
  if (policy === null || policy === '' || isUnknown(policy)) return policy;
  return documentOf(
    ...listOf(policy).flatMap((item): readonly Value[] => {
      if (isUnknown(item)) return [item];
      return blocks(item).flatMap((entry) =>
        listOf(entry['Rules']).flatMap((rule) =>
          isUnknown(rule) ? [rule] : blocks(rule).flatMap((one) => toStatements(entry, one)),
        ),
      );
    }),
  );
}

const ENDPOINT_ACTIONS: Readonly<Record<string, string>> = {
  collection: 'aoss:APIAccessAll',
  dashboard: 'aoss:DashboardsAccessAll',
};

/**
 * A network policy of OpenSearch Serverless says who reaches the endpoint: everyone, some VPC endpoints, some services.
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html
 */
export function serverlessNetwork(from: Arguments): Value {
  if (from.get('type') !== 'network') return null;
  return eachRule(from.document('policy'), (entry, rule) => {
    const type = rule['ResourceType'];
    const action = (typeof type === 'string' ? ENDPOINT_ACTIONS[type] : undefined) ?? 'aoss:*';
    const allow = (principal: Value, condition?: Value): Value => ({
      ...statementOf(principal, action, rule['Resource'] ?? '*'),
      ...(condition === undefined ? {} : { Condition: condition }),
    });
    const isPublic = entry['AllowFromPublic'] ?? false;
    if (isPublic === true) return [allow('*')];
    if (isUnknown(isPublic)) return [allow('*', isPublic)];
    const [endpoints, services] = [listOf(entry['SourceVPCEs']), listOf(entry['SourceServices'])];
    return [
      ...(endpoints.length > 0 ? [allow('*', { StringEquals: { 'aws:SourceVpce': endpoints } })] : []),
      ...(services.length > 0 ? [allow({ Service: services })] : []),
    ];
  });
}

/** @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html */
export const serverlessData: DocumentReader = (from) =>
  eachRule(from.document('policy'), (entry, rule) => [
    statementOf({ AWS: entry['Principal'] ?? [] }, rule['Permission'] ?? [], rule['Resource'] ?? '*'),
  ]);
