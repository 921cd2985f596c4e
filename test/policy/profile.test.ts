import { expect, test } from 'vitest';
import { inProfile } from '../../src/policy/profile.ts';
import { policy } from './facts.ts';

const policies = [
  policy({ id: 'a/always' }),
  policy({ id: 'a/changes', created: 'strict' }),
  policy({ id: 'a/strict', profile: 'strict' }),
  policy({ id: 'a/all', profile: 'all' }),
];

const told = (profile: 'recommended' | 'strict' | 'all', settings = {}): string[] =>
  inProfile(policies, { profile, settings }).map(({ id, onlyChanges }) => (onlyChanges ? `${id} (changes)` : id));

test('each profile has the policies of those before it', () => {
  expect(told('recommended')).toEqual(['a/always', 'a/changes (changes)']);
  expect(told('strict')).toEqual(['a/always', 'a/changes', 'a/strict']);
  expect(told('all')).toEqual(['a/always', 'a/changes', 'a/strict', 'a/all']);
});

test('a policy that the configuration names speaks in full, or never', () => {
  expect(told('recommended', { 'a/all': { enabled: true }, 'a/changes': { enabled: true } })).toEqual([
    'a/always',
    'a/changes',
    'a/all',
  ]);
  expect(told('all', { 'a/always': { enabled: false } })).not.toContain('a/always');
});
