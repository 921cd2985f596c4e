/** What an AWS-managed policy makes of its holder. `denies`: it takes rights away. */
export type ManagedPolicyRisk = 'admin' | 'risky' | 'denies' | 'other';

/** AWS-managed policies by the tail of their ARN after `:policy/`. */
const RISKS: Readonly<Record<string, ManagedPolicyRisk>> = {
  AdministratorAccess: 'admin',
  'AdministratorAccess-Amplify': 'risky',
  'AdministratorAccess-AWSElasticBeanstalk': 'risky',
  IAMFullAccess: 'admin',
  AWSOrganizationsFullAccess: 'admin',
  PowerUserAccess: 'risky',
  'job-function/SystemAdministrator': 'risky',
  'job-function/DatabaseAdministrator': 'risky',
  'job-function/NetworkAdministrator': 'risky',
  SecretsManagerReadWrite: 'risky',
  AWSCloudShellFullAccess: 'risky',
  AWSDenyAll: 'denies',
  AWSCompromisedKeyQuarantine: 'denies',
  AWSCompromisedKeyQuarantineV2: 'denies',
  AWSCompromisedKeyQuarantineV3: 'denies',
};

const MANAGED = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/;

/** `AdministratorAccess` of an AWS-managed policy's ARN in any partition; undefined for other ARNs. */
export const managedPolicyName = (arn: string): string | undefined => MANAGED.exec(arn)?.[1];

/** How much an AWS-managed policy grants, by its name. */
export const managedPolicyRisk = (name: string): ManagedPolicyRisk =>
  RISKS[name] ?? (name.endsWith('FullAccess') ? 'risky' : 'other');
