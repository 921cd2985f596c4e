/**
 * Types of values in the service authorization reference; `ArrayOf…`: several values in one request. IAM has a type
 * Binary too, and no key of it.
 */
export const CONDITION_KEY_TYPES = [
  'ARN',
  'ArrayOfARN',
  'ArrayOfBool',
  'ArrayOfString',
  'Bool',
  'Date',
  'IPAddress',
  'Numeric',
  'String',
] as const;

export type ConditionKeyType = (typeof CONDITION_KEY_TYPES)[number];

/** Which requests carry a key; `signed-requests`: all but anonymous ones. */
export type KeyPresence = 'always' | 'signed-requests' | 'most-actions' | 'sometimes';

export interface GlobalKey {
  readonly type: ConditionKeyType;
  /** True when one request has several values of it. */
  readonly multi: boolean;
  readonly present: KeyPresence;
}

const one = (type: ConditionKeyType, present: KeyPresence = 'sometimes'): GlobalKey => ({
  type,
  multi: false,
  present,
});
const several: GlobalKey = { type: 'ArrayOfString', multi: true, present: 'sometimes' };

/**
 * Keys that requests to every service may carry, in lower case; `tag-key` stands for any.
 * From "AWS global condition context keys" in the IAM User Guide, as of 2026-09-26.
 */
export const GLOBAL_KEYS: Readonly<Record<string, GlobalKey>> = {
  // Who asks.
  'aws:principalarn': one('ARN', 'signed-requests'),
  'aws:principalaccount': one('String', 'always'),
  'aws:principalorgpaths': several,
  'aws:principalorgid': one('String'),
  'aws:principaltag/tag-key': one('String'),
  'aws:principalisawsservice': one('Bool', 'signed-requests'),
  'aws:principalservicename': one('String'),
  'aws:principalservicenameslist': several,
  'aws:principaltype': one('String', 'always'),
  'aws:userid': one('String', 'always'),
  'aws:username': one('String'),
  // How the session of who asks came to be.
  'aws:assumedroot': one('Bool'),
  'aws:federatedprovider': one('String'),
  'aws:tokenissuetime': one('Date'),
  'aws:multifactorauthage': one('Numeric'),
  'aws:multifactorauthpresent': one('Bool'),
  'aws:chatbotsourcearn': one('ARN'),
  'aws:ec2instancesourcevpc': one('String'),
  'aws:ec2instancesourceprivateipv4': one('IPAddress'),
  'aws:sourceidentity': one('String'),
  'ec2:roledelivery': one('Numeric'),
  'ec2:sourceinstancearn': one('ARN'),
  'glue:roleassumedby': one('String'),
  'glue:credentialissuingservice': one('String'),
  'lambda:sourcefunctionarn': one('ARN'),
  'ssm:sourceinstancearn': one('ARN'),
  'identitystore:userid': one('String'),
  // From where.
  'aws:sourceip': one('IPAddress'),
  'aws:sourcevpc': one('String'),
  'aws:sourcevpcarn': one('String'),
  'aws:sourcevpce': one('String'),
  'aws:vpceaccount': one('String'),
  'aws:vpceorgpaths': several,
  'aws:vpceorgid': one('String'),
  'aws:vpcsourceip': one('IPAddress'),
  // What is asked for.
  'aws:resourceaccount': one('String', 'most-actions'),
  'aws:resourceorgid': one('String'),
  'aws:resourceorgpaths': several,
  'aws:resourcetag/tag-key': one('String'),
  // The request itself.
  'aws:calledvia': several,
  'aws:calledviafirst': one('String'),
  'aws:calledvialast': one('String'),
  'aws:calledviaawsmcp': one('String'),
  'aws:viaawsservice': one('Bool', 'always'),
  'aws:viaawsmcpservice': one('Bool'),
  'aws:currenttime': one('Date', 'always'),
  'aws:epochtime': one('Date', 'always'),
  'aws:referer': one('String'),
  'aws:requestedregion': one('String', 'always'),
  'aws:requesttag/tag-key': one('String'),
  'aws:tagkeys': several,
  'aws:securetransport': one('Bool', 'always'),
  'aws:sourcearn': one('ARN'),
  'aws:sourceaccount': one('String'),
  'aws:sourceowner': one('String'),
  'aws:sourceorgpaths': several,
  'aws:sourceorgid': one('String'),
  'aws:useragent': one('String', 'always'),
  'aws:ismcpserviceaction': one('Bool'),
};

/** Tag keys are part of the key's name. */
const TAG = /^(aws:(?:principal|resource|request)tag)\/.+$/s;

/** A global key in any case, `aws:PrincipalTag/team` too; undefined for keys of services. */
export function globalKey(key: string): GlobalKey | undefined {
  const name = key.toLowerCase().replace(TAG, '$1/tag-key');
  return Object.hasOwn(GLOBAL_KEYS, name) ? GLOBAL_KEYS[name] : undefined;
}
