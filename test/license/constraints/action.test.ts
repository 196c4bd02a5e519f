import { describe, expect, test } from 'vitest';
import { actionNames, type actions } from '../../../src/license/actions.ts';
import { decideTerms } from '../../../src/license/decide.ts';
import { able, leastTerms, organization, plain, refusals, stated } from '../fixtures.ts';

type Actions = (keyof typeof actions)[];

test.each<[Actions, Actions, string, string[]]>([
  [['use'], [], 'use', []],
  [['use'], [], 'train', ['permissions TERMS']],
  [['use', 'train'], [], 'train', []],
  [['use', 'train'], ['train'], 'train', ['prohibitions TERMS']],
  [['use'], ['train'], 'train', ['permissions TERMS', 'prohibitions TERMS']],
  [['use'], ['train'], 'use', []],
  [['use'], ['use'], 'use', ['prohibitions TERMS']],
])('permitted %j, prohibited %j, asked for %s: %j', (permissions, prohibitions, action, expected) => {
  expect(refusals({ permissions, ...(prohibitions.length > 0 && { prohibitions }) }, { action })).toEqual(expected);
});

test('no action implies another', () => {
  for (const permitted of actionNames)
    for (const action of actionNames)
      expect(refusals({ permissions: [permitted] }, { action }).length === 0).toBe(permitted === action);
});

test('without an action, use is asked for', () => {
  expect(refusals({ permissions: ['use'] }, {})).toEqual([]);
  expect(refusals({ permissions: ['derive'] }, {})).toEqual(['permissions TERMS']);
});

describe('basis', () => {
  const basis = (situation: typeof plain) =>
    decideTerms({ ...leastTerms, prohibitions: ['train'] }, stated({ organization }), situation).map((o) => o.basis);

  test('what the recipient will do is asserted, or verified when signed; what it must not do is left to law', () => {
    expect(basis(plain)).toEqual(['asserted', 'asserted', 'legal']);
    expect(basis(able)).toEqual(['verified', 'verified', 'legal']);
  });
});
