import type { Access, Witness } from '../finding/finding.ts';
import type { IamData } from '../finding/review.ts';

const SHOWN = 5;

const listed = (items: readonly string[]): string =>
  items.length <= SHOWN ? items.join(', ') : `${items.slice(0, SHOWN).join(', ')} and ${items.length - SHOWN} more`;

/** `s3:*`, `iam:PassRole, 14 write actions of dynamodb` */
export const actionsText = ({ summary, actions }: Access): string => listed(summary.length > 0 ? summary : actions);

/** The resources of a row; a trust policy has none. */
export const resourcesText = ({ resources }: Access): string => listed(resources);

/** `Role app gains s3:* on * if StringEquals aws:PrincipalOrgID o-1` */
export function accessSentence(access: Access): string {
  const { principal, effect, conditions } = access;
  const on = access.resources.length === 0 ? '' : ` on ${resourcesText(access)}`;
  return `${principal} ${effect} ${actionsText(access)}${on}${conditions === null ? '' : ` if ${conditions}`}`;
}

/** The access level, and what the actions can be used for: `write, data exfiltration`. */
export const marks = ({ level, risks }: Access): string =>
  [...new Set([...(level === null ? [] : [level]), ...risks])].join(', ');

/** `s3:PutObject on arn:aws:s3:::example/x by anybody with aws:SourceIp 203.0.113.7` */
export function requestText({ principal, action, resource, context }: Witness): string {
  const keys = Object.entries(context).map(([key, values]) => `${key} ${values.join(' + ')}`);
  return [
    resource === '*' ? action : `${action} on ${resource}`,
    ...(principal === undefined ? [] : [`by ${principal === '*' ? 'anybody' : principal}`]),
    ...(keys.length === 0 ? [] : [`with ${keys.join(', ')}`]),
  ].join(' ');
}

/** What the witness shows. */
export const witnessText = ({ witness, effect }: Access): string =>
  `${requestText(witness)}: ${effect === 'gains' ? 'denied before, allowed after' : 'allowed before, denied after'}`;

/** `aws_iam_role_policy.app statement 2 (Upload) at main.tf:12` */
export const becauseText = ({ because, location }: Access): string =>
  location === null ? because : `${because} at ${location.path}:${location.startLine}`;

/** How old the data is that access is told with. */
export const dataText = ({ actions, managedPolicies }: IamData): string =>
  `AWS's actions of ${actions}, its managed policies of ${managedPolicies}`;
