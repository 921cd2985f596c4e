import type { Estate } from './actor.ts';
import type { Fixed } from './identity.ts';

/** The policy that whoever escalates would attach. */
const administrator = ({ partition }: Estate): string => `arn:${partition}:iam::aws:policy/AdministratorAccess`;

const WITHOUT_BOUNDARY = { 'iam:PermissionsBoundary': null };

/**
 * What requests on a path carry, where conditions are known to ask for it: a policy that gives everything, and no
 * boundary, because within one there is nothing to gain. Guardrails that test these keys close the path.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
const CONTEXTS: Readonly<Record<string, (estate: Estate) => Fixed>> = {
  'iam:AttachGroupPolicy': (estate) => ({ 'iam:PolicyARN': administrator(estate) }),
  'iam:AttachRolePolicy': (estate) => ({ 'iam:PolicyARN': administrator(estate), ...WITHOUT_BOUNDARY }),
  'iam:AttachUserPolicy': (estate) => ({ 'iam:PolicyARN': administrator(estate), ...WITHOUT_BOUNDARY }),
  'iam:PutRolePolicy': () => WITHOUT_BOUNDARY,
  'iam:PutUserPolicy': () => WITHOUT_BOUNDARY,
  'iam:CreateRole': () => WITHOUT_BOUNDARY,
  'iam:CreateUser': () => WITHOUT_BOUNDARY,
  'iam:PutRolePermissionsBoundary': (estate) => ({ 'iam:PermissionsBoundary': administrator(estate) }),
  'iam:PutUserPermissionsBoundary': (estate) => ({ 'iam:PermissionsBoundary': administrator(estate) }),
};

export const contextOf = (action: string, estate: Estate): Fixed => CONTEXTS[action]?.(estate) ?? {};

/** What a request to pass a role carries. */
export const passedTo = (service: string): Fixed => ({ 'iam:PassedToService': service });
