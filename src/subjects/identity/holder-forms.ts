import type { HolderKind } from './holder.ts';

/** A kind of principal and the Terraform type of it. */
export interface Principal {
  readonly kind: HolderKind;
  readonly type: string;
}

export const ROLE: Principal = { kind: 'role', type: 'aws_iam_role' };
export const USER: Principal = { kind: 'user', type: 'aws_iam_user' };
export const GROUP: Principal = { kind: 'group', type: 'aws_iam_group' };
export const SET: Principal = { kind: 'permission set', type: 'aws_ssoadmin_permission_set' };
export const PRINCIPALS = [ROLE, USER, GROUP, SET];

/** Resources that hold one policy text for one principal: type → attribute of the principal, of the text. */
export const INLINE: readonly (readonly [type: string, Principal, owner: string, text: string])[] = [
  ['aws_iam_role_policy', ROLE, 'role', 'policy'],
  ['aws_iam_user_policy', USER, 'user', 'policy'],
  ['aws_iam_group_policy', GROUP, 'group', 'policy'],
  ['aws_ssoadmin_permission_set_inline_policy', SET, 'permission_set_arn', 'inline_policy'],
];

/** Resources that attach policies to principals: type → attribute of the principals, of the policy ARNs. */
export const ATTACHING: readonly (readonly [type: string, Principal, owners: string, arns: string])[] = [
  ['aws_iam_role_policy_attachment', ROLE, 'role', 'policy_arn'],
  ['aws_iam_user_policy_attachment', USER, 'user', 'policy_arn'],
  ['aws_iam_group_policy_attachment', GROUP, 'group', 'policy_arn'],
  ['aws_iam_policy_attachment', ROLE, 'roles', 'policy_arn'],
  ['aws_iam_policy_attachment', USER, 'users', 'policy_arn'],
  ['aws_iam_policy_attachment', GROUP, 'groups', 'policy_arn'],
  ['aws_iam_role_policy_attachments_exclusive', ROLE, 'role_name', 'policy_arns'],
  ['aws_iam_user_policy_attachments_exclusive', USER, 'user_name', 'policy_arns'],
  ['aws_iam_group_policy_attachments_exclusive', GROUP, 'group_name', 'policy_arns'],
  ['aws_ssoadmin_managed_policy_attachment', SET, 'permission_set_arn', 'managed_policy_arn'],
  ['aws_ssoadmin_managed_policy_attachments_exclusive', SET, 'permission_set_arn', 'managed_policy_arns'],
];

/** Resources that attach policies of every account by their name: type → attribute of the principal, of the names. */
export const ATTACHING_BY_NAME: readonly (readonly [type: string, Principal, owner: string, names: string])[] = [
  ['aws_ssoadmin_customer_managed_policy_attachment', SET, 'permission_set_arn', 'customer_managed_policy_reference'],
  [
    'aws_ssoadmin_customer_managed_policy_attachments_exclusive',
    SET,
    'permission_set_arn',
    'customer_managed_policy_reference',
  ],
];

/** Resource types that an identity policy can be made of. */
export const HOLDER_TYPES: readonly string[] = [
  ...new Set([
    'aws_iam_policy',
    ...PRINCIPALS.map(({ type }) => type),
    ...INLINE.map(([type]) => type),
    ...ATTACHING.map(([type]) => type),
    ...ATTACHING_BY_NAME.map(([type]) => type),
    'aws_iam_user_group_membership',
    'aws_iam_group_membership',
  ]),
];
