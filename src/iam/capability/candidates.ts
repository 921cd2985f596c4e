import { actionsOfService, catalogueAction, services } from '../data/catalogue.ts';
import type { CatalogueAction } from '../data/catalogue.ts';
import type { StatementTest } from '../match/statement.ts';
import { capabilityOf } from './capability.ts';
import type { Capability } from './capability.ts';

/** An action that counts for a capability. */
export interface Notable {
  readonly action: CatalogueAction;
  readonly capability: Capability;
  /** The name of the action in lower case, as statements are asked about it. */
  readonly asked: string;
}

const known = new Map<string, readonly Notable[]>();

/** The actions of a service that count for some capability. */
function notableOf(service: string): readonly Notable[] {
  const found = known.get(service) ?? actionsOfService(service).flatMap(notable);
  known.set(service, found);
  return found;
}

function notable(action: CatalogueAction): readonly Notable[] {
  const capability = capabilityOf(action);
  return capability === undefined ? [] : [{ action, capability, asked: action.name.toLowerCase() }];
}

/**
 * The actions that count for a capability and that a statement speaks about.
 * @param among names of the only actions that are of interest
 */
export function notableIn({ actions }: StatementTest, among?: ReadonlySet<string>): readonly Notable[] {
  const speaksAbout = ({ asked }: Notable): boolean => actions.matches(asked) !== 'no';
  if (among) return [...among].flatMap(notableNamed).filter(speaksAbout);
  const { kind, patterns } = actions;
  if (kind === 'only' && patterns.every(({ literal }) => literal !== undefined))
    return patterns.flatMap(({ literal = '' }) => notableNamed(literal));
  const prefixes = kind === 'only' ? patterns.map(({ prefix }) => serviceOf(prefix)) : [undefined];
  const concerned = prefixes.includes(undefined) ? services() : new Set(prefixes.filter((name) => name !== undefined));
  return [...concerned].flatMap((service) => notableOf(service).filter(speaksAbout));
}

function notableNamed(name: string): readonly Notable[] {
  const action = catalogueAction(name);
  return action ? notable(action) : [];
}

/** The service that a pattern begins with; undefined when it may speak about several. */
function serviceOf(prefix: string): string | undefined {
  const colon = prefix.indexOf(':');
  return colon === -1 ? undefined : prefix.slice(0, colon);
}
