import { visible } from '../text/escape.ts';

/** A sentence says two steps as well, and more than these are no picture for a glance. */
const FEWEST_STEPS = 3;
const MOST_STEPS = 6;
const LONGEST_LABEL = 60;

/**
 * Text of a node. Names are hostile, and what Mermaid reads (quotes, brackets, directives, Markdown, HTML) is made of
 * signs: so every character but letters, digits and spaces is spelt as an entity code (`#46;`), which Mermaid turns back
 * only after it has parsed the picture.
 */
export const mermaidLabel = (text: string): string =>
  visible(text, LONGEST_LABEL).replace(/[^A-Za-z0-9 ]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`);

/** A way from left to right as the text of a Mermaid flowchart; null when a sentence says as much. */
export function flowchart(steps: readonly string[]): string | null {
  if (steps.length < FEWEST_STEPS || steps.length > MOST_STEPS) return null;
  const nodes = steps.map((step, index) => `  n${index}["${mermaidLabel(step)}"]`);
  const arrows = steps.slice(1).map((_, index) => `  n${index} --> n${index + 1}`);
  return ['flowchart LR', ...nodes, ...arrows].join('\n');
}
