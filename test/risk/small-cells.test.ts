import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classSizes, prosecutorRisk } from '../../src/risk/reidentification.ts';
import { hiddenCells, hiddenRisk, hiddenSizes, smallestCell } from '../../src/risk/small-cells.ts';
import type { Population } from '../../src/table/population.ts';

const populationOf = (sizes: readonly number[]) =>
  ({
    count: sizes.length,
    individuals: sizes.reduce((sum, size) => sum + size, 0),
    size: (c: number) => sizes[c]!,
  }) as unknown as Population;

const sizesIn = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });

describe('small cells of a histogram', () => {
  it('are hidden together with the next larger one, as the rest is what they hold', () => {
    const { histogram, smallest } = hiddenSizes(classSizes(populationOf([1, 1, 8, 8, 20, 30])));
    expect(smallest).toBe(1);
    expect(histogram).toEqual([
      { from: 1, to: 1, classes: null, individuals: null },
      { from: 8, to: 15, classes: null, individuals: null },
      { from: 16, to: 31, classes: 2, individuals: 50 },
    ]);
  });

  it('are two at least wherever one is, and never shown', () => {
    fc.assert(
      fc.property(sizesIn, (sizes) => {
        const plain = classSizes(populationOf(sizes)).histogram;
        const { histogram } = hiddenSizes(classSizes(populationOf(sizes)));
        const hidden = plain.filter((_, i) => histogram[i]!.individuals === null);
        const small = plain.filter(({ individuals }) => individuals < smallestCell);
        expect(hidden).toEqual(expect.arrayContaining(small));
        if (small.length > 0 && plain.length > 1) expect(hidden.length).toBeGreaterThan(1);
        if (small.length === 0) expect(hidden).toEqual([]);
      }),
      { seed: 1 },
    );
  });
});

describe('shares at risk', () => {
  it('give no small count away, neither by themselves nor by their differences', () => {
    fc.assert(
      fc.property(sizesIn, (sizes) => {
        const population = populationOf(sizes);
        fc.pre(population.individuals >= smallestCell);
        const { shareAbove } = hiddenRisk(prosecutorRisk(population), population.individuals);
        const shown = Object.values(shareAbove).flatMap((share) =>
          share === null ? [] : [Math.round(share * population.individuals)],
        );
        const steps = [0, ...shown, population.individuals].sort((a, b) => a - b);
        for (let i = 1; i < steps.length; i++) {
          const step = steps[i]! - steps[i - 1]!;
          expect(step === 0 || step >= smallestCell).toBe(true);
        }
      }),
      { seed: 1, numRuns: 300, examples: [[[1, 8, 30]], [[2, 2, 4, 30]], [[30, 1]]] },
    );
  });

  it('stay where enough people are behind them', () => {
    const population = populationOf([1, 1, 1, 1, 1, 30]);
    expect(hiddenRisk(prosecutorRisk(population), 35).shareAbove).toEqual({
      '0.05': 5 / 35,
      '0.09': 5 / 35,
      '0.2': 5 / 35,
      '0.33': 5 / 35,
    });
  });
});

it('of changed and nulled cells one to four are hidden; what the bundle says of suppression is not', () => {
  expect(hiddenCells({ written: 3, changed: 4, nulled: 5, suppressed: 1 })).toEqual({
    written: 3,
    changed: null,
    nulled: 5,
    suppressed: 1,
  });
});
