import { reachOf } from './address-reach.ts';
import type { AddressSet } from './address-set.ts';
import { IPV4_SIZE, IPV6_SIZE, ipv4Cidrs, ipv6Cidrs } from './cidr.ts';
import { bigSize, covers, size } from './intervals.ts';
import type { Intervals } from './intervals.ts';
import { publicSpace } from './special-addresses.ts';

/** How many blocks people are shown before "and more". */
const SHOWN_BLOCKS = 5;

/** A source in words: `the whole internet (0.0.0.0/0, ::/0)`, `25 % of IPv4 (64.0.0.0/2)`, `10.0.0.0/8`. */
export function describeAddresses(set: AddressSet): string {
  const whole4 = covers(set.ipv4, publicSpace().ipv4);
  const whole6 = covers(set.ipv6, publicSpace().globalUnicast);
  const phrases = [
    internet(whole4 ? firstFew(ipv4Cidrs(set.ipv4)) : '', whole6 ? firstFew(ipv6Cidrs(set.ipv6)) : ''),
    whole4 ? '' : ipv4Phrase(set.ipv4),
    whole6 ? '' : ipv6Phrase(set.ipv6),
    ...set.members.map((member) => member.label),
    ...set.missing.map((part) => `something not known yet (${part.because})`),
  ];
  return phrases.filter(Boolean).join(', ') || 'nobody';
}

function internet(blocks4: string, blocks6: string): string {
  if (!blocks4 && !blocks6) return '';
  const name = blocks4 ? 'the whole internet' : 'the whole IPv6 internet';
  return `${name} (${[blocks4, blocks6].filter(Boolean).join(', ')})`;
}

function ipv4Phrase(ipv4: Intervals<number>): string {
  const blocks = firstFew(ipv4Cidrs(ipv4));
  const isShare = reachOf({ ipv4, ipv6: [] }) === 'world';
  return isShare ? `${percent(size(ipv4) / IPV4_SIZE)} % of IPv4 (${blocks})` : blocks;
}

function ipv6Phrase(ipv6: Intervals<bigint>): string {
  const blocks = firstFew(ipv6Cidrs(ipv6));
  const isShare = reachOf({ ipv4: [], ipv6 }) === 'world';
  return isShare ? `${percent(Number(bigSize(ipv6)) / Number(IPV6_SIZE))} % of IPv6 (${blocks})` : blocks;
}

/** Whole percents, one decimal below ten, as in `0.4`. */
const percent = (portion: number): string => (portion * 100).toFixed(portion < 0.1 ? 1 : 0).replace(/\.0$/, '');

function firstFew(blocks: Iterable<string>): string {
  const shown: string[] = [];
  for (const block of blocks) {
    if (shown.length === SHOWN_BLOCKS) return `${shown.join(', ')} and more`;
    shown.push(block);
  }
  return shown.join(', ');
}
