import { expect, test } from 'vitest';
import { able, plain, refusals } from '../fixtures.ts';

const counting = { canCountExports: true, canCountUsers: true, canVerifyContext: false };

test.each([
  ['nothing', plain, ['limits.exports QUOTA', 'limits.users QUOTA']],
  ['exports', { ...plain, stateful: { ...counting, canCountUsers: false } }, ['limits.users QUOTA']],
  ['users', { ...plain, stateful: { ...counting, canCountExports: false } }, ['limits.exports QUOTA']],
  ['both', { ...plain, stateful: counting }, []],
])('where %s can be counted', (_what, situation, expected) => {
  expect(refusals({ limits: { exports: 10, users: 3 } }, { user: 'u1' }, situation)).toEqual(expected);
});

test('a user who is to be counted must be stated', () => {
  expect(refusals({ limits: { users: 3 } }, {}, able)).toEqual(['limits.users TERMS']);
  expect(refusals({ limits: { exports: 3 } }, {}, able)).toEqual([]);
});
