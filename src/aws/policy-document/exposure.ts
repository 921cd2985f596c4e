import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import { allowsOf, deniesOf } from './statements.ts';
import { pieces, scopeCovers, statementCovers } from './cover.ts';
import { isLimitingException, limitOf, LIMITS } from './limit.ts';
import type { Limit } from './limit.ts';
import { isAnyone } from './principal.ts';
import type { Document, Principals, Statement } from './statement.ts';

/** How far a resource policy opens one action on one resource to principals it does not name. */
export interface Exposure {
  readonly statement: Statement;
  /** `none` is public. */
  readonly limit: Limit | Unknown;
  /** True when a Deny of the same policy keeps out everyone but some (deny unless the VPC endpoint). */
  readonly limitedByDeny: boolean;
}

const EVERYONE: Principals = { kind: 'only', entries: [{ kind: 'everyone' }] };

/** Whether an Allow speaks to everyone, every service or every provider; Unknown when a principal is not known. */
export function opensToAnyone({ principals }: Statement): boolean | Unknown {
  if (principals.kind === 'holder') return false;
  if (principals.kind === 'except' || principals.entries.some(isAnyone)) return true;
  const unknown = principals.entries.find((entry) => entry.kind === 'unknown');
  return unknown?.kind === 'unknown' ? unknown.unknown : false;
}

/** What the document allows to principals it does not name, cut into one action on one resource each. */
export const openPieces = (document: Document): readonly Statement[] =>
  allowsOf(document)
    .filter((statement) => opensToAnyone(statement) !== false)
    .flatMap((statement) => pieces({ ...statement, principals: EVERYONE }));

/** All that the document opens, piece by piece, the widest first; of equal ones that which no Deny limits. */
export const exposuresOf = (document: Document): readonly Exposure[] =>
  openPieces(document)
    .map((piece) => exposureOf(document, piece))
    .filter((exposure) => exposure !== undefined)
    .toSorted((a, b) => width(a) - width(b) || Number(a.limitedByDeny) - Number(b.limitedByDeny));

/** The widest way in which the document opens a piece; undefined when it does not or denies it to everyone. */
export function exposureOf(document: Document, piece: Statement): Exposure | undefined {
  const denies = deniesOf(document).filter((deny) => scopeCovers(deny, piece) === 'yes');
  const exposures = allowsOf(document)
    .filter(
      (allow) => opensToAnyone(allow) !== false && scopeCovers({ ...allow, principals: EVERYONE }, piece) === 'yes',
    )
    .filter(
      (allow) => !denies.some((deny) => statementCovers(deny, { ...piece, conditions: allow.conditions }) === 'yes'),
    )
    .map((statement): Exposure => ({
      statement,
      limit: limitFor(statement),
      limitedByDeny: denies.some(isDenyUnless),
    }));
  return exposures.toSorted((a, b) => width(a) - width(b))[0];
}

function limitFor(statement: Statement): Limit | Unknown {
  const open = opensToAnyone(statement);
  return isUnknown(open) && limitOf(statement.conditions) === 'none' ? open : limitOf(statement.conditions);
}

/** Public first, then what is not known, then the rest from loose to tight. */
const width = ({ limit }: Exposure): number => (isUnknown(limit) ? 0.5 : LIMITS.indexOf(limit));

/** A Deny for everyone but those that a condition on who or from where excepts. */
export const isDenyUnless = ({ conditions }: Statement): boolean =>
  !isUnknown(conditions) && conditions.length > 0 && conditions.every(isLimitingException);
