import { catalogueAction } from '../data/catalogue.ts';
import { arnPattern, matchesSurely } from '../match/text-pattern.ts';
import { unnamedResource } from '../query.ts';
import type { Estate } from './actor.ts';
import type { Powers } from './powers.ts';

/** Resources that a request must reach: one of these kinds. */
export interface Need {
  /** Templates of ARNs. */
  readonly templates: readonly string[];
  /** One that policies name is enough; else it must be one that nobody has named. */
  readonly named: boolean;
}

const one = (...parts: readonly string[]): readonly string[] => parts;

/** Documents of AWS that run what the caller writes. */
const RUNNERS = ['AWS-RunShellScript', 'AWS-RunPowerShellScript', 'AWS-RunRemoteScript', 'AWS-RunDocument'].flatMap(
  (name) => [
    `arn:\${Partition}:ssm:\${Region}::document/${name}`,
    `arn:\${Partition}:ssm:\${Region}:\${Account}:document/${name}`,
  ],
);

const ON_INSTANCE = one(':instance/', ':managed-instance/');
const ON_PERMISSION_SET = [one(':permissionSet/'), one(':instance/')];

/**
 * What a request must reach where that is not simply the first kind that AWS's reference lists, as parts of ARNs. The first
 * list is what the action is about.
 */
const NEEDED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'ssm:SendCommand': [ON_INSTANCE, one(':document/')],
  'ssm:CreateAssociation': [ON_INSTANCE, one(':document/')],
  'ssm:UpdateAssociation': [ON_INSTANCE, one(':document/')],
  'ssm:StartSession': [one(':instance/', ':managed-instance/', ':task/')],
  'ecs:ExecuteCommand': [one(':task/', ':cluster/')],
  's3:PutObject': [one(':s3:::')],
  's3:GetObject': [one(':s3:::')],
  's3:DeleteObject': [one(':s3:::')],
  'identitystore:CreateGroupMembership': [one(':group/'), one(':user/')],
  'sso:CreateAccountAssignment': [...ON_PERMISSION_SET, one(':account/')],
  'sso:PutInlinePolicyToPermissionSet': ON_PERMISSION_SET,
  'sso:AttachManagedPolicyToPermissionSet': ON_PERMISSION_SET,
  'sso:AttachCustomerManagedPolicyReferenceToPermissionSet': ON_PERMISSION_SET,
  'sso:DeleteInlinePolicyFromPermissionSet': ON_PERMISSION_SET,
  'sso:DeletePermissionsBoundaryFromPermissionSet': ON_PERMISSION_SET,
  'sso:DetachManagedPolicyFromPermissionSet': ON_PERMISSION_SET,
  'sso:DetachCustomerManagedPolicyReferenceFromPermissionSet': ON_PERMISSION_SET,
  'bedrock-agentcore:InvokeCodeInterpreter': [one(':code-interpreter-custom/')],
  'bedrock-agentcore:StartCodeInterpreterSession': [one(':code-interpreter-custom/')],
};

/** An action that takes no resource is allowed on `*` only. */
export const NO_RESOURCE = '*';

/** All templates that an action takes. */
export function templatesOf(action: string): readonly string[] {
  const templates = catalogueAction(action)?.resources ?? [];
  return templates.length === 0 ? [NO_RESOURCE] : templates;
}

/** What a request must reach, what it is about first. */
export function needsOf(action: string): readonly [Need, ...Need[]] {
  const templates = templatesOf(action);
  const [first, ...others] = (NEEDED[action] ?? []).map((parts): Need => {
    const own = templates.filter((template) => parts.some((part) => template.includes(part)));
    return parts.includes(':document/')
      ? { templates: [...own, ...RUNNERS], named: false }
      : { templates: own, named: true };
  });
  return first ? [first, ...others] : [{ templates: templates.slice(0, 1), named: true }];
}

/** Resources of a kind that nobody has named, in the usual region and in those that the policies name. */
export function unnamedOf(template: string, action: string, { estate, regions: named }: Powers): readonly string[] {
  const regions = template.includes('${Region}') ? [undefined, ...named(action)] : [undefined];
  return regions.map((region) =>
    template === NO_RESOURCE
      ? NO_RESOURCE
      : unnamedResource(template, {
          Account: estate.account,
          Partition: estate.partition,
          ...(region === undefined ? {} : { Region: region }),
        }),
  );
}

/** The resources of a kind that are in the estate, as a pattern. */
export const patternOf = (template: string, { account, partition }: Estate): string =>
  template.replace(/\$\{(\w+)\}/g, (_, name: string) =>
    name === 'Account' ? account : name === 'Partition' ? partition : '*',
  );

/** True for a resource that the action is about; a reference may turn out to be one. */
export const isAbout = (action: string, resource: string, estate: Estate): boolean =>
  resource.startsWith('⟨') ||
  needsOf(action)[0].templates.some((template) =>
    template === NO_RESOURCE
      ? resource === NO_RESOURCE
      : matchesSurely(arnPattern(patternOf(template, estate)), resource),
  );
