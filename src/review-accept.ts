import { groupBy } from './aws/group-by.ts';
import { type Accepting, type AcceptRules, parseAcceptComment } from './finding/accept-comment.ts';
import type { Finding, Location } from './finding/finding.ts';
import type { Acceptable, Acceptance } from './finding/waivers.ts';
import type { Remark, RemarkPlace } from './source/remarks.ts';
import type { ModuleRemark, Source } from './source/source.ts';
import { parseTarget } from './source/target.ts';
import { UserError } from './text/user-error.ts';

/**
 * Reads a file as the branch has it that decides the review, undefined when it has none.
 * @throws UserError when that cannot be read
 */
export type ReadDeciding = (path: string) => Promise<string | undefined>;

/** What comments in the code accept of one plan. */
export interface Comments {
  readonly acceptances: readonly Acceptance[];
  /** What a reader must know of comments that accept nothing. */
  readonly notes: readonly string[];
}

/** A comment that can be understood and stands at something. */
interface Read {
  readonly remark: ModuleRemark;
  readonly acceptance: Acceptance;
}

/** More files than these are not asked for: each is a request. */
const MOST_FILES = 50;

/** More sentences than these would hide the review. */
const MOST_NOTES = 10;

const at = ({ path, startLine }: Location): string => `${path}:${startLine}`;

const isIn = (inner: Location | null, outer: Location): boolean =>
  inner !== null && inner.path === outer.path && inner.startLine >= outer.startLine && inner.endLine <= outer.endLine;

const startsWith = (path: readonly string[], beginning: readonly string[]): boolean =>
  beginning.every((name, index) => path[index] === name);

/** True when an address is an instance of the block, or below it when it calls a module. */
function isOf(
  { type, labels }: RemarkPlace['block'],
  modulePaths: ModuleRemark['modulePaths'],
  address: string,
): boolean {
  const target = parseTarget(address);
  if (!target) return false;
  const path = target.type === 'module' ? [...target.modulePath, ...target.labels] : target.modulePath;
  if (type === 'module') return modulePaths.some((caller) => startsWith(path, [...caller, ...labels]));
  return (
    target.type === type &&
    target.labels.join('.') === labels.join('.') &&
    modulePaths.some((own) => own.length === path.length && startsWith(path, own))
  );
}

/** A block is meant with all its instances and whatever has its cause in it; a part of a block only by its lines. */
const isAt = ({ location, address }: Acceptable, place: RemarkPlace, { modulePaths }: ModuleRemark): boolean =>
  isIn(location, place.location) || (place.names.length === 0 && isOf(place.block, modulePaths, address));

const addressOf = ({ block: { type, labels }, names }: RemarkPlace): string =>
  [...(type === 'resource' ? [] : [type]), ...labels, ...names].join('.');

function toAcceptance(accepting: Accepting, place: RemarkPlace, remark: ModuleRemark, plan: string): Acceptance {
  return {
    waiver: { ...accepting, address: addressOf(place), comment: remark.location },
    isAbout: (finding) => finding.policy === accepting.policy && finding.plan === plan && isAt(finding, place, remark),
  };
}

function read(remark: ModuleRemark, rules: AcceptRules, plan: string): Read | string {
  const parsed = parseAcceptComment(remark.text, rules);
  if (parsed.kind === 'broken') return `The comment at ${at(remark.location)} accepts nothing: ${parsed.because}.`;
  return remark.place === null
    ? `The comment at ${at(remark.location)} accepts nothing: put it directly above what it is about, or at the end of its line.`
    : { remark, acceptance: toAcceptance(parsed.accepting, remark.place, remark, plan) };
}

/** A comment at a part of a block, when what it could be meant for has its cause in another part. */
function missed({ remark, acceptance: { waiver, isAbout } }: Read, open: readonly Finding[]): string[] {
  const { place, location } = remark;
  if (place === null || place.names.length === 0 || open.some(isAbout)) return [];
  const around = { ...place, names: [], location: place.block.location };
  if (!open.some((finding) => finding.policy === waiver.policy && isAt(finding, around, remark))) return [];
  return [
    `The comment at ${at(location)} accepts nothing: the cause is elsewhere in the block. Above the block it accepts all of it.`,
  ];
}

/** The same words at the same block: lines and other files may have moved. */
const identityOf = ({ text, place }: Remark): string =>
  JSON.stringify([text, place && [place.block.type, place.block.labels, place.names]]);

/** Removes one of the equal texts; false when there is none. */
function take(texts: string[], text: string): boolean {
  const index = texts.indexOf(text);
  if (index >= 0) texts.splice(index, 1);
  return index >= 0;
}

/** The remarks of one file that stand in the deciding branch as well, and a note for each of the others. */
async function standing(
  path: string,
  reads: readonly Read[],
  source: Source,
  decides: ReadDeciding,
): Promise<Comments> {
  try {
    const text = await decides(path);
    const there = text === undefined ? [] : (await source.remarksIn({ path, text })).map(identityOf);
    const counts = reads.map(({ remark }) => take(there, identityOf(remark)));
    return {
      acceptances: reads.filter((_, index) => counts[index]).map(({ acceptance }) => acceptance),
      notes: reads
        .filter((_, index) => !counts[index])
        .map(
          ({ remark }) =>
            `The comment at ${at(remark.location)} is new or changed, so it accepts nothing before it is merged.`,
        ),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { acceptances: [], notes: [`The comments in ${path} that accept findings do not count: ${error.message}`] };
  }
}

/** Only comments that would accept something are worth a request. */
async function standingOnly(all: readonly Read[], open: readonly Finding[], source: Source, decides: ReadDeciding) {
  const useful = all.filter(({ acceptance }) => open.some(acceptance.isAbout));
  const files = groupBy(useful, ({ remark }) => remark.location.path);
  const answers: Comments[] = [];
  for (const [path, reads] of [...files].slice(0, MOST_FILES))
    answers.push(await standing(path, reads, source, decides));
  const left = files.size - MOST_FILES;
  return {
    acceptances: answers.flatMap(({ acceptances }) => acceptances),
    notes: [
      ...answers.flatMap(({ notes }) => notes),
      ...(left > 0 ? [`The comments in ${left} more files that accept findings do not count: they are too many.`] : []),
    ],
  };
}

const few = (notes: readonly string[]): string[] => [
  ...notes.slice(0, MOST_NOTES),
  ...(notes.length > MOST_NOTES ? [`${notes.length - MOST_NOTES} more comments accept nothing.`] : []),
];

/**
 * What the comments of the loaded modules accept.
 * @param decides left out, the source itself is trusted: it is the branch that decides
 */
export async function acceptancesOf(
  findings: readonly Finding[],
  source: Source,
  plan: string,
  rules: AcceptRules,
  decides: ReadDeciding | undefined,
): Promise<Comments> {
  const reads = (await source.remarks()).map((remark) => read(remark, rules, plan));
  const all = reads.filter((one) => typeof one !== 'string');
  const open = findings.filter(({ status }) => status !== 'resolved');
  const useless = [...reads.filter((one) => typeof one === 'string'), ...all.flatMap((one) => missed(one, open))];
  if (decides === undefined) return { acceptances: all.map(({ acceptance }) => acceptance), notes: few(useless) };
  const { acceptances, notes } = await standingOnly(all, open, source, decides);
  return { acceptances, notes: few([...useless, ...notes]) };
}
