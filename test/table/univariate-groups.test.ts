import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '../../src/base/steps.ts';
import { mdav } from '../../src/table/mdav.ts';
import { univariateGroups } from '../../src/table/univariate-groups.ts';
import { sizesOf, squaresOf } from './groups.ts';

const groupsOf = (values: readonly number[], k: number) => [
  ...finished(univariateGroups(Float64Array.from(values), k)),
];

/** All partitions into groups of at least k, whatever lies between the values. */
function leastSquares(values: readonly number[], k: number): number {
  let least = Number.POSITIVE_INFINITY;
  const groups: number[] = [];
  const assign = (i: number, used: number) => {
    if (i === values.length) {
      if (sizesOf(groups).every((size) => size >= k)) least = Math.min(least, squaresOf(values, 1, groups));
      return;
    }
    for (let group = 0; group <= used; group++) {
      groups[i] = group;
      assign(i + 1, Math.max(used, group + 1));
    }
  };
  assign(0, 0);
  return least;
}

describe('the optimal groups of numbers', () => {
  // The documentation and tests of microagg1d 0.4 (F. I. Stamm and M. T. Schaub, "Faster optimal univariate microaggregation", TMLR 2024).
  it.each([
    [[6, 2, 0.7, 1.1, 5, 1, 5.1], 3, [1, 0, 0, 0, 1, 0, 1]],
    [[5, 1, 1, 1.1, 5, 1, 5.1], 3, [1, 0, 0, 0, 1, 0, 1]],
    [[1, 1, 1, 1.1, 5, 5, 5], 2, [0, 0, 1, 1, 2, 2, 2]],
    [[1, 1, 1, 1.1, 5, 5, 5], 3, [0, 0, 0, 0, 1, 1, 1]],
    [[1, 1, 1, 1.1, 5, 5, 5], 4, [0, 0, 0, 0, 0, 0, 0]],
    [[1, 1, 1, 1.1, 5, 5, 5], 5, [0, 0, 0, 0, 0, 0, 0]],
  ])('are the published ones: %j, k = %i', (values, k, groups) => {
    // Where the published partition is one of several of least squares, the squares are compared.
    const found = groupsOf(values, k);
    expect(squaresOf(values, 1, found)).toBeCloseTo(squaresOf(values, 1, groups), 12);
    if (k !== 2) expect(found).toEqual(groups);
  });

  it('are the best of all partitions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 2, max: 4 }),
        (values, k) => {
          fc.pre(values.length >= k);
          expect(squaresOf(values, 1, groupsOf(values, k))).toBeCloseTo(leastSquares(values, k), 9);
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  it('have k to 2k - 1 members, and are as close together as those of MDAV or closer', () => {
    const value = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 80 }), fc.integer({ min: 2, max: 9 }), (values, k) => {
        fc.pre(values.length >= k);
        const groups = groupsOf(values, k);
        for (const size of sizesOf(groups)) {
          expect(size).toBeGreaterThanOrEqual(k);
          expect(size).toBeLessThan(2 * k);
        }
        const others = squaresOf(values, 1, [...mdav(Float64Array.from(values), 1, k)]);
        expect(squaresOf(values, 1, groups)).toBeLessThanOrEqual(others * (1 + 1e-9));
      }),
      { seed: 1 },
    );
  });

  it('do not suffer from a large offset', () => {
    const values = [0, 0.25, 0.5, 8, 8.25, 8.5];
    expect(
      groupsOf(
        values.map((value) => value + 1e14),
        3,
      ),
    ).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it('are not made of fewer values than one takes', () => {
    expect(() => groupsOf([1, 2], 3)).toThrow(RangeError);
  });
});
