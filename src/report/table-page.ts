import type { Review } from '../finding/review.ts';
import { escapeTerminal, visibleProse } from '../text/escape.ts';
import { textWidth, wrap } from '../text/wrap.ts';
import { painter, type Paint, type Style } from './paint.ts';

export interface TableOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** True when the terminal shows colours; whoever calls has looked at NO_COLOR and FORCE_COLOR. */
  readonly color: boolean;
}

/** Wider lines than this are hard to read, and narrower columns hold no word. */
const WIDEST = 120;
const NARROWEST = 30;

/** A finding is read at a glance; what is longer loses its middle. The report JSON has it whole. */
const LONGEST_VALUE = 400;

/** A value of the plan or a path, on one line. */
export const value = (text: string): string => escapeTerminal(text.trim(), LONGEST_VALUE);
/** A sentence, on one line. */
export const prose = (text: string): string => escapeTerminal(visibleProse(text));

const GUTTER = 10;
const NARROW_GUTTER = 2;

/** What a part of the table needs to lay itself out. */
export interface Page {
  readonly paint: Paint;
  readonly width: number;
  readonly gutter: number;
  readonly manyPlans: boolean;
}

/** The page for a terminal: never wider than can be read, never narrower than a word. */
export function toPage(review: Review, { width, color }: TableOptions): Page {
  // The last column stays free for the backslash that takes a workflow command its force.
  const columns = Math.min(WIDEST, Math.max(NARROWEST, width)) - 1;
  const gutter = columns < 50 ? NARROW_GUTTER : GUTTER;
  return { paint: painter(color), width: columns, gutter, manyPlans: review.plans.length > 1 };
}

/** Wrapped text behind a margin; what stands in the margin is `label`, on its own line when it does not fit. */
export function row(
  { paint, width }: Page,
  margin: number,
  label: string,
  text: string,
  labelStyles: readonly Style[],
  ...styles: Style[]
): string[] {
  const lines = wrap(text, width - margin);
  const fits = textWidth(label) < margin;
  return [
    ...(fits ? [] : [paint(label, ...labelStyles)]),
    ...lines.map((line, index) => {
      const lead = index === 0 && fits ? label : '';
      return paint(lead, ...labelStyles) + ' '.repeat(margin - textWidth(lead)) + paint(line, ...styles);
    }),
  ];
}

/** Text beside an empty margin. */
export const body = (page: Page, text: string, ...styles: Style[]): string[] =>
  row(page, page.gutter, '', text, [], ...styles);

/** A short word in front of a text: `why`, `fix`. */
export function labelled(page: Page, label: string, text: string, ...styles: Style[]): string[] {
  const margin = page.gutter + 5;
  return row(page, margin, ' '.repeat(page.gutter) + label, text, ['dim'], ...styles);
}
