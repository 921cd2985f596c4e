import type { Finding } from '../src/finding/finding.ts';
import { toAnnotations } from '../src/report/annotations.ts';
import { FORMATS } from '../src/report/index.ts';
import { toLineComments } from '../src/report/line-comments.ts';
import { renderComment } from '../src/report/markdown.ts';
import { run } from '../src/run.ts';
import { median, row } from './table.ts';

const FINDINGS = 2_000;
const LONGEST_COMMENT = 65_536 - 200;
const STORY = '__fixtures__/admin-policy-inline/plan.json';

const numbered = (finding: Finding, index: number): Finding => ({
  ...finding,
  address: `${finding.address}_${index}`,
  fingerprint: index.toString(16).padStart(20, '0'),
});

/** Every way in which a review of 2,000 findings leaves planwarden, one after the other. */
export async function allFormats(): Promise<void> {
  const made = await run({ plans: [STORY], config: null, mode: 'review', simulator: 'off', cwd: process.cwd() });
  const findings = Array.from({ length: FINDINGS }, (_, index) => made.findings[index % made.findings.length])
    .filter((finding) => finding !== undefined)
    .map(numbered);
  const review = { ...made, findings };
  const renderers = await Promise.all(Object.values(FORMATS).map((load) => load()));
  const once = (): number => {
    const start = performance.now();
    for (const render of renderers) render(review, { width: 120, color: false });
    renderComment(review, { maxLength: LONGEST_COMMENT });
    toAnnotations(review);
    for (const { text } of toLineComments(review)) text(true);
    return performance.now() - start;
  };
  const comment = renderComment(review, { maxLength: LONGEST_COMMENT });
  row('all formats of 2,000 findings', `${once().toFixed(0)} ms`, '< 1,000 ms');
  row('the same again, median of 5', `${median([once(), once(), once(), once(), once()]).toFixed(0)} ms`, '< 1,000 ms');
  row('comment of 2,000 findings', `${comment.length} characters`, '≤ 65,536');
}
