import { expect, test } from 'vitest';
import { basisOf, statedUseSchema } from '../../src/license/use.ts';
import { able, plain } from './fixtures.ts';

test('nothing needs to be stated, and then the action is use', () => {
  expect(statedUseSchema.parse({})).toEqual({ action: 'use', safeguards: [] });
});

test.each([
  ['an unknown member', { country: 'DE' }],
  ['a group of countries', { region: 'EEA' }],
  ['an unknown purpose', { purpose: 'Research' }],
  ['a purpose in another case', { purpose: 'academicResearch' }],
  ['an unknown action', { action: 'read' }],
  ['an empty user', { user: '' }],
  ['a user with a hidden character', { user: 'u\u202e1' }],
  ['a user that is a list', { user: ['u1'] }],
  ['a time with an offset', { issued: '2026-11-21T12:00:00+00:00' }],
  ['an end that is not after the beginning', { issued: '2026-11-21T12:00:00Z', expires: '2026-11-21T12:00:00Z' }],
])('refuses %s', (_what, use) => {
  expect(statedUseSchema.safeParse(use).success).toBe(false);
});

test('a statement is verified only when it is signed where signatures are verified', () => {
  expect(basisOf(able)).toBe('verified');
  expect(basisOf({ ...able, contextSigned: false })).toBe('asserted');
  expect(basisOf({ ...plain, contextSigned: true })).toBe('asserted');
  expect(basisOf({ ...able, stateful: { canCountExports: true, canCountUsers: true, canVerifyContext: false } })).toBe(
    'asserted',
  );
});
