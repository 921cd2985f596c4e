/** An action whose becoming allowed is worth a finding of its own. */
export interface SensitiveAction {
  /** In AWS's own case: `iam:CreateAccessKey`. */
  readonly name: string;
  /**
   * On which resources it counts. `one`: on whatever there is. `others`: on others than the principal itself, because
   * people keep their own keys and passwords. `every`: only where the resource is not named, because workloads decrypt
   * with their own key and read their own secret.
   */
  readonly reach: 'one' | 'others' | 'every';
  /** Completes "the principal can now …". */
  readonly allows: string;
}

const on = (reach: SensitiveAction['reach'], actions: Readonly<Record<string, string>>): SensitiveAction[] =>
  Object.entries(actions).map(([name, allows]) => ({ name, reach, allows }));

/**
 * A short list by hand, of what attackers do first: become somebody else, open data, stop the recording, destroy.
 * What is only dangerous together with something else is an escalation path.
 */
export const SENSITIVE_ACTIONS: readonly SensitiveAction[] = [
  ...on('others', {
    'iam:CreateAccessKey': 'make access keys of other users',
    'iam:CreateLoginProfile': 'give other users a console password',
    'iam:UpdateLoginProfile': 'change the console password of other users',
    'iam:DeactivateMFADevice': 'take MFA devices from other users',
  }),
  ...on('one', {
    // Become somebody else.
    'iam:AddUserToGroup': 'put users into groups',
    'iam:CreatePolicyVersion': 'rewrite managed policies',
    'iam:SetDefaultPolicyVersion': 'go back to older versions of managed policies',
    'iam:AttachUserPolicy': 'attach policies to users',
    'iam:AttachGroupPolicy': 'attach policies to groups',
    'iam:AttachRolePolicy': 'attach policies to roles',
    'iam:PutUserPolicy': 'write policies of users',
    'iam:PutGroupPolicy': 'write policies of groups',
    'iam:PutRolePolicy': 'write policies of roles',
    'iam:UpdateAssumeRolePolicy': 'rewrite whom roles trust',
    'iam:PutUserPermissionsBoundary': 'replace the boundary of users',
    'iam:PutRolePermissionsBoundary': 'replace the boundary of roles',
    'iam:DeleteUserPermissionsBoundary': 'take the boundary from users',
    'iam:DeleteRolePermissionsBoundary': 'take the boundary from roles',
    'iam:CreateSAMLProvider': 'let an identity provider of its own in',
    'iam:UpdateSAMLProvider': 'replace the signing key of an identity provider',
    'iam:CreateOpenIDConnectProvider': 'let an identity provider of its own in',
    'sts:AssumeRoot': 'take the place of the root user of member accounts',
    'sso:CreateAccountAssignment': 'give people access to accounts',
    'sso:PutInlinePolicyToPermissionSet': 'rewrite what people may do in accounts',
    'rolesanywhere:CreateTrustAnchor': 'let a certificate authority of its own in',
    // Open data to others.
    's3:PutBucketPolicy': 'rewrite who reads and writes buckets',
    's3:PutBucketAcl': 'open buckets',
    's3:PutBucketPublicAccessBlock': 'lift the block of public access from buckets',
    's3:PutAccountPublicAccessBlock': 'lift the block of public access from all buckets',
    'kms:PutKeyPolicy': 'rewrite who uses keys',
    'secretsmanager:PutResourcePolicy': 'rewrite who reads secrets',
    'lambda:AddPermission': 'let others invoke functions',
    'ec2:ModifySnapshotAttribute': 'share snapshots of disks',
    'ec2:ModifyImageAttribute': 'share images of instances',
    'rds:ModifyDBSnapshotAttribute': 'share snapshots of databases',
    'rds:ModifyDBClusterSnapshotAttribute': 'share snapshots of database clusters',
    'ram:CreateResourceShare': 'share resources with other accounts',
    // Stop the recording.
    'cloudtrail:StopLogging': 'stop trails',
    'cloudtrail:DeleteTrail': 'delete trails',
    'cloudtrail:UpdateTrail': 'send trails elsewhere',
    'cloudtrail:PutEventSelectors': 'choose what trails record',
    'guardduty:DeleteDetector': 'switch GuardDuty off',
    'guardduty:UpdateDetector': 'suspend GuardDuty',
    'config:StopConfigurationRecorder': 'stop AWS Config',
    'config:DeleteConfigurationRecorder': 'delete the recorder of AWS Config',
    'securityhub:DisableSecurityHub': 'switch Security Hub off',
    'ec2:DeleteFlowLogs': 'delete flow logs',
    // Destroy, or leave the guardrails.
    'kms:ScheduleKeyDeletion': 'destroy keys and what they encrypt',
    'backup:DeleteRecoveryPoint': 'delete backups',
    'organizations:LeaveOrganization': 'take the account out of its organization',
    'organizations:DetachPolicy': 'detach policies of the organization',
    'account:CloseAccount': 'close the account',
  }),
  ...on('every', {
    'iam:PassRole': 'pass any role to a service',
    'sts:AssumeRole': 'assume any role that trusts its account',
    'secretsmanager:GetSecretValue': 'read every secret',
    'ssm:GetParameter': 'read every parameter',
    'ssm:SendCommand': 'run commands on every instance',
    'ssm:StartSession': 'open a shell on every instance',
    'kms:Decrypt': 'decrypt with every key',
    'kms:CreateGrant': 'let others use every key',
    's3:GetObject': 'read every bucket',
    's3:DeleteBucket': 'delete every bucket',
    's3:DeleteObject': 'delete what is in every bucket',
    'ec2:AuthorizeSecurityGroupIngress': 'open every security group',
    'rds:DeleteDBInstance': 'delete every database',
    'dynamodb:DeleteTable': 'delete every table',
    'logs:DeleteLogGroup': 'delete every log group',
  }),
];
