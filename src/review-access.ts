import type { Access, Cause, Finding, Location, Status } from './finding/finding.ts';
import type { FindAwsSimulator } from './iam/confirm.ts';
import type { Judgement } from './policy/engine.ts';
import type { Source } from './source/source.ts';
import type { AccessProof, SubjectKind } from './subjects/subject.ts';
import type { Worlds } from './world/world.ts';

/** A finding with what proves the access that it tells of. */
export interface Proven {
  readonly finding: Finding;
  readonly proofs: readonly AccessProof[];
}

/** What access a status is about: who gains it is news, who loses it is what got better. */
const EFFECT: Readonly<Record<Status, Access['effect'] | null>> = {
  introduced: 'gains',
  undetermined: 'gains',
  resolved: 'loses',
  persisting: null,
};

/** The access that the thing of a judgement gains or loses by the plan; none for kinds that know no access. */
export function proofsOf(
  { policy, status, subject }: Judgement,
  kinds: readonly SubjectKind[],
  worlds: Worlds,
): readonly AccessProof[] {
  const effect = EFFECT[status];
  const kind = kinds.find(({ name }) => policy.subject.includes(name));
  return effect === null
    ? []
    : (kind?.access?.(worlds, subject.merge ?? subject.id) ?? []).filter(({ access }) => access.effect === effect);
}

const MOST_CAUSES = 4;

/** Addresses whose places are told. */
export const addressesOf = (proofs: readonly AccessProof[]): readonly string[] =>
  proofs.flatMap(({ causes }) => causes.slice(0, MOST_CAUSES).map(({ address }) => address));

/** Rows of access, each with the place of its statement when the source is known. */
export const accessOf = (proofs: readonly AccessProof[], source: Source | undefined): readonly Access[] =>
  proofs.map(({ access, causes }) => ({ ...access, location: source ? firstPlace(causes, source) : null }));

function firstPlace(causes: readonly Cause[], source: Source): Location | null {
  for (const cause of causes.slice(0, MOST_CAUSES)) {
    const location = source.locate(cause);
    if (location) return location;
  }
  return null;
}

/**
 * Has policy simulators confirm what is gained.
 * @returns the findings with their verdicts, and why AWS did not answer some questions
 */
export async function simulated(
  all: readonly Proven[],
  findAws: FindAwsSimulator | null,
): Promise<{ readonly findings: readonly Finding[]; readonly unanswered: readonly string[] }> {
  const gains = all.flatMap(({ proofs }) => proofs.filter(({ access }) => access.effect === 'gains'));
  if (findAws === null || gains.length === 0) return { findings: all.map(({ finding }) => finding), unanswered: [] };
  const { confirm } = await import('./iam/confirm.ts');
  const { verdicts, unanswered } = await confirm(
    gains.map(({ simulation }) => simulation),
    findAws,
  );
  const verdictOf = new Map(gains.map((proof, index) => [proof, verdicts[index] ?? null]));
  return {
    findings: all.map(({ finding, proofs }) => ({
      ...finding,
      access: finding.access.map((access, index) => {
        const proof = proofs[index];
        return { ...access, simulated: (proof && verdictOf.get(proof)) ?? null };
      }),
    })),
    unanswered,
  };
}
