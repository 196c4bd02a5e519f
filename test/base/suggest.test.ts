import fc from 'fast-check';
import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/base/suggest.ts';

const roles = ['identifier', 'quasi-identifier', 'sensitive', 'insensitive'];

test('the nearest word, whatever the case', () => {
  expect(nearest('identifer', roles)).toBe('identifier');
  expect(nearest('Sensitvie', roles)).toBe('sensitive');
  expect(nearest('quasi_identifier', roles)).toBe('quasi-identifier');
  expect(nearest('ksep', ['keep', 'drop'])).toBe('keep');
});

test('nothing when nothing is near enough to be meant', () => {
  expect(nearest('pseudonym', roles)).toBeUndefined();
  expect(nearest('x', [])).toBeUndefined();
  expect(nearest('hash', ['mask', 'keep'])).toBeUndefined();
  expect(didYouMean('pseudonym', roles)).toBeUndefined();
  expect(didYouMean('identifer', roles)).toBe('did you mean `identifier`?');
});

test('a swap of neighbours counts once, and ties go to the first', () => {
  expect(nearest('abdc', ['abxy', 'abcd'])).toBe('abcd');
  expect(nearest('cat', ['bat', 'hat'])).toBe('bat');
});

test('one typing error is always mended', () => {
  const words = fc.uniqueArray(fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 4, maxLength: 9 }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(words, fc.nat(), fc.nat(), (candidates, pick, at) => {
      const word = candidates[pick % candidates.length]!;
      const typed = `${word.slice(0, at % word.length)}#${word.slice((at % word.length) + 1)}`;
      const found = nearest(typed, candidates)!;
      // Another candidate may be as near, none nearer: '#' is in no candidate, so each is at least one step away.
      const steps = [...found].filter((character, i) => character !== typed[i]).length;
      expect(
        found === word || (found.length === typed.length ? steps === 1 : Math.abs(found.length - typed.length) === 1),
      ).toBe(true);
    }),
    { seed: 20261121, numRuns: 300 },
  );
});
