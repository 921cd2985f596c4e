import type { Finding, Waiver } from './finding.ts';
import type { Mode } from './review.ts';
import { type Acceptance, isVoid } from './waivers.ts';

/** A glob that accepts more than this at once accepts what nobody looked at. */
const MANY = 10;

/** More sentences than these would hide the review. */
const MOST_NOTES = 10;

/** A waiver with the findings of one review that it is about. */
interface Use {
  readonly waiver: Waiver;
  readonly accepted: readonly Finding[];
  /** Findings that count and that nothing accepts. */
  readonly open: readonly Finding[];
  readonly resolved: readonly Finding[];
}

function useOf({ waiver, isAbout }: Acceptance, findings: readonly Finding[], mode: Mode): Use {
  const about = findings.filter(isAbout);
  const counts = ({ status }: Finding): boolean =>
    status === 'introduced' || status === 'undetermined' || (status === 'persisting' && mode === 'audit');
  return {
    waiver,
    accepted: about.filter(({ waived }) => waived === waiver),
    open: about.filter((finding) => finding.waived === null && counts(finding)),
    resolved: about.filter(({ status }) => status === 'resolved'),
  };
}

const subject = ({ policy, address, comment }: Waiver): string =>
  `${policy} for ${address}${comment === undefined ? '' : ` at ${comment.path}:${comment.startLine}`}`;

const named = (waiver: Waiver): string => `The waiver of ${subject(waiver)} (${waiver.owner})`;

/** No letter and no digit: it says nothing. */
const isAnything = (pattern: string): boolean => !/[a-z\d]/i.test(pattern);

const isGlob = (pattern: string): boolean => /[*?{]/.test(pattern);

/** Why a waiver may accept what nobody meant, or undefined when it does not. */
function broadness({ waiver, accepted }: Use): string | undefined {
  const { policy, address, comment } = waiver;
  if (isAnything(policy) && isAnything(address))
    return `${named(waiver)} accepts every finding there will ever be: name policies and addresses.`;
  const critical = accepted.filter(({ severity }) => severity === 'critical').length;
  const many = (isGlob(policy) || isGlob(address) || comment !== undefined) && accepted.length > MANY;
  if (!many && !(isGlob(policy) && critical > 0)) return undefined;
  const findings = accepted.length === 1 ? '1 finding' : `${accepted.length} findings`;
  const gravest = critical === 0 ? '' : `, ${critical} of them critical`;
  return `${named(waiver)} is broad: it accepts ${findings}${gravest}. Name policies and addresses, so that it accepts nothing by accident.`;
}

function noteOf(use: Use, today: string, mode: Mode): string | undefined {
  const { waiver, accepted, open, resolved } = use;
  if (waiver.expires < today)
    return open.length > 0 || mode === 'audit'
      ? `${named(waiver)} expired on ${waiver.expires} and no longer holds.`
      : undefined;
  const changed = open.find((finding) => isVoid(waiver, finding));
  if (changed)
    return `${named(waiver)} is void: it accepts the grant ${waiver.grant ?? ''}, and what the plan grants now is another (${changed.grant}). Look at it again, and renew the waiver only if that is acceptable too.`;
  if (accepted.length === 0 && resolved.length > 0)
    return `${named(waiver)} is no longer needed: this plan resolves what it accepts.`;
  return broadness(use);
}

/** Waivers of what an audit does not find; another plan may still need them. */
function unusedNote(uses: readonly Use[], today: string): string[] {
  const unused = uses.filter(
    ({ waiver, accepted, open, resolved }) =>
      waiver.expires >= today && accepted.length + open.length + resolved.length === 0,
  );
  if (unused.length === 0) return [];
  const names = unused.slice(0, MOST_NOTES).map(({ waiver }) => subject(waiver));
  const more = unused.length > MOST_NOTES ? ` and ${unused.length - MOST_NOTES} more` : '';
  return [
    `Waivers that accept nothing in this audit: ${names.join(', ')}${more}. Remove those that no other plan needs.`,
  ];
}

/**
 * What a reader must know of the waivers: those that are over, void, too broad or no longer needed. A review is silent
 * about waivers of other things; an audit, which sees everything, names those that are unused or over as well.
 * @param findings with the waivers that accept them
 * @param today ISO date
 */
export function waiverNotes(
  findings: readonly Finding[],
  acceptances: readonly Acceptance[],
  today: string,
  mode: Mode,
): string[] {
  const uses = acceptances.map((acceptance) => useOf(acceptance, findings, mode));
  const notes = uses.map((use) => noteOf(use, today, mode)).filter((note) => note !== undefined);
  const more = notes.length - MOST_NOTES;
  return [
    ...notes.slice(0, MOST_NOTES),
    ...(more > 0 ? [`${more} more waivers need a look: \`planwarden config check\` tells those that are over.`] : []),
    ...(mode === 'audit' ? unusedNote(uses, today) : []),
  ];
}
