import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaDisclosure } from '../../src/models/delta-disclosure.ts';
import { disclosure } from './definitions.ts';
import { bound, tableOf } from './table.ts';

const classes = fc.array(fc.array(fc.constantFrom('a', 'a', 'b', null), { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 5,
});

describe('δ-disclosure privacy', () => {
  it('is the largest logarithm of p / q over all values', () => {
    fc.assert(
      fc.property(classes, fc.constantFrom(2, Math.E, 10), fc.constantFrom(0.3, 0.7, 1.3), (table, base, delta) => {
        const criterion = bound(deltaDisclosure, { delta, base }, tableOf(table));
        table.forEach((own, c) => {
          const expected = disclosure(own, table.flat(), base);
          if (Number.isFinite(expected)) expect(criterion.measure([c]).delta).toBeCloseTo(expected, 9);
          expect(criterion.satisfied(c)).toBe(expected < delta);
        });
      }),
    );
  });

  it('is strict, and its base is 2 unless the policy says otherwise', () => {
    // In the first class p is 2/4 of q = 2/8: one bit; in the second 0.
    const table = tableOf([
      ['a', 'b', 'b', 'a'],
      ['b', 'b', 'b', 'b'],
    ]);
    expect(bound(deltaDisclosure, { delta: 1 }, table).satisfied(0)).toBe(false);
    expect(bound(deltaDisclosure, { delta: 1 + 1e-9 }, table).satisfied(0)).toBe(true);
    expect(bound(deltaDisclosure, { delta: 1, base: 2.1 }, table).satisfied(0)).toBe(true);
    expect(bound(deltaDisclosure, { delta: 1 }, table).measure([0])).toEqual({ delta: 1 });
  });

  it('is broken by a class that lacks a value', () => {
    const criterion = bound(deltaDisclosure, { delta: 1e9 }, tableOf([['a', 'b'], ['a']]));
    expect([criterion.satisfied(0), criterion.satisfied(1)]).toEqual([true, false]);
  });

  it.each([{ delta: 0 }, { delta: 1, base: 1 }, { base: 2 }])('takes no %j', (options) => {
    expect(deltaDisclosure.options.safeParse({ sensitive: 's', ...options }).success).toBe(false);
  });
});
