import { CREDENTIAL_ACCESS } from './escalation/credential-access.ts';
import { EXISTING_PASSROLE } from './escalation/existing-passrole.ts';
import { NEW_PASSROLE } from './escalation/new-passrole.ts';
import type { PathRow, Target } from './escalation/path.ts';
import { PRINCIPAL_ACCESS } from './escalation/principal-access.ts';
import { RESOURCE_EXPOSURE } from './escalation/resource-exposure.ts';
import { SELF_ESCALATION } from './escalation/self-escalation.ts';

export type EscalationCategory =
  | 'self-escalation'
  | 'principal-access'
  | 'new-passrole'
  | 'existing-passrole'
  | 'credential-access'
  | 'resource-exposure';

/** A known way from some permissions to more power than they look like, or to credentials and data. */
export interface EscalationPath extends Omit<PathRow, 'needs'> {
  readonly category: EscalationCategory;
  /** Every one of them is needed. */
  readonly all: readonly string[];
  /** One action of each list is needed. */
  readonly anyOf: readonly (readonly string[])[];
  /** Empty for a path that passes no role. */
  readonly passRoleTo: readonly string[];
  /** The actions of `all` and `anyOf` that have to reach the target, one and the same. */
  readonly pivot: readonly string[];
}

/**
 * Facts from the public lists of Rhino Security Labs, cloudsplaining, pathfinding.cloud, PMapper, HackTricks and AWS:
 * which actions lead where. Selection, targets, severities and words are planwarden's own.
 */
export const ESCALATION_PATHS: readonly EscalationPath[] = [
  ...pathsOf('self-escalation', SELF_ESCALATION),
  ...pathsOf('principal-access', PRINCIPAL_ACCESS),
  ...pathsOf('new-passrole', NEW_PASSROLE),
  ...pathsOf('existing-passrole', EXISTING_PASSROLE),
  ...pathsOf('credential-access', CREDENTIAL_ACCESS),
  ...pathsOf('resource-exposure', RESOURCE_EXPOSURE),
];

function pathsOf(category: EscalationCategory, rows: readonly PathRow[]): EscalationPath[] {
  return rows.map(({ needs, passRoleTo = [], pivot = needs.flat(), ...rest }) => ({
    ...rest,
    category,
    all: needs.filter((need) => typeof need === 'string'),
    anyOf: needs.filter((need) => typeof need !== 'string'),
    passRoleTo,
    pivot,
  }));
}

/** Targets that are told by name: their paths need what others need, but of something of their own. */
const NAMED: readonly Target[] = ['organization-role', 'cdk-assets'];

/**
 * Whether a path needs all that another needs, and more: to pass a role to a new CodeBuild project is to start a build
 * too. Of paths that are completed together the smallest says it best.
 */
export const contains = (whole: EscalationPath, part: EscalationPath): boolean =>
  whole !== part && !NAMED.includes(part.target) && needsAll(whole, part);

const needsAll = (whole: EscalationPath, part: EscalationPath): boolean =>
  part.all.every((action) => whole.all.includes(action)) &&
  part.anyOf.every((list) =>
    [...whole.all.map((action) => [action]), ...whole.anyOf].some((one) => isWithin(one, list)),
  );

const isWithin = (some: readonly string[], all: readonly string[]): boolean => some.every((one) => all.includes(one));
