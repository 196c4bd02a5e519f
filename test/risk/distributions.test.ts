import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '../../src/base/steps.ts';
import { distributionOf, smallestCell } from '../../src/risk/distributions.ts';
import type { Marginals } from '../../src/risk/marginals.ts';

/** The marginals of one field; null is no value. */
function marginals(values: readonly (string | null)[]): Marginals {
  const present = values.filter((value) => value !== null);
  const texts = [...new Set(present)];
  const of = (text: string) => present.filter((value) => value === text).length;
  const numbers = texts.map((text): [number, number] => [Number(text), of(text)]).sort(([a], [b]) => a - b);
  const isNumbers = numbers.length > 0 && !numbers.some(([value]) => Number.isNaN(value));
  const nulls = values.length - present.length;
  return {
    add() {},
    counts: () => ({ counts: texts.map(of), text: (n) => texts[n]!, of, nulls, nullWays: nulls === 0 ? 0 : 1 }),
    numbers: () =>
      isNumbers
        ? {
            values: Float64Array.from(numbers, ([value]) => value),
            counts: Float64Array.from(numbers, ([, count]) => count),
          }
        : null,
    correlation: () => null,
  };
}

function distribution(source: readonly (string | null)[], release: readonly (string | null)[], codes = false) {
  return finished(distributionOf('f', 0, marginals(source), marginals(release), codes))!;
}

const times = (count: number, value: string | null) => Array.from({ length: count }, () => value);

describe('a distribution', () => {
  it('has values by their frequency, small ones hidden on each side', () => {
    const source = [...times(20, 'flu'), ...times(30, 'cold'), ...times(10, 'rare')];
    const release = [...times(18, 'flu'), ...times(10, 'cold'), ...times(12, 'rare')];
    expect(distribution(source, release)).toEqual({
      field: 'f',
      comparable: true,
      source: {
        records: 60,
        cells: [
          { label: 'cold', records: 30 },
          { label: 'flu', records: 20 },
        ],
        hidden: 10,
      },
      release: {
        records: 40,
        cells: [
          { label: 'flu', records: 18 },
          { label: 'rare', records: 12 },
        ],
        hidden: 10,
      },
    });
  });

  it('has numbers of both in the same bins, in their order', () => {
    const numbers = Array.from({ length: 200 }, (_, i) => String(i % 100));
    const { comparable, source, release } = distribution(numbers, [...numbers, ...times(15, null)]);
    expect(comparable).toBe(true);
    const labels = ['0 to 10', '10 to 20', '20 to 30', '30 to 40', '40 to 50', '50 to 60', '60 to 70', '70 to 80'];
    expect(source.cells.map(({ label }) => label)).toEqual([...labels, '80 to 90', '90 to 100']);
    expect(source.cells.every(({ records }) => records === 20)).toBe(true);
    expect(release.cells.at(-1)).toEqual({ label: '(no value)', records: 15 });
  });

  it('has codes as they are, not in bins', () => {
    const codes = Array.from({ length: 400 }, (_, i) => `0${2000 + (i % 20)}`);
    expect(distribution(codes, codes, true).source.cells[0]).toEqual({ label: '02000', records: 20 });
  });

  it('has dates by year, or by decade', () => {
    const years = (count: number) => Array.from({ length: count * 20 }, (_, i) => `${1980 + (i % count)}-02-03`);
    expect(distribution(years(2), years(2)).source.cells.map(({ label }) => label)).toEqual(['1980', '1981']);
    expect(distribution(years(20), years(20)).source.cells.map(({ label }) => label)).toEqual(['1980s', '1990s']);
  });

  it('stands beside the other where values were written in another form, intervals in their order', () => {
    const source = Array.from({ length: 60 }, (_, i) => String(i % 3));
    const many = Array.from({ length: 120 }, (_, i) => String(i % 30));
    const bins = distribution(many, times(60, '[0,30)')).source.cells.map(({ label }) => label);
    expect(bins).toEqual(['0 to 5', '5 to 10', '10 to 15', '15 to 20', '20 to 25', '25 to 30']);
    const {
      comparable,
      source: before,
      release,
    } = distribution(source, [...times(20, '[9,18)'), ...times(30, '[18,30)'), ...times(12, '[0,9)')]);
    expect(comparable).toBe(false);
    expect(before.cells.map(({ label }) => label)).toEqual(['0', '1', '2']);
    expect(release.cells.map(({ label }) => label)).toEqual(['[0,9)', '[9,18)', '[18,30)']);
  });

  it('never shows a small cell, and loses no record', () => {
    const value = fc.oneof(
      fc.constantFrom('a', 'b', '1', '2020-01-01', null),
      fc.integer({ min: 0, max: 40 }).map(String),
    );
    const file = fc.array(value, { minLength: 1, maxLength: 150 });
    fc.assert(
      fc.property(file, file, (source, release) => {
        const found = distribution(source, release);
        for (const [side, values] of [
          [found.source, source],
          [found.release, release],
        ] as const) {
          expect(side.cells.every(({ records }) => records >= smallestCell)).toBe(true);
          expect(side.cells.reduce((sum, { records }) => sum + records, side.hidden)).toBe(values.length);
        }
      }),
    );
  });
});
