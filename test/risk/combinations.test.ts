import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '../../src/base/steps.ts';
import { choices, combinationsOf } from '../../src/risk/combinations.ts';
import { Tuples } from '../../src/table/tuples.ts';

const tableOf = (rows: readonly (readonly number[])[], width: number) => {
  const tuples = new Tuples(width);
  for (const row of rows) tuples.add(Int32Array.from(row), 0);
  return tuples;
};

describe('combinations of fields', () => {
  it('are those of one field, then of two, then of three', () => {
    expect(choices(3, 2)).toEqual([[0], [1], [2], [0, 1], [0, 2], [1, 2]]);
    expect(choices(2, 3)).toEqual([[0], [1], [0, 1]]);
    expect(choices(4, 0)).toEqual([]);
  });

  it('leave out the largest where there are too many', () => {
    // 40 + 780 + 9,880
    expect(choices(40, 3)).toHaveLength(820);
  });

  it('tell as many records apart as comparing all pairs says, the worst first', () => {
    const rows = fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }), { minLength: 2 });
    fc.assert(
      fc.property(rows, (table) => {
        const found = finished(combinationsOf(['a', 'b', 'c'], tableOf(table, 3), 3));
        expect(found).toHaveLength(7);
        for (const { fields, distinction, separation, uniques } of found) {
          const keys = table.map((row) => fields.map((name) => row['abc'.indexOf(name)]).join());
          let differ = 0;
          let pairs = 0;
          for (let i = 0; i < keys.length; i++) {
            for (let j = 0; j < i; j++) {
              pairs++;
              if (keys[i] !== keys[j]) differ++;
            }
          }
          expect(separation).toBeCloseTo(differ / pairs, 12);
          expect(distinction).toBe(new Set(keys).size / keys.length);
          expect(uniques).toBe(keys.filter((key) => keys.indexOf(key) === keys.lastIndexOf(key)).length);
        }
        const order = found.map(({ separation }) => separation);
        expect(order).toEqual([...order].sort((a, b) => b - a));
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('count many distinct tuples', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => [i + 1]);
    expect(finished(combinationsOf(['a'], tableOf([...rows, [1]], 1), 1))).toEqual([
      { fields: ['a'], distinction: 5000 / 5001, separation: 1 - 2 / (5001 * 5000), uniques: 4999 },
    ]);
  });
});
