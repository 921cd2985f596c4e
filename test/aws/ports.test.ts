import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PORT_LISTS } from '../../src/aws/port-lists.ts';
import { axisInterval, portsIn, portsOf, protocolName } from '../../src/aws/ports.ts';
import type { PortSet } from '../../src/aws/ports.ts';

const ports = (protocol: string, from: number | null, to: number | null): PortSet =>
  portsOf(protocolName(protocol), axisInterval(protocolName(protocol), from, to));

describe('ports of a rule', () => {
  it.each([
    ['6', 22, 22, 'tcp/22'],
    ['TCP', 20, 25, 'tcp/20-25'],
    ['udp', 0, 65_535, 'udp/0-65535'],
    ['-1', 0, 0, 'every port of every protocol'],
    ['all', null, null, 'every port of every protocol'],
    ['tcp', 0, 0, 'tcp/0'],
    ['icmp', -1, -1, 'icmp'],
    ['icmp', 8, 0, 'icmp/type 8 code 0'],
    ['58', 128, -1, 'icmpv6/type 128'],
    ['50', 0, 0, 'protocol 50'],
  ])('%s %j-%j reads %s', (protocol, from, to, words) => {
    expect(ports(protocol, from, to).toString()).toBe(words);
  });

  it('takes port 0 for one port and everything but port 0 for all', () => {
    expect(ports('tcp', 0, 0).isAll()).toBe(false);
    expect(ports('tcp', 1, 65_535).isAll()).toBe(true);
    expect(ports('udp', 0, 65_534).isAll()).toBe(true);
    expect(ports('tcp', 2, 65_535).isAll()).toBe(false);
    expect(ports('-1', null, null).isAll()).toBe(true);
    expect(ports('icmp', -1, -1).isAll()).toBe(false);
  });
});

describe('port lists', () => {
  it.each([
    ['admin', 'tcp', 20, 25, true],
    ['admin', 'udp', 22, 22, false],
    ['admin', 'udp', 3389, 3389, true],
    ['admin', '-1', 0, 0, true],
    ['admin', 'icmp', 22, 22, false],
    ['database', 'tcp', 1000, 9000, true],
    ['database', 'udp', 11_211, 11_211, true],
    ['database', 'tcp', 443, 443, false],
    ['fileOrMail', 'tcp', 445, 445, true],
    ['fileOrMail', 'udp', 161, 161, true],
    ['web', 'udp', 443, 443, true],
    ['web', 'udp', 80, 80, false],
  ] as const)('%s: %s %d-%d is %s', (list, protocol, from, to, expected) => {
    expect(ports(protocol, from, to).coversAny(PORT_LISTS[list])).toBe(expected);
  });

  it('knows a set that is web and nothing else', () => {
    expect(ports('tcp', 443, 443).onlyIn(PORT_LISTS.web)).toBe(true);
    expect(ports('tcp', 80, 443).onlyIn(PORT_LISTS.web)).toBe(false);
  });
});

describe('portsIn', () => {
  it('reads back what a port set says', () => {
    const port = fc.integer({ min: 0, max: 65_535 });
    fc.assert(
      fc.property(port, port, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const written = ports('tcp', from, to);
        expect(portsIn([written.toString()]).toString()).toBe(written.toString());
        expect(written.count()).toBe(to - from + 1);
      }),
    );
  });

  it('means TCP and UDP when no protocol is written', () => {
    expect(portsIn([53, '8000-8001']).toString()).toBe('tcp/53, tcp/8000-8001, udp/53, udp/8000-8001');
  });

  it('leaves out what is no port', () => {
    expect(portsIn(['ssh']).toString()).toBe('');
  });
});
