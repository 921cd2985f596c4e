import type { RequestContext } from '../simulator.ts';
import type { Mask } from './document.ts';

type Scalar = 'string' | 'numeric' | 'boolean' | 'ip' | 'binary' | 'date';

/** What IAM calls the types of context keys (`ContextKeyTypeEnum`). */
export type ContextType = Scalar | `${Scalar}List`;

/** The type of a condition key as AWS's service authorization reference writes it, `String` or `ArrayOfARN`, if known. */
export type TypeOfKey = (key: string) => string | null | undefined;

export interface ContextEntry {
  readonly key: string;
  readonly values: readonly string[];
  readonly type: ContextType;
}

const SCALARS: Readonly<Record<string, Scalar>> = {
  ARN: 'string',
  Binary: 'binary',
  Bool: 'boolean',
  Date: 'date',
  IPAddress: 'ip',
  Numeric: 'numeric',
  String: 'string',
};

/** Global condition keys that hold no single string (IAM user guide, "AWS global condition context keys"). */
const GLOBAL_KEYS: Readonly<Record<string, readonly string[]>> = {
  Bool: [
    'aws:AssumedRoot',
    'aws:IsMcpServiceAction',
    'aws:MultiFactorAuthPresent',
    'aws:PrincipalIsAWSService',
    'aws:SecureTransport',
    'aws:ViaAWSMCPService',
    'aws:ViaAWSService',
  ],
  Date: ['aws:CurrentTime', 'aws:EpochTime', 'aws:TokenIssueTime'],
  IPAddress: ['aws:Ec2InstanceSourcePrivateIPv4', 'aws:SourceIp', 'aws:VpcSourceIp'],
  Numeric: ['aws:MultiFactorAuthAge', 'ec2:RoleDelivery'],
  ArrayOfString: [
    'aws:CalledVia',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalServiceNamesList',
    'aws:ResourceOrgPaths',
    'aws:SourceOrgPaths',
    'aws:TagKeys',
    'aws:VpceOrgPaths',
  ],
};

const GLOBAL_TYPES = new Map(
  Object.entries(GLOBAL_KEYS).flatMap(([type, keys]) => keys.map((key) => [key.toLowerCase(), type] as const)),
);

/** The types of the global condition keys. Names of keys have no case. */
export const typeOfGlobalKey: TypeOfKey = (key) => GLOBAL_TYPES.get(key.toLowerCase());

const LIST = 'ArrayOf';

/** A key that nobody knows holds strings; several values make a list, whatever the reference says. */
export function contextType(type: ReturnType<TypeOfKey>, values: readonly string[]): ContextType {
  const written = type ?? 'String';
  const isList = written.startsWith(LIST) || values.length > 1;
  const scalar = SCALARS[written.startsWith(LIST) ? written.slice(LIST.length) : written] ?? 'string';
  return isList ? `${scalar}List` : scalar;
}

/** The context of a request as IAM takes it, in the order of keys. A key without values counts as absent, as in IAM. */
export const contextEntries = (context: RequestContext, typeOf: TypeOfKey, mask: Mask): ContextEntry[] =>
  Object.entries(context)
    .filter(([, values]) => values.length > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, values]) => ({ key, values: values.map(mask), type: contextType(typeOf(key), values) }));
