import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { riskThresholds } from '../../src/risk/attacker.ts';
import { classSizes, prosecutorRisk } from '../../src/risk/reidentification.ts';
import type { Population } from '../../src/table/population.ts';

function populationOf(sizes: readonly number[]): Population {
  return {
    count: sizes.length,
    individuals: sizes.reduce((sum, size) => sum + size, 0),
    size: (c) => sizes[c]!,
    records: (c) => sizes[c]!,
    histogram: () => ({ codes: new Int32Array(), counts: new Int32Array() }),
    distribution: () => {
      throw new Error('no sensitive fields here');
    },
    classOf: () => -1,
  };
}

describe('the prosecutor risk', () => {
  it('of classes of 2, 3 and 5', () => {
    expect(prosecutorRisk(populationOf([2, 3, 5]))).toEqual({
      highest: 0.5,
      average: 0.3,
      shareAbove: { '0.05': 1, '0.09': 1, '0.2': 0.5, '0.33': 0.5 },
    });
  });

  it('is that of the individuals, each 1 / the size of its class', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        const risks = sizes.flatMap((size) => Array.from({ length: size }, () => 1 / size));
        const { highest, average, shareAbove } = prosecutorRisk(populationOf(sizes));
        expect(highest).toBe(Math.max(...risks));
        expect(average).toBeCloseTo(risks.reduce((sum, risk) => sum + risk, 0) / risks.length, 12);
        for (const threshold of riskThresholds) {
          const above = risks.filter((risk) => risk > threshold).length;
          expect(shareAbove[String(threshold)]).toBeCloseTo(above / risks.length, 12);
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('of nobody is none', () => {
    expect(prosecutorRisk(populationOf([]))).toMatchObject({ highest: 0, average: 0 });
  });
});

describe('the sizes of classes', () => {
  it('stand in ranges of powers of two', () => {
    expect(classSizes(populationOf([1, 2, 3, 4, 8, 15]))).toEqual({
      classes: 6,
      smallest: 1,
      mean: 5.5,
      largest: 15,
      histogram: [
        { from: 1, to: 1, classes: 1, individuals: 1 },
        { from: 2, to: 3, classes: 2, individuals: 5 },
        { from: 4, to: 7, classes: 1, individuals: 4 },
        { from: 8, to: 15, classes: 2, individuals: 23 },
      ],
    });
  });

  it('add up to the individuals', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 30 }), (sizes) => {
        const { histogram, classes } = classSizes(populationOf(sizes));
        expect(classes).toBe(sizes.length);
        for (const { from, to, classes: inside, individuals } of histogram) {
          const here = sizes.filter((size) => size >= from && size <= to);
          expect([inside, individuals]).toEqual([here.length, here.reduce((sum, size) => sum + size, 0)]);
        }
        expect(histogram.reduce((sum, bin) => sum + bin.classes, 0)).toBe(sizes.length);
      }),
      { numRuns: 100, seed: 2 },
    );
  });
});
