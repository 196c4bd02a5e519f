import { expect, test } from 'vitest';
import { able, key, leastTerms, organization, plain, refusals } from '../fixtures.ts';

const licensee = (more: object) => ({ licensee: { ...leastTerms.licensee, ...more } });

test.each([
  [{}, {}, []],
  [{}, { organization: undefined }, ['licensee TERMS']],
  [{}, { organization: 'urn:org:other' }, ['licensee TERMS']],
  [{}, { organization: organization.toUpperCase() }, ['licensee TERMS']],
  [{}, { user: 'anybody' }, []],
  [{ users: ['u1', 'u2'] }, { user: 'u2' }, []],
  [{ users: ['u1'] }, {}, ['licensee.users TERMS']],
  [{ users: ['u1'] }, { user: 'u2' }, ['licensee.users TERMS']],
  [{ users: ['u1'] }, { user: 'U1' }, ['licensee.users TERMS']],
  [{ key }, {}, ['licensee.key TERMS']],
])('%j, use %j: %j', (more, use, expected) => {
  expect(refusals(licensee(more), use)).toEqual(expected);
});

test('a license that names a key takes a signed use, where signatures are verified', () => {
  expect(refusals(licensee({ key }), {}, able)).toEqual([]);
  expect(refusals(licensee({ key }), {}, { ...able, contextSigned: false })).toEqual(['licensee.key TERMS']);
  expect(refusals(licensee({ key }), {}, { ...plain, contextSigned: true })).toEqual(['licensee.key TERMS']);
});
