import type { NeutralProof, Review } from '../finding/review.ts';
import { UserError } from '../text/user-error.ts';
import type { Report } from './read.ts';

const segmentsOf = (path: string): string[] => path.split(/[/\\]/).filter((segment) => segment !== '.');

/** How many of the first segments all lists share. */
function shared(lists: readonly (readonly string[])[]): number {
  const [first = []] = lists;
  const differs = first.findIndex((segment, index) => lists.some((list) => list[index] !== segment));
  return differs === -1 ? first.length : differs;
}

/**
 * What tells reports apart: their paths without what all have in common, `planwarden-dns` of
 * `reports/planwarden-dns/report.json`.
 */
function labelsOf(paths: readonly string[]): string[] {
  const lists = paths.map(segmentsOf);
  const start = shared(lists);
  const end = shared(lists.map((list) => list.slice(start).toReversed()));
  return lists.map((list) => list.slice(start, list.length - end).join('/'));
}

/** Notes about a plan begin with its path. */
const renameNote = (note: string, names: ReadonlyMap<string, string>): string => {
  for (const [path, name] of names) if (note.startsWith(`${path}: `)) return `${name}${note.slice(path.length)}`;
  return note;
};

const renameProof = ({ changes, obstacles }: NeutralProof, names: ReadonlyMap<string, string>): NeutralProof => ({
  changes: changes.map((one) => ({ ...one, plan: names.get(one.plan) ?? one.plan })),
  obstacles: obstacles.map((one) => ({ ...one, plan: names.get(one.plan) ?? one.plan })),
});

const rename = (review: Review, names: ReadonlyMap<string, string>): Review => ({
  ...review,
  plans: review.plans.map((plan) => ({ ...plan, path: names.get(plan.path) ?? plan.path })),
  findings: review.findings.map((finding) => ({ ...finding, plan: names.get(finding.plan) ?? finding.plan })),
  ...(review.neutralProof && { neutralProof: renameProof(review.neutralProof, names) }),
  notes: review.notes.map((note) => renameNote(note, names)),
});

/**
 * The reviews, in which every plan has a name of its own. Jobs of a matrix often call their plans alike (`plan.json`); such
 * a plan is then called by its report as well (`planwarden-dns/plan.json`), so that none hides or replaces another.
 * @throws UserError when even that leaves two plans with one name
 */
export function withOwnNames(reports: readonly Report[]): Review[] {
  const paths = reports.flatMap(({ review }) => review.plans.map(({ path }) => path));
  const clashing = new Set(paths.filter((path, index) => paths.indexOf(path) !== index));
  const labels = labelsOf(reports.map(({ path }) => path));
  const named = reports.map(({ review }, index) => {
    const own = review.plans.filter(({ path }) => clashing.has(path));
    return rename(review, new Map(own.map(({ path }) => [path, `${labels[index] ?? ''}/${path}`])));
  });
  const names = named.flatMap(({ plans }) => plans.map(({ path }) => path));
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double === undefined) return named;
  throw new UserError(`Two reports are about a plan named ${double}: give the plans names of their own.`);
}
