import { namesIn } from './name-list.ts';
import { CREDENTIALS_EXPOSURE, DATA_EXFILTRATION, PERMISSIONS_MANAGEMENT, RESOURCE_EXPOSURE } from './risk-lists.ts';

/** What an action that is allowed can be used for, beside its purpose. */
export type Risk = 'credentials exposure' | 'data exfiltration' | 'resource exposure' | 'permissions management';

/** In the order in which a reviewer wants to hear of them. Who exposes a resource manages permissions. */
const LISTS: Readonly<Record<Risk, readonly string[]>> = {
  'credentials exposure': [CREDENTIALS_EXPOSURE],
  'data exfiltration': [DATA_EXFILTRATION],
  'resource exposure': [RESOURCE_EXPOSURE],
  'permissions management': [PERMISSIONS_MANAGEMENT, RESOURCE_EXPOSURE],
};

/** What a full name of an action in any case is known for; mostly nothing. */
export const risksOf = (action: string): readonly Risk[] => index().get(action.toLowerCase()) ?? [];

/** All actions of a risk, in AWS's own case. */
export const actionsOfRisk = (risk: Risk): string[] => LISTS[risk].flatMap(namesIn);

let risks: ReadonlyMap<string, readonly Risk[]> | undefined;

const index = (): ReadonlyMap<string, readonly Risk[]> => (risks ??= readRisks());

function readRisks(): Map<string, readonly Risk[]> {
  const known = new Map<string, readonly Risk[]>();
  for (const risk of Object.keys(LISTS) as Risk[]) {
    for (const name of actionsOfRisk(risk).map((action) => action.toLowerCase()))
      known.set(name, [...(known.get(name) ?? []), risk]);
  }
  return known;
}
