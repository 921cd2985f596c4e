import { describe, expect, test } from 'vitest';
import { isSameImage } from '../../src/aws/container-image.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

describe('another version of an image', () => {
  test.each([
    ['host:5000/team/app:1', 'host:5000/team/app:2'],
    ['app:1', `app@${digest('a')}`],
    [`app@${digest('a')}`, `app:2@${digest('b')}`],
    ['app', 'app:latest'],
    ['app:latest', 'app:1'],
  ])('%s → %s', (before, after) => {
    expect(isSameImage(before, after)).toBe(true);
  });
});

describe('another image, or one that is named less firmly', () => {
  test.each([
    ['app:1', 'evil/app:1'],
    ['host/app:1', 'host:5000/app:1'],
    ['app:1', 'app'],
    ['app:1', 'app:latest'],
    [`app@${digest('a')}`, 'app:1'],
    ['app:1', 'app:1 evil'],
    ['', ''],
  ])('%s → %s', (before, after) => {
    expect(isSameImage(before, after)).toBe(false);
  });
});
