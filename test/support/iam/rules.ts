import type { IncomingHttpHeaders } from 'node:http';
import { listOf, structureOf, textOf, type Form } from './form.ts';

type Parameters = { readonly [name: string]: Form };

/** What IAM refuses in a request (iam reference 1.2 and 1.4). */
interface Rule {
  readonly message: string;
  readonly isBroken: (form: Parameters) => boolean;
}

const outside = (least: number, most: number) => (form: Form | undefined) => {
  const { length } = textOf(form);
  return length < least || length > most;
};

const POLICIES = ['PolicyInputList', 'PermissionsBoundaryPolicyInputList'] as const;

const TYPES = ['string', 'numeric', 'boolean', 'ip', 'binary', 'date'].flatMap((type) => [type, `${type}List`]);

const policies = (form: Parameters): string[] => POLICIES.flatMap((name) => listOf(form[name]).map(textOf));

const context = (form: Parameters): Parameters[] => listOf(form['ContextEntries']).map(structureOf);

const isPrincipal = (form: Parameters): boolean => form['Action'] === 'SimulatePrincipalPolicy';

function isNoPolicy(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document !== 'object' || document === null || !('Statement' in document);
  } catch {
    return true;
  }
}

const ALLOWED_PARAMETERS = new Set([
  'Action',
  'Version',
  'PolicyInputList',
  'PermissionsBoundaryPolicyInputList',
  'ActionNames',
  'ResourceArns',
  'ContextEntries',
  'MaxItems',
  'Marker',
]);
const OF_PRINCIPAL_ONLY = new Set(['PolicySourceArn', 'PolicyExclusionList', 'CallerArn']);

/** One way to name a policy, and names of the right kind. */
function isNoIdentifier(form: Form): boolean {
  const { PolicyType: type, PolicyArn: arn, InlinePolicyIdentifier: inline, ...others } = structureOf(form);
  const given = [type, arn, inline].filter((way) => way !== undefined);
  if (given.length !== 1 || Object.keys(others).length > 0) return true;
  if (inline === undefined) return arn !== undefined && !textOf(arn).startsWith('arn:');
  const { PolicyName: name, AttachmentType: holder, AttachmentName: holderName } = structureOf(inline);
  return !textOf(name) || !textOf(holderName) || !['user', 'group', 'role'].includes(textOf(holder));
}

export const RULES: readonly Rule[] = [
  { message: 'Version must be 2010-05-08', isBroken: ({ Version: version }) => version !== '2010-05-08' },
  {
    message: 'a parameter is not known',
    isBroken: (form) =>
      Object.keys(form).some(
        (name) => !ALLOWED_PARAMETERS.has(name) && !(isPrincipal(form) && OF_PRINCIPAL_ONLY.has(name)),
      ),
  },
  {
    message: 'PolicySourceArn must have 20 to 2048 characters',
    isBroken: (form) => isPrincipal(form) && outside(20, 2048)(form['PolicySourceArn']),
  },
  {
    message: 'PolicyInputList is required',
    isBroken: (form) => form['Action'] === 'SimulateCustomPolicy' && listOf(form['PolicyInputList']).length === 0,
  },
  {
    message: 'a policy must have 1 to 131072 characters',
    isBroken: (form) => policies(form).some(outside(1, 131_072)),
  },
  {
    message: 'a policy must hold only tab, LF, CR and U+0020 to U+00FF',
    isBroken: (form) => policies(form).some((text) => /[^\t\n\r\u0020-\u00ff]/.test(text)),
  },
  { message: 'a policy is malformed', isBroken: (form) => policies(form).some(isNoPolicy) },
  {
    message: 'there may be one permissions boundary',
    isBroken: (form) => listOf(form['PermissionsBoundaryPolicyInputList']).length > 1,
  },
  { message: 'ActionNames is required', isBroken: ({ ActionNames: actions }) => listOf(actions).length === 0 },
  {
    message: 'an action must have 3 to 128 characters',
    isBroken: ({ ActionNames: actions }) => listOf(actions).some(outside(3, 128)),
  },
  {
    message: 'an action must be service:Action, without wildcards',
    isBroken: ({ ActionNames: actions }) => listOf(actions).some((name) => !/^[^:*?]+:[^:*?]+$/.test(textOf(name))),
  },
  {
    message: 'a resource must have 1 to 2048 characters',
    isBroken: ({ ResourceArns: resources }) => listOf(resources).some(outside(1, 2048)),
  },
  {
    message: 'a context key must have 5 to 256 characters, a type and values',
    isBroken: (form) =>
      context(form).some(
        ({ ContextKeyName: key, ContextKeyType: type, ContextKeyValues: values }) =>
          outside(5, 256)(key) || !TYPES.includes(textOf(type)) || listOf(values).length === 0,
      ),
  },
  {
    message: 'a single-valued context key must have one value',
    isBroken: (form) =>
      context(form).some(
        ({ ContextKeyType: type, ContextKeyValues: values }) =>
          !textOf(type).endsWith('List') && listOf(values).length !== 1,
      ),
  },
  {
    message: 'at most 256 policies may be excluded, each named in one way',
    isBroken: ({ PolicyExclusionList: excluded }) =>
      listOf(excluded).length > 256 || listOf(excluded).some(isNoIdentifier),
  },
  {
    message: 'MaxItems must be 1 to 1000 and Marker have at most 320 characters',
    isBroken: ({ MaxItems: most = '1', Marker: marker }) =>
      Number(most) < 1 || Number(most) > 1000 || (marker !== undefined && outside(1, 320)(marker)),
  },
];

/** Signed with Signature Version 4 for the service `iam`. The signature itself is not checked. */
export const isSigned = ({ authorization = '', 'x-amz-date': date }: IncomingHttpHeaders): boolean =>
  date !== undefined &&
  /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[a-z0-9-]+\/iam\/aws4_request, SignedHeaders=\S+, Signature=[0-9a-f]{64}$/.test(
    authorization,
  );
