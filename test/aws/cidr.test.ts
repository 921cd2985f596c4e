import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4Cidrs, ipv6Cidrs, parseCidr } from '../../src/aws/cidr.ts';

const text = (cidr: string): string | undefined => {
  const range = parseCidr(cidr);
  if (!range) return undefined;
  return [...(range.kind === 'ipv4' ? ipv4Cidrs([range.interval]) : ipv6Cidrs([range.interval]))].join(' ');
};

describe('parseCidr', () => {
  it.each([
    ['10.0.0.1/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['128.0.0.0/1', '128.0.0.0/1'],
    ['203.0.113.7', '203.0.113.7/32'],
    ['0::/0', '::/0'],
    ['2001:0DB8:0000::1/32', '2001:db8::/32'],
    ['0000:0000:0000:0000:0000:0000:0000:0000/0', '::/0'],
    ['::1/128', '::1/128'],
  ])('reads %s as %s', (written, meant) => {
    expect(text(written)).toBe(meant);
  });

  it.each(['', 'sg-123', '10.0.0.0/33', '10.0.0/8', '010.0.0.0/8x', '::/129', '10.0.0.0/-1', '10.0.0.0/8/8 '])(
    'does not read %j',
    (written) => {
      expect(parseCidr(written)).toBeUndefined();
    },
  );

  it('writes back any IPv4 block as itself', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, prefix) => {
        const block = text(`${address}/${prefix}`);
        expect(text(block ?? '')).toBe(block);
        expect(block?.endsWith(`/${prefix}`)).toBe(true);
      }),
    );
  });

  it('splits any IPv4 range into blocks that add up to it', () => {
    const point = fc.integer({ min: 0, max: 2 ** 32 });
    fc.assert(
      fc.property(point, point, (a, b) => {
        const range = [Math.min(a, b), Math.max(a, b)] as const;
        const blocks = [...ipv4Cidrs(range[0] === range[1] ? [] : [range])].map(parseCidr);
        const total = blocks.reduce(
          (sum, block) => sum + (block?.kind === 'ipv4' ? block.interval[1] - block.interval[0] : Number.NaN),
          0,
        );
        expect(total).toBe(range[1] - range[0]);
        expect(blocks.length).toBeLessThanOrEqual(62);
      }),
    );
  });
});
