import type { NotEvaluated, Review } from '../finding/review.ts';
import { checklistSummaries } from './checklists.ts';
import type { Part } from './fit.ts';
import {
  addressCode,
  andMore,
  type Context,
  folded,
  inPlan,
  MOST_ROWS,
  placeLink,
  sentence,
  SEVERITY_WORDS,
} from './markdown-text.ts';
import { bySeverityCounts, consequence, count, groupBy, type Cluster } from './model.ts';
import { acceptedBy } from './waiver-lines.ts';

function whereOf([finding, ...others]: Cluster, context: Context): string {
  const at = placeLink(finding, context);
  return `${addressCode(finding.address)}${andMore(others.length)}${at === null ? '' : ` at ${at}`}${inPlan(finding, context)}`;
}

function bullet(findings: Cluster, context: Context, end = ''): string {
  const [finding] = findings;
  return `- ${SEVERITY_WORDS[finding.severity]}: ${sentence(consequence(finding))} · ${whereOf(findings, context)}${end}`;
}

/** The sentence is about how it was, so it must not read as if it still were. */
function resolvedBullet(findings: Cluster, context: Context): string {
  const [finding] = findings;
  return `- No longer: ${sentence(consequence(finding))} · was ${finding.severity} · ${whereOf(findings, context)}`;
}

export const bullets = (lines: readonly string[]): string =>
  [...lines.slice(0, MOST_ROWS), ...(lines.length > MOST_ROWS ? [`- and ${lines.length - MOST_ROWS} more`] : [])].join(
    '\n',
  );

/** Each section is there once in full, or not at all: its number stands at the top of the text in any case. */
export const section = (items: readonly unknown[], text: () => string): Part[] =>
  items.length === 0 ? [] : [[text()]];

export const undeterminedSection = (clusters: readonly Cluster[], context: Context): Part[] =>
  section(
    clusters,
    () => `**Not known before apply**\n\n${bullets(clusters.map((findings) => bullet(findings, context)))}`,
  );

export const resolvedSection = (clusters: readonly Cluster[], context: Context): Part[] =>
  section(
    clusters,
    () => `**Resolved, with thanks**\n\n${bullets(clusters.map((findings) => resolvedBullet(findings, context)))}`,
  );

export const persistingSection = (clusters: readonly Cluster[], context: Context): Part[] =>
  section(clusters, () => {
    const all = clusters.flat();
    const were = all.length === 1 ? 'was' : 'were';
    const summary = `${count(all.length, 'finding')} ${were} there before this plan: ${bySeverityCounts(all)}`;
    return folded(summary, [bullets(clusters.map((findings) => bullet(findings, context)))]);
  });

function acceptance([{ waived }]: Cluster): string {
  if (waived === null) return '';
  return ` · ${sentence(waived.reason)} (${sentence(acceptedBy(waived))})`;
}

export const acceptedSection = (clusters: readonly Cluster[], context: Context): Part[] =>
  section(clusters, () => {
    const lines = clusters.map((findings) => bullet(findings, context, acceptance(findings)));
    return folded(count(clusters.flat().length, 'accepted finding'), [bullets(lines)]);
  });

export const notEvaluatedSection = (items: readonly NotEvaluated[]): Part[] =>
  section(items, () => {
    const groups = groupBy(items, ({ resourceType, reason }) => JSON.stringify([resourceType, reason]));
    const lines = groups.map((same) => {
      const [{ address, resourceType, reason }] = same;
      const what = same.length === 1 ? addressCode(address) : `${addressCode(resourceType)} (${same.length})`;
      return `- ${what}: ${sentence(reason)}`;
    });
    return folded(`${count(items.length, 'change')} not evaluated`, [bullets(lines)]);
  });

/** Each checklist folded: its counts, and the lines that are broken with the policies that say so. */
export const checklistsSection = (checklists: Review['checklists']): Part[] =>
  section(checklistSummaries(checklists), () =>
    folded(
      'Checklists',
      checklistSummaries(checklists).map(({ title, counts, broken }) =>
        [
          `**${sentence(title)}**: ${sentence(counts)}`,
          ...(broken.length === 0
            ? []
            : [
                '',
                bullets(
                  broken.map(
                    ({ id, text, policies }) => `- ${sentence(`${id} ${text}`)}: ${sentence(policies.join(', '))}`,
                  ),
                ),
              ]),
        ].join('\n'),
      ),
    ),
  );

/** Why a bot may approve the plan; or, where nothing else is told, the first reasons why it may not. */
export function neutralSection({ neutral, neutralProof, findings }: Review): Part[] {
  const { changes, obstacles } = neutralProof ?? { changes: [], obstacles: [] };
  if (neutral)
    return section(changes, () => {
      const lines = changes.map(
        ({ address, attributes }) =>
          `- ${addressCode(address)}: ${attributes.map(({ attribute, because }) => sentence(`${attribute} (${because})`)).join(', ')}`,
      );
      return folded(
        `Proof that ${count(changes.length, 'change')} ${changes.length === 1 ? 'means' : 'mean'} nothing for security`,
        [bullets(lines)],
      );
    });
  return section(findings.length === 0 ? obstacles : [], () => {
    const lines = obstacles.map(
      ({ address, attribute, because }) =>
        `- ${address === null ? '' : `${addressCode(address)}: `}${sentence(attribute === null ? because : `${attribute}: ${because}`)}`,
    );
    return folded('Not proven to be neutral', [bullets(lines)]);
  });
}

export const noteLines = (notes: readonly string[]): string[] =>
  notes.length === 0 ? [] : [bullets(notes.map((note) => `- ${sentence(note)}`))];
