import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressesOf,
  commonAddresses,
  contains,
  memberAddresses,
  unionOf,
  unknownAddresses,
  without,
} from '../../src/aws/address-set.ts';
import type { AddressSet } from '../../src/aws/address-set.ts';
import { Unknown } from '../../src/plan/value.ts';

const addresses = (...cidrs: string[]): AddressSet => unionOf(cidrs.map(addressesOf));
const same = (a: AddressSet, b: AddressSet): boolean => contains(a, b) && contains(b, a);

const EVERYTHING_BUT_SPECIAL = [
  '1.0.0.0/8',
  '2.0.0.0/7',
  '4.0.0.0/6',
  '8.0.0.0/7',
  '11.0.0.0/8',
  '12.0.0.0/6',
  '16.0.0.0/4',
  '32.0.0.0/3',
  '64.0.0.0/3',
  '96.0.0.0/6',
  '100.0.0.0/10',
  '100.128.0.0/9',
  '101.0.0.0/8',
  '102.0.0.0/7',
  '104.0.0.0/5',
  '112.0.0.0/5',
  '120.0.0.0/6',
  '124.0.0.0/7',
  '126.0.0.0/8',
  '128.0.0.0/2',
  '192.0.0.0/9',
  '192.128.0.0/11',
  '192.160.0.0/13',
  '192.169.0.0/16',
  '192.170.0.0/15',
  '192.172.0.0/14',
  '192.176.0.0/12',
  '192.192.0.0/10',
  '193.0.0.0/8',
  '194.0.0.0/7',
  '196.0.0.0/6',
  '200.0.0.0/5',
  '208.0.0.0/4',
  '169.0.0.0/9',
  '172.0.0.0/12',
  '172.32.0.0/11',
];

describe('how far a source reaches', () => {
  it.each([
    [['0.0.0.0/0']],
    [['::/0']],
    [['0::/0']],
    [['2000::/3']],
    [['0.0.0.0/1', '128.0.0.0/1']],
    [['0.0.0.0/1']],
    [['64.0.0.0/2']],
    [['2000::/8']],
    [EVERYTHING_BUT_SPECIAL],
    [['10.0.0.0/8', '0.0.0.0/0']],
  ])('%j is the world', (cidrs) => {
    expect(addresses(...cidrs).isWorld()).toBe(true);
    expect(addresses(...cidrs).isBroad()).toBe(false);
  });

  it.each([
    [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '224.0.0.0/3', '0.0.0.0/8', '127.0.0.0/8']],
    [['fc00::/7', 'fe80::/10', 'ff00::/8', '::1/128']],
  ])('%j is private', (cidrs) => {
    expect(addresses(...cidrs).isPublic()).toBe(false);
    expect(addresses(...cidrs).isWorld()).toBe(false);
  });

  it.each([
    [['8.0.0.0/8'], true],
    [['8.8.0.0/16', '8.9.0.0/16'], true],
    [['8.8.0.0/16', '8.10.0.0/16'], false],
    [['8.8.0.0/15'], true],
    [['8.8.0.0/16'], false],
    [['203.0.112.0/23'], false],
    [['2a00::/31'], true],
    [['2a00::/32'], false],
    [['10.0.0.0/8'], false],
    [['64.0.0.0/3'], true],
  ])('%j broad: %j', (cidrs, broad) => {
    expect(addresses(...cidrs).isBroad()).toBe(broad);
    expect(addresses(...cidrs).isWorld()).toBe(false);
  });

  it('answers unknown only when the missing part matters', () => {
    const unknown = unknownAddresses('it is known only after apply', 'x');
    expect(unionOf([unknown, addressesOf('0.0.0.0/0')]).isWorld()).toBe(true);
    expect(unionOf([unknown, addressesOf('10.0.0.0/8')]).isWorld()).toBeInstanceOf(Unknown);
    expect(unknownAddresses('a security group not created yet', 'y', false).isWorld()).toBe(false);
  });

  it('never takes a security group for addresses', () => {
    expect(memberAddresses('sg-1', 'security group sg-1').isWorld()).toBe(false);
    expect(memberAddresses('sg-1', 'security group sg-1').isEmpty()).toBe(false);
  });
});

describe('how people read a source', () => {
  it.each([
    [['0.0.0.0/0', '::/0'], 'the whole internet (0.0.0.0/0, ::/0)'],
    [['0.0.0.0/1', '128.0.0.0/1'], 'the whole internet (0.0.0.0/0)'],
    [['0::/0'], 'the whole IPv6 internet (::/0)'],
    [['64.0.0.0/2'], '25 % of IPv4 (64.0.0.0/2)'],
    [['128.0.0.0/1'], '50 % of IPv4 (128.0.0.0/1)'],
    [['2000::/8'], '0.4 % of IPv6 (2000::/8)'],
    [['10.0.0.9/8', '192.0.2.1/32'], '10.0.0.0/8, 192.0.2.1/32'],
    [[], 'nobody'],
  ])('%j', (cidrs, words) => {
    expect(addresses(...cidrs).toString()).toBe(words);
  });

  it('names groups and what is missing', () => {
    const set = unionOf([
      memberAddresses('g', 'security group sg-1'),
      unknownAddresses('it is known only after apply', 'k'),
    ]);
    expect(set.toString()).toBe('security group sg-1, something not known yet (it is known only after apply)');
  });

  it('does not list hundreds of blocks', () => {
    const many = addresses(...Array.from({ length: 300 }, (_, index) => `10.0.${index % 256}.${(index * 7) % 256}/32`));
    expect(many.toString()).toMatch(/ and more$/);
    expect(many.toString().length).toBeLessThan(120);
  });
});

const cidr = fc.oneof(
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, prefix]) => `${address}/${prefix}`),
  fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([address, prefix]) => `${address}/${prefix}`),
  fc.constantFrom('0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '::/0', '10.0.0.0/8'),
);
const anySet = fc.array(cidr, { maxLength: 5 }).map((cidrs) => addresses(...cidrs));

describe('set algebra', () => {
  it('takes a set apart into what is common and what is not', () => {
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        expect(same(unionOf([without(a, b), commonAddresses(a, b)]), a)).toBe(true);
        expect(commonAddresses(without(a, b), b).isEmpty()).toBe(true);
      }),
    );
  });

  it('adds nothing by repeating, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(cidr, { minLength: 1, maxLength: 6 }), (cidrs) => {
        expect(addresses(...cidrs).toString()).toBe(addresses(...cidrs.toReversed(), ...cidrs).toString());
      }),
    );
  });

  it('never calls a part of a set wider than the set', () => {
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        const widths = [commonAddresses(a, b), a, unionOf([a, b])].map((set) => Number(set.isWorld() === true));
        expect(widths).toEqual(widths.toSorted((x, y) => x - y));
      }),
    );
  });
});
