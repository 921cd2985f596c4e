/**
 * Writes `__fixtures__/<story>/review.txt`, what the committed `dist` says about each story on an uncoloured terminal of
 * 100 columns. Run it after `npm run build`, and read the diff as a user would.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { REVIEW_ENVIRONMENT, reviewArguments, stories } from '../test/support/stories.ts';

const wanted = process.argv.slice(2);

for (const story of stories()) {
  if (wanted.length > 0 && !wanted.includes(story)) continue;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['dist/cli/index.js', ...reviewArguments(story)], {
    encoding: 'utf8',
    env: REVIEW_ENVIRONMENT,
  });
  if (status === 2) throw new Error(`${story}: ${stderr}`);
  writeFileSync(`__fixtures__/${story}/review.txt`, stdout);
  console.log(`${status === 0 ? 'pass' : 'fail'}  ${story}`);
}
