import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGrouper } from '../../src/search/grouping.ts';
import { wideTable } from './tables.ts';

describe('groups', () => {
  const of = wideTable(11, 3000);
  const levels = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 11, maxLength: 11 });

  it('are those of equal labels, numbered by their first tuples, however many numbers the labels take', () => {
    fc.assert(
      fc.property(levels, levels, (lower, more) => {
        const above = lower.map((level, d) => Math.max(level, more[d]!));
        const grouper = createGrouper(of);
        const numbers = new Map<string, number>();
        const expected = Array.from({ length: of.counts.length }, (_, t) => {
          const key = above.map((level, d) => of.fields[d]!.levels[level]!.labelOf[of.values[d]![t]!]).join();
          if (!numbers.has(key)) numbers.set(key, numbers.size);
          return numbers.get(key)!;
        });
        const direct = grouper.group(above, grouper.base);
        expect(Array.from(grouper.classOf(above).subarray(0, expected.length))).toEqual(expected);
        expect(direct.count).toBe(numbers.size);
        expect(Array.from(direct.example, (t) => expected[t])).toEqual(Array.from(numbers.values()));
        expect(direct.size.reduce((sum, n) => sum + n, 0)).toBe(of.records);
        expect(grouper.group(above, grouper.group(lower, grouper.base))).toEqual(direct);
      }),
      { numRuns: 30 },
    );
  });

  it('count the labels that are read, so that a wider tuple counts for more', () => {
    const workOf = (fields: readonly number[]): number => {
      const grouper = createGrouper(of);
      grouper.group(
        of.fields.map(() => 0),
        grouper.base,
        fields,
      );
      return grouper.work();
    };
    expect(workOf([0, 1, 2])).toBeLessThan(workOf([0, 1, 2, 3, 4, 5]));
    expect(workOf([0, 1, 2, 3, 4, 5])).toBeLessThan(workOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  });
});
