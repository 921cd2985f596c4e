import { expect, test } from 'vitest';

import { judgementsOf, told } from './told.ts';
import type { Piece } from './told.ts';

const ON = { id: 'd1', enable: true };
const OFF = { id: 'd1', enable: false };
const says = (severity: string): string[] => [`guardduty/detector-disabled introduced ${severity}`];

test.each<[string, Readonly<Record<string, Piece>>, string[]]>([
  ['disabled', { 'aws_guardduty_detector.d': { before: ON, after: OFF } }, says('critical')],
  ['deleted', { 'aws_guardduty_detector.d': { before: ON } }, says('critical')],
  [
    'replaced',
    { 'aws_guardduty_detector.d': { before: ON, after: ON, actions: ['delete', 'create'] } },
    says('critical'),
  ],
  ['forgotten', { 'aws_guardduty_detector.d': { before: ON, actions: ['forget'] } }, says('medium')],
  ['created disabled', { 'aws_guardduty_detector.d': { after: OFF } }, says('medium')],
  ['deleted after it was disabled', { 'aws_guardduty_detector.d': { before: OFF } }, says('critical')],
  [
    'still disabled',
    { 'aws_guardduty_detector.d': { before: OFF, after: { ...OFF, finding_publishing_frequency: 'ONE_HOUR' } } },
    ['guardduty/detector-disabled persisting high'],
  ],
  [
    'enabled',
    { 'aws_guardduty_detector.d': { before: OFF, after: ON } },
    ['guardduty/detector-disabled resolved high'],
  ],
  ['moved', { 'aws_guardduty_detector.e': { before: ON, after: ON, from: 'aws_guardduty_detector.d' } }, []],
  ['created', { 'aws_guardduty_detector.d': { after: ON } }, []],
])('a detector, %s', (_, pieces, expected) => {
  expect(told(['guardduty/'], pieces)).toEqual(expected);
});

test.each<[string, Piece, string]>([
  ['deleted', { before: ON }, 'The GuardDuty detector aws_guardduty_detector.d is deleted, and its findings are lost'],
  ['disabled', { before: ON, after: OFF }, 'The GuardDuty detector aws_guardduty_detector.d is disabled'],
  [
    'forgotten',
    { before: ON, actions: ['forget'] },
    'Terraform no longer manages the GuardDuty detector aws_guardduty_detector.d, which stays in AWS as it is',
  ],
])('what is said of a detector that is %s', (_, piece, expected) => {
  const [found] = judgementsOf(['guardduty/'], { 'aws_guardduty_detector.d': piece });
  expect(found?.message).toBe(expected);
});
