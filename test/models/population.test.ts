import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { deltaPresence } from '../../src/models/delta-presence.ts';
import { kMap } from '../../src/models/k-map.ts';
import type { Population } from '../../src/table/population.ts';
import { all, bound, tableOf } from './table.ts';

/** Classes of so many records in the data and in the population, and records of the population in no class of the data. */
function classesOf(sizes: readonly (readonly [data: number, population: number])[], others = 0): Population {
  return {
    ...tableOf(sizes.map(([data]) => Array(data).fill('x'))),
    population: {
      individuals: sizes.reduce((sum, [, population]) => sum + population, others),
      size: (c) => sizes[c]![1],
    },
  };
}

const pairs = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(8)).map(([data, more]) => [data, data + more] as const),
  { minLength: 1, maxLength: 5 },
);

describe('k-map', () => {
  it('counts the class in the population, not in the data', () => {
    const table = classesOf([
      [1, 3],
      [5, 5],
      [9, 2],
    ]);
    const criterion = bound(kMap, { k: 3 }, table);
    expect(all(table).map((c) => criterion.satisfied(c))).toEqual([true, true, false]);
    expect(criterion.measure([0, 1])).toEqual({ k: 3, population: 10 });
  });

  it('holds wherever k-anonymity holds and the population contains the data', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 2, max: 5 }), (sizes, k) => {
        const table = classesOf(sizes);
        for (const c of all(table)) if (table.size(c) >= k) expect(bound(kMap, { k }, table).satisfied(c)).toBe(true);
      }),
    );
  });
});

describe('delta-presence', () => {
  it('bounds the share of each class that is in the data', () => {
    const table = classesOf([
      [3, 6],
      [2, 3],
      [1, 10],
    ]);
    const of = (options: Record<string, unknown>) => bound(deltaPresence, options, table);
    expect(all(table).map((c) => of({ max: 0.5 }).satisfied(c))).toEqual([true, false, true]);
    expect(all(table).map((c) => of({ min: 0.5, max: 2 / 3 }).satisfied(c))).toEqual([true, true, false]);
    expect(of({ max: 1 }).measure([0, 1, 2])).toEqual({ min: 0.1, max: 0.666666666667, population: 19 });
  });

  it('is of every record of the population: one in no class that is written is absent', () => {
    const table = classesOf([
      [3, 6],
      [2, 4],
    ]);
    const criterion = bound(deltaPresence, { min: 0.5, max: 0.5 }, table);
    expect([criterion.holds?.([0, 1]), criterion.holds?.([0])]).toEqual([true, false]);
    expect(criterion.measure([0])).toEqual({ min: 0, max: 0.5, population: 10 });
    expect(bound(deltaPresence, { min: 0.5, max: 0.5 }, classesOf([[3, 6]], 1)).holds?.([0])).toBe(false);
    // Without a lower bound to be absent is no harm.
    expect(bound(deltaPresence, { max: 0.5 }, table).holds).toBeUndefined();
  });

  it('holds for a joined class where it holds for both of its parts', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom(0, 0.2, 0.5), fc.constantFrom(0.5, 0.8, 1), (sizes, min, max) => {
        fc.pre(sizes.length > 1);
        const [a, b, ...rest] = sizes;
        const parts = bound(deltaPresence, { min, max }, classesOf(sizes));
        fc.pre(parts.satisfied(0) && parts.satisfied(1));
        const joined = classesOf([[a![0] + b![0], a![1] + b![1]], ...rest]);
        expect(bound(deltaPresence, { min, max }, joined).satisfied(0)).toBe(true);
      }),
    );
  });

  it('is about a population that contains the data', () => {
    expect(() => bound(deltaPresence, { max: 1 }, classesOf([[3, 2]]))).toThrow(Failure);
  });

  it('has bounds in their order', () => {
    expect(
      deltaPresence.check!(deltaPresence.options.parse({ min: 0.5, max: 0.4 })).map(({ message }) => message),
    ).toEqual(['`min` is above `max`']);
  });
});
