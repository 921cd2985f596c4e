import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/plan/value.ts';
import { documentOf, verdict } from './policies.ts';

/**
 * AWS's own samples of CheckNoNewAccess: PASS means that the new policy allows nothing that the existing one does not. They
 * are third-party material that this repository has no copy of.
 */
const ROOT = join(import.meta.dirname, '../..');
const FILE = ['../shared', '../../shared']
  .map((shared) => join(ROOT, shared, 'data/iam/vectors-checknonewaccess.json'))
  .find((path) => existsSync(path));

interface Vector {
  readonly id: string;
  readonly title: string;
  readonly existing: Value;
  readonly new: Value;
  readonly expect: 'PASS' | 'FAIL';
  /** Why the sample cannot be meant as it is written. */
  readonly suspect?: string;
}

const vectors: readonly Vector[] = FILE === undefined ? [] : JSON.parse(readFileSync(FILE, 'utf8')).vectors;

const disagrees = ({ existing, new: candidate, expect: expected }: Vector): boolean =>
  verdict(documentOf(existing), documentOf(candidate)) !== (expected === 'FAIL' ? 'gained' : 'nothing');

describe('samples of CheckNoNewAccess', () => {
  it('are looked for beside the repository', ({ skip }) => {
    skip(FILE === undefined, 'no ../shared/data/iam/vectors-checknonewaccess.json: AWS’s samples are not compared');
    expect(vectors.filter(({ suspect }) => suspect === undefined)).toHaveLength(206);
  });

  it.runIf(FILE !== undefined)('agree, all but the one that is mistyped', () => {
    expect(vectors.filter((vector) => vector.suspect === undefined && disagrees(vector)).map(({ id }) => id)).toEqual(
      [],
    );
    expect(vectors.filter(({ suspect }) => suspect !== undefined).map(({ id, suspect }) => [id, suspect])).toEqual([
      [
        'identity-policies/check-access-to-sensitive-resource/ec2-network-acl#3',
        expect.stringMatching(/^candidate names .* title says the sensitive ACL/),
      ],
    ]);
  });

  it.runIf(FILE !== undefined)(
    'cannot be meant where one is mistyped: it allows what the existing policy allows',
    () => {
      const suspects = vectors.filter(({ suspect }) => suspect !== undefined);
      expect(
        suspects.map((vector) => [vector.expect, verdict(documentOf(vector.existing), documentOf(vector.new))]),
      ).toEqual([['FAIL', 'nothing']]);
    },
  );
});
