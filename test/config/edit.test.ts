import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withWaiver } from '../../src/config/edit.ts';
import { parseConfig } from '../../src/config/parse.ts';

const WAIVER = {
  policy: 's3/bucket-public',
  address: 'aws_s3_bucket.site["a"]',
  reason: 'It is our web site: #1',
  owner: 'web team',
  expires: '2027-01-31',
  grant: '12345678',
};

const LINES = `  - policy: s3/bucket-public
    address: aws_s3_bucket.site["a"]
    reason: "It is our web site: #1"
    owner: web team
    expires: 2027-01-31
    grant: "12345678"
`;

const OLD = `  - policy: iam/x # ours
    address: aws_iam_role.r
    reason: because
    owner: us
    expires: 2027-01-01 # soon
`;

describe('a waiver is written', () => {
  test.each([
    ['into an empty file', '', `waivers:\n${LINES}`],
    ['behind comments', '# ours\n', `# ours\nwaivers:\n${LINES}`],
    ['at the end', "fail-on:   'low' # all\n\n# buckets\nlog-buckets: [a,b]", null],
    ['behind the others', `waivers:\n${OLD}`, `waivers:\n${OLD}${LINES}`],
    [
      'between other keys',
      `waivers:\n${OLD}\n# more\nfail-on: low\n`,
      `waivers:\n${OLD}${LINES}\n# more\nfail-on: low\n`,
    ],
    ['without a last line break', `waivers:\n${OLD}`.trimEnd(), `waivers:\n${OLD}${LINES}`],
    [
      'with the indentation that is there',
      `waivers:\n${OLD.replaceAll(/^ {2}/gm, '')}`,
      `waivers:\n${OLD.replaceAll(/^ {2}/gm, '')}${LINES.replaceAll(/^ {2}/gm, '')}`,
    ],
  ])('%s', (_, text, expected) => {
    expect(withWaiver(text, WAIVER)).toBe(expected ?? `${text}\nwaivers:\n${LINES}`);
  });

  test.each([
    'waivers: []',
    'waivers:',
    '{"fail-on": "low"}',
    '{}',
    '---\n',
    '---\nfail-on: low\n',
    'waivers:\n# none\n',
  ])('into %j', (text) => {
    const { waivers, failOn } = parseConfig(withWaiver(text, WAIVER), 'c.yaml');
    expect(waivers).toEqual([WAIVER]);
    expect(failOn).toBe(parseConfig(text, 'c.yaml').failOn);
  });

  test('so that any text comes out as it went in', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, (reason, address) => {
        const one = withWaiver('fail-on: low\n', { ...WAIVER, reason, address });
        const two = withWaiver(one, WAIVER);
        expect(parseConfig(two, 'c.yaml').waivers).toEqual([{ ...WAIVER, reason, address }, WAIVER]);
      }),
    );
  });
});
