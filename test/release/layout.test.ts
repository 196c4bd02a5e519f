import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasPlace, orderMembers } from '../../src/release/layout.ts';

const ordered = [
  'license.intoto.json',
  'LICENSE.md',
  'datapackage.json',
  'report.json',
  'report.html',
  'data/Z.csv.chunks',
  'data/Z.csv',
  'data/a.csv.chunks',
  'data/a.csv',
  'data/a.csv.gz.chunks',
  'data/a.csv.gz',
  'data/lonely.chunks',
  'data/ä.csv.chunks',
  'data/ä.csv',
  'attestations/parent.intoto.json',
  'trust.json',
];

it('orders the members of a bundle, however they come', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(ordered, { minLength: ordered.length }), (names) => {
      expect(orderMembers(names)).toEqual(ordered);
    }),
    { seed: 1 },
  );
});

it('goes by bytes, not by UTF-16 units', () => {
  const names = ['data/\uff21', 'data/\u{10400}'];
  expect(orderMembers(names)).toEqual(names);
  expect([...names].sort()).not.toEqual(names);
});

it.each([
  ['data/a', true],
  ['data/a/b.csv', true],
  ['attestations/a.intoto.json', true],
  ['data/', false],
  ['attestations/.intoto.json', false],
  ['attestations/a.json', false],
  ['trust.json', false],
  ['license.md', false],
])('%s has a place: %s', (name, expected) => expect(hasPlace(name)).toBe(expected));
