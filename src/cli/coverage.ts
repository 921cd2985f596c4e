import { builtinPolicies } from '../policy/builtin.ts';
import { CHECKLIST } from '../policy/checklist.ts';
import { type Coverage, coverages, explainCoverage, summary } from '../policy/coverage.ts';
import { indented, table } from './columns.ts';

/** How coverage is written. */
export const COVERAGE_FORMATS = ['table', 'markdown', 'json'] as const;
export type CoverageFormat = (typeof COVERAGE_FORMATS)[number];

type Writer = (lists: readonly Coverage[], width: number | undefined) => string;

const WRITERS: Readonly<Record<CoverageFormat, Writer>> = { table: asTable, markdown: asMarkdown, json: asJson };

/**
 * `planwarden policies coverage`: every line of the checklists with the policies that look at it, or why there is none.
 * @param only id of one list; all of them when it is undefined
 */
export const coverageText = (format: CoverageFormat, only: string | undefined, width: number | undefined): string =>
  WRITERS[format](coverages(CHECKLIST, builtinPolicies(), only), width);

function asTable(lists: readonly Coverage[], width: number | undefined): string {
  return lists.map((list) => listAsTable(list, width)).join('\n\n');
}

function listAsTable({ checklist, lines }: Coverage, width: number | undefined): string {
  const sections = [...new Set(lines.map(({ item }) => item.section))];
  const blocks = sections.map((section) => {
    const rows = lines
      .filter(({ item }) => item.section === section)
      .flatMap((line): (readonly [string, string])[] =>
        line.item.text === ''
          ? [[line.item.id, explainCoverage(line)]]
          : [
              [line.item.id, line.item.text],
              ['', `→ ${explainCoverage(line)}`],
            ],
      );
    return [...(section === '' ? [] : [section, '']), ...table(rows, width)].join('\n');
  });
  const title = indented(`${checklist.id} · ${checklist.title}`, 0, width).join('\n');
  return [title, ...blocks, indented(`${summary(lines)}.`, 0, width).join('\n')].join('\n\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function asMarkdown(lists: readonly Coverage[]): string {
  return lists
    .map(({ checklist, lines }) => {
      const rows = lines.map(
        (line) =>
          `| ${line.item.id} | ${cell(line.item.section)} | ${cell(line.item.text)} | ${cell(explainCoverage(line))} |`,
      );
      return [
        `## ${checklist.title}`,
        '',
        `${summary(lines)}.`,
        '',
        '| line | section | text | policies |',
        '| --- | --- | --- | --- |',
        ...rows,
      ].join('\n');
    })
    .join('\n\n');
}

function asJson(lists: readonly Coverage[]): string {
  return JSON.stringify(
    lists.map(({ checklist, lines }) => ({
      ...checklist,
      lines: lines.map(({ item: { note, ...item }, policies }) => ({ ...item, reason: note, policies })),
    })),
    null,
    2,
  );
}
