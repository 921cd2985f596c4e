import type { ChecklistLine, ChecklistResult } from '../finding/review.ts';
import type { Policy } from './policy.ts';

/** One line of the checklists that planwarden covers. */
export interface ChecklistItem {
  readonly id: string;
  readonly section: string;
  readonly text: string;
  /** `partly` and `not-in-plan` say in `note` what a plan cannot show. */
  readonly coverage: 'policy' | 'partly' | 'not-in-plan';
  readonly note: string;
}

/** A line with the policies that look at it. */
export interface CoveredItem {
  readonly item: ChecklistItem;
  readonly policies: readonly string[];
}

/** A list that somebody may have in hand. */
export interface Checklist {
  readonly id: string;
  readonly title: string;
}

/** The five checklists that planwarden was asked for with: the ids of their lines begin with the id of the list. */
export const CHECKLISTS: readonly Checklist[] = [
  { id: 's0', title: 'AWS Security Checklist' },
  { id: 's1', title: 'AWS security roadmap, from easy to hard' },
  { id: 's2', title: 'AWS security best practices by service' },
  { id: 's3', title: 'Cloud security design review' },
  { id: 's4', title: 'AWS security guide: IAM, network, data, logging, response' },
];

/** Public benchmarks, known by the references of the policies; their texts are not repeated here. */
export const BENCHMARKS: readonly (Checklist & { readonly reference: RegExp })[] = [
  { id: 'cis', title: 'CIS AWS Foundations Benchmark', reference: /^CIS AWS (?<version>\S+) (?<control>\S+)$/ },
  { id: 'fsbp', title: 'AWS Foundational Security Best Practices', reference: /^FSBP (?<control>\S+)$/ },
];

/** A list with its lines. */
export interface Coverage {
  readonly checklist: Checklist;
  readonly lines: readonly CoveredItem[];
}

/** Which policies look at each checklist line, by the `seeds` of the policies. */
export function coverage(items: readonly ChecklistItem[], policies: readonly Policy[]): CoveredItem[] {
  const found = new Map<string, string[]>();
  for (const policy of policies)
    for (const seed of policy.seeds) found.set(seed, [...(found.get(seed) ?? []), policy.id]);
  return items.map((item) => ({ item, policies: (found.get(item.id) ?? []).toSorted() }));
}

/** Numbers in ids count as numbers: 2.9 before 2.10. */
const inOrder = (left: string, right: string): number => left.localeCompare(right, 'en', { numeric: true });

/** The controls of a benchmark that policies refer to. */
function benchmarkLines(reference: RegExp, policies: readonly Policy[]): CoveredItem[] {
  const found = new Map<string, { section: string; policies: string[] }>();
  for (const { id, references } of policies)
    for (const text of references) {
      const { control, version = '' } = reference.exec(text)?.groups ?? {};
      if (control === undefined) continue;
      const line = found.get(control) ?? { section: version, policies: [] };
      if (!line.policies.includes(id)) line.policies.push(id);
      found.set(control, line);
    }
  return [...found]
    .toSorted(([left], [right]) => inOrder(left, right))
    .map(([id, line]) => ({
      item: { id, section: line.section, text: '', coverage: 'policy', note: '' },
      policies: line.policies.toSorted(),
    }));
}

/** Every list, or the one with an id, with the policies that look at each of its lines. */
export function coverages(items: readonly ChecklistItem[], policies: readonly Policy[], only?: string): Coverage[] {
  const covered = coverage(items, policies);
  const lists = CHECKLISTS.map((checklist): Coverage => ({
    checklist,
    lines: covered.filter(({ item }) => item.id.startsWith(`${checklist.id}-`)),
  }));
  const benchmarks = BENCHMARKS.map(({ id, title, reference }): Coverage => ({
    checklist: { id, title },
    lines: benchmarkLines(reference, policies),
  }));
  return [...lists, ...benchmarks].filter(({ checklist }) => only === undefined || checklist.id === only);
}

/**
 * What an audit says of the checklists.
 * @param broken policies with a finding that stands after the plan
 * @param looked policies that had something to judge
 */
export const checklistResults = (
  items: readonly ChecklistItem[],
  policies: readonly Policy[],
  broken: ReadonlySet<string>,
  looked: ReadonlySet<string>,
): ChecklistResult[] =>
  CHECKLISTS.map(({ id, title }) => ({
    id,
    title,
    lines: coverage(
      items.filter((item) => item.id.startsWith(`${id}-`)),
      policies,
    ).map((line) => resultOf(line, broken, looked)),
  }));

function resultOf(
  { item: { id, text, coverage: shown }, policies }: CoveredItem,
  broken: ReadonlySet<string>,
  looked: ReadonlySet<string>,
): ChecklistLine {
  const against = policies.filter((policy) => broken.has(policy));
  if (against.length > 0) return { id, text, state: 'broken', policies: against };
  if (policies.some((policy) => looked.has(policy))) return { id, text, state: 'met', policies };
  return { id, text, state: shown === 'not-in-plan' ? 'not-in-plan' : 'no-evidence', policies };
}

/** What stands beside a line: its policies, or why there is none. */
export function explainCoverage({ item, policies }: CoveredItem): string {
  const named = policies.join(', ');
  if (item.coverage === 'not-in-plan') return named || `not visible in a plan: ${item.note}`;
  if (named === '') return 'no policy yet';
  return item.coverage === 'partly' ? `${named} (${item.note})` : named;
}

/** How many lines there are of each sort, as a sentence. */
export function summary(lines: readonly CoveredItem[]): string {
  const covered = lines.filter(({ policies }) => policies.length > 0).length;
  const invisible = lines.filter(
    ({ item, policies }) => policies.length === 0 && item.coverage === 'not-in-plan',
  ).length;
  const open = lines.length - covered - invisible;
  return [
    `${lines.length} lines: ${covered} covered`,
    ...(invisible > 0 ? [`${invisible} not visible in a plan`] : []),
    ...(open > 0 ? [`${open} without a policy yet`] : []),
  ].join(', ');
}
