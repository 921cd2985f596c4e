import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesOf, contains, unionOf, unknownAddresses, without } from '../../src/aws/address-set.ts';
import { slices, sourceOf } from '../../src/aws/network-traffic.ts';
import type { Permission } from '../../src/aws/network-traffic.ts';
import { axisInterval } from '../../src/aws/ports.ts';
import { TrafficSet } from '../../src/aws/traffic-set.ts';
import { Unknown } from '../../src/plan/value.ts';

const permission = (protocol: string, from: number, to: number, ...cidrs: string[]): Permission => ({
  protocol,
  ports: axisInterval(protocol, from, to),
  source: unionOf(cidrs.map(addressesOf)),
});
const traffic = (...permissions: Permission[]): TrafficSet => new TrafficSet(permissions, 'from');

const PROTOCOLS = ['tcp', 'udp', '-1'];
const CIDRS = ['10.0.0.0/8', '10.1.0.0/16', '10.128.0.0/9', '192.0.2.0/24', '0.0.0.0/1', '128.0.0.0/1', '::/0'];
const port = fc.integer({ min: 0, max: 12 });
const anyPermission = fc
  .tuple(fc.constantFrom(...PROTOCOLS), port, port, fc.subarray(CIDRS, { minLength: 1, maxLength: 3 }))
  .map(([protocol, a, b, cidrs]) => permission(protocol, Math.min(a, b), Math.max(a, b), ...cidrs));
const anyTraffic = fc.array(anyPermission, { maxLength: 6 });

/** Who may send to one port, found the slow way. */
const sendersTo = (permissions: readonly Permission[], protocol: string, at: number) =>
  sourceOf(
    permissions.filter(
      (one) => one.protocol === '-1' || (one.protocol === protocol && one.ports[0] <= at && at < one.ports[1]),
    ),
  );

describe('slices', () => {
  it('say of every port what the permissions say', () => {
    fc.assert(
      fc.property(anyTraffic, anyTraffic, fc.constantFrom('tcp', 'udp'), port, (before, after, protocol, at) => {
        const cut = slices(before, after).find(
          (one) => one.protocol === protocol && one.ports[0] <= at && at < one.ports[1],
        );
        const fallback = slices(before, after).find((one) => one.protocol === '-1');
        const here = cut ?? fallback;
        expect(String(sourceOf(here?.before ?? []))).toBe(String(sendersTo(before, protocol, at)));
        expect(String(sourceOf(here?.after ?? []))).toBe(String(sendersTo(after, protocol, at)));
      }),
    );
  });

  it('never overlap', () => {
    fc.assert(
      fc.property(anyTraffic, anyTraffic, (before, after) => {
        const cut = slices(before, after).filter(({ protocol }) => protocol === 'tcp');
        expect(
          cut.every(({ ports }, index) => ports[0] < ports[1] && ports[0] >= (cut[index - 1]?.ports[1] ?? 0)),
        ).toBe(true);
      }),
    );
  });
});

describe('what is added', () => {
  it('is nothing when rules are written otherwise', () => {
    fc.assert(
      fc.property(anyTraffic, (rules) => {
        const split = rules.flatMap((rule) =>
          rule.source.ipv4.length > 0 && rule.source.ipv6.length > 0
            ? [
                { ...rule, source: addressesOf('::/0') },
                { ...rule, source: unionOf([rule.source]) },
              ]
            : [rule, rule],
        );
        expect(
          traffic(...split.toReversed())
            .addedSince(traffic(...rules))
            .isEmpty(),
        ).toBe(true);
      }),
    );
  });

  it('is exactly what is let through now and was not', () => {
    fc.assert(
      fc.property(anyTraffic, anyTraffic, fc.constantFrom('tcp', 'udp'), port, (before, after, protocol, at) => {
        const { additions } = traffic(...after).addedSince(traffic(...before));
        const added = additions.filter(
          ({ slice }) => slice.protocol === protocol && slice.ports[0] <= at && at < slice.ports[1],
        );
        const everywhere = additions.filter(({ slice }) => slice.protocol === '-1');
        const expected = without(sendersTo(after, protocol, at), sendersTo(before, protocol, at));
        const told = unionOf([...added, ...everywhere].map((one) => one.added));
        expect(contains(told, expected)).toBe(true);
        expect(added.every((one) => contains(expected, one.added))).toBe(true);
      }),
    );
  });

  it('is nothing when a catch-all rule is narrowed', () => {
    const before = traffic(permission('-1', 0, 0, '10.0.0.0/8'));
    expect(
      traffic(permission('tcp', 22, 22, '10.1.0.0/16'))
        .addedSince(before)
        .isEmpty(),
    ).toBe(true);
    expect(before.addedSince(traffic(permission('tcp', 22, 22, '10.1.0.0/16'))).toString()).toBe(
      'every port of every protocol from 10.0.0.0/8; tcp/22 from 10.1.0.0/16 -> 10.0.0.0/8',
    );
  });

  it('names what was replaced by something wider', () => {
    const before = traffic(permission('tcp', 443, 443, '10.0.0.0/16'), permission('tcp', 443, 443, '192.0.2.0/24'));
    const after = traffic(permission('tcp', 443, 443, '10.0.0.0/8'), permission('tcp', 443, 443, '192.0.2.0/24'));
    expect(after.addedSince(before).toString()).toBe('tcp/443 from 10.0.0.0/16 -> 10.0.0.0/8');
  });

  it('leaves to others what opens to the world, but not ICMP', () => {
    const after = traffic(
      permission('tcp', 22, 22, '0.0.0.0/0'),
      permission('icmp', -1, -1, '0.0.0.0/0'),
      permission('tcp', 23, 23, '10.0.0.0/8'),
    );
    const added = after.addedSince(traffic());
    expect(added.opensToWorld()).toBe(true);
    expect(added.withoutOpenings().toString()).toBe('icmp from the whole internet (0.0.0.0/0); tcp/23 from 10.0.0.0/8');
  });

  it('stays when half of the world was open already', () => {
    const before = traffic(permission('tcp', 22, 22, '0.0.0.0/1'));
    const after = traffic(permission('tcp', 22, 22, '0.0.0.0/0'));
    expect(after.addedSince(before).withoutOpenings().isPublic()).toBe(true);
    expect(before.addedSince(after).isEmpty()).toBe(true);
  });

  it('is unknown when a source is', () => {
    const unknown: Permission = {
      protocol: 'tcp',
      ports: [22, 23],
      source: unknownAddresses('it is known only after apply', 'x'),
    };
    expect(traffic(unknown).addedSince(traffic()).isEmpty()).toBeInstanceOf(Unknown);
    expect(traffic(unknown).addedSince(traffic(unknown)).isEmpty()).toBe(true);
  });
});
