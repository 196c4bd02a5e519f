import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fraction, maxChoices } from '../../../src/transforms/fake/fraction.ts';

/** By definition: the number is the bytes behind a binary point, and a choice the whole part of n times it. */
function byDefinition(bytes: Buffer, choices: readonly number[]): number[] {
  const one = 1n << BigInt(8 * bytes.length);
  let u = BigInt(`0x${bytes.toString('hex')}`);
  return choices.map((n) => {
    const product = u * BigInt(n);
    u = product % one;
    return Number(product / one);
  });
}

test('choices are the whole parts of n times what is left', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.uint8Array({ minLength: 35, maxLength: 35 }),
      fc.array(fc.integer({ min: 1, max: maxChoices }), { maxLength: 12 }),
      fc.nat(3),
      (words, array, choices, at) => {
        const bytes = Buffer.from(array);
        const fraction = new Fraction(words);
        fraction.load(bytes, at);
        expect(choices.map((n) => fraction.below(n))).toEqual(
          byDefinition(bytes.subarray(at, at + 4 * words), choices),
        );
      },
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(0, 255), fc.constantFrom(1, 2, 3, maxChoices - 1, maxChoices), (byte, n) => {
      const fraction = new Fraction(8);
      fraction.load(Buffer.alloc(32, byte), 0);
      for (let i = 0; i < 5; i++) expect(fraction.below(n)).toBe(byte === 0 ? 0 : n - 1);
    }),
  );
});

test('choices among n are evenly spread, and so are pairs of them', () => {
  const fraction = new Fraction(4);
  const draws = 40_000;
  const counts = new Float64Array(7 * 6);
  for (let i = 0; i < draws; i++) {
    fraction.load(createHash('sha256').update(String(i)).digest(), 0);
    counts[6 * fraction.below(7) + fraction.below(6)]!++;
  }
  // Pearson's statistic has 41 degrees of freedom: mean 41, standard deviation sqrt(82) = 9.1; 41 + 5 × 9.1 is passed
  // over by chance with a probability below 10^-4, and the draws are the same in every run.
  const expected = draws / counts.length;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(statistic).toBeLessThan(87);
});
