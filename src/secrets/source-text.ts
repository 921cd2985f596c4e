import { detectSecrets } from './detect.ts';
import type { Occurrence } from './find.ts';

/** Lines of a file that follow each other: a whole file, or what a pull request adds to one. */
export interface SourceText {
  /** From the root of the checkout, with forward slashes. */
  readonly path: string;
  /** Number of the first line, from 1. */
  readonly line: number;
  readonly text: string;
}

/** Known credential formats in files, each at its line. What merely sounds like a secret is judged where the plan uses it. */
export async function sourceSecrets(texts: readonly SourceText[]): Promise<Occurrence[]> {
  const detections = await detectSecrets(texts.map(({ text }, index) => ({ id: `${index}`, text })));
  return detections.flatMap(({ id, start, rule, title, confidence, digest }) => {
    const found = texts[Number(id)];
    if (!found) return [];
    const line = found.line + found.text.slice(0, start).split('\n').length - 1;
    const place = {
      address: found.path,
      resourceType: 'file',
      path: [`line ${line}`],
      context: 'source' as const,
      location: { path: found.path, startLine: line, endLine: line },
    };
    return [{ place, rule, title, confidence, digest, standing: false }];
  });
}
