import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '../../src/base/steps.ts';
import { SlotColumn } from '../../src/engine/gather.ts';
import { type Counts, createMarginals, type Marginals } from '../../src/risk/marginals.ts';
import { earthMover, entropyOf, totalVariation, utilityOf } from '../../src/risk/utility.ts';
import { Kind } from '../../src/table/column.ts';

/** Marginals of columns; null is null. */
function marginalsOf(columns: readonly (readonly (string | null)[])[], most?: number): Marginals {
  const marginals = createMarginals(columns.length, most);
  const values = columns.map((column) => {
    const cells = new SlotColumn();
    const texts = column.map((text) => Buffer.from(text ?? ''));
    cells.begin(Buffer.concat(texts));
    let at = 0;
    for (const [i, text] of texts.entries()) {
      cells.start[i] = at;
      at += text.length;
      cells.end[i] = at;
      cells.record[i] = i;
      cells.kind[i] = column[i] === null ? Kind.null : Kind.text;
      if (column[i] === null) cells.nulls++;
    }
    cells.count = column.length;
    return { cells, values: cells, keepsNulls: true, numbers: false };
  });
  marginals.add(columns[0]!.length, values);
  return marginals;
}

/** Counts by value, as marginals give them. */
const countsOf = (counts: Record<string, number>, nulls = 0): Counts => ({
  counts: Object.values(counts),
  text: (n) => Object.keys(counts)[n]!,
  of: (text) => counts[text] ?? 0,
  nulls,
  nullWays: 0,
});

describe('distributions', () => {
  it('have an entropy in bits', () => {
    expect(entropyOf(countsOf({ a: 2, b: 1, c: 1 }))).toBe(1.5);
    expect(entropyOf(countsOf({ a: 2, b: 1 }, 1))).toBe(1.5);
    expect(entropyOf(countsOf({ a: 9 }))).toBe(0);
    expect(entropyOf(countsOf({}))).toBe(0);
  });

  it('are half the sum of the differences apart', () => {
    const [p, q] = [countsOf({ a: 1, b: 1 }), countsOf({ a: 3, c: 1 })];
    expect(finished(totalVariation(p, q))).toBe(0.5);
    expect(finished(totalVariation(q, p))).toBe(0.5);
    expect(finished(totalVariation(p, countsOf({ x: 5 })))).toBe(1);
    expect(finished(totalVariation(countsOf({ a: 1 }, 1), countsOf({ a: 1 })))).toBe(0.5);
  });

  it('of as many numbers are moved by the mean distance of the sorted numbers', () => {
    const numbers = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const n = Math.min(a.length, b.length);
        const sorted = (values: readonly number[]) => values.slice(0, n).sort((x, y) => x - y);
        const [x, y] = [sorted(a), sorted(b)];
        const mean = x.reduce((sum, value, i) => sum + Math.abs(value - y[i]!), 0) / n;
        const counted = (values: readonly number[]) => ({
          values: Float64Array.from(values),
          counts: new Float64Array(values.length).fill(1),
        });
        expect(earthMover(counted(x), counted(y))).toBeCloseTo(mean, 9);
      }),
      { seed: 1 },
    );
  });
});

describe('utility', () => {
  it('of the source itself is whole', () => {
    const columns = [
      ['1', '2', '3', null],
      ['a', 'é', '😀', ''],
    ];
    const { fields, correlations } = finished(utilityOf(['n', 't'], marginalsOf(columns), marginalsOf(columns)));
    expect(fields).toEqual([
      { field: 'n', entropyKept: 1, distance: 0, earthMover: 0 },
      { field: 't', entropyKept: 1, distance: 0, earthMover: null },
    ]);
    expect(correlations).toEqual([]);
  });

  it('shows what generalization and shuffling do', () => {
    const source = marginalsOf([
      ['1', '2', '3', '4'],
      ['10', '20', '30', '40'],
    ]);
    const release = marginalsOf([
      ['[1,3)', '[1,3)', '[3,5)', '[3,5)'],
      ['40', '20', '30', '10'],
    ]);
    expect(finished(utilityOf(['a', 'b'], source, release))).toEqual({
      fields: [
        { field: 'a', entropyKept: 0.5, distance: 1, earthMover: null },
        { field: 'b', entropyKept: 1, distance: 0, earthMover: 0 },
      ],
      correlations: [],
    });
    const shuffled = marginalsOf([
      ['1', '2', '3', '4'],
      ['40', '30', '20', '10'],
    ]);
    const [pair] = finished(utilityOf(['a', 'b'], source, shuffled)).correlations;
    expect(pair).toMatchObject({ fields: ['a', 'b'] });
    expect(pair!.source).toBeCloseTo(1, 12);
    expect(pair!.release).toBeCloseTo(-1, 12);
    expect(pair!.change).toBeCloseTo(2, 12);
  });

  it('has no number where a field is constant or holds no value', () => {
    const constant = marginalsOf([
      ['5', '5'],
      ['1', '2'],
      [null, null],
    ]);
    const { fields, correlations } = finished(utilityOf(['a', 'b', 'c'], constant, constant));
    expect(fields.map(({ entropyKept }) => entropyKept)).toEqual([null, 1, null]);
    expect(fields.map((field) => field.earthMover)).toEqual([0, 0, null]);
    expect(correlations).toEqual([]);
  });

  it('tells a value that is written like a null from one, and takes numbers of any length', () => {
    const marginals = marginalsOf([[null, '', '1e3', '12345678901234567890', '-0.5']]);
    expect(marginals.counts(0)).toMatchObject({ nulls: 1, nullWays: 1, counts: [1, 1, 1, 1] });
    expect(marginals.numbers(0)).toBeNull();
    expect(marginalsOf([['1e3', '12345678901234567890', '-0.5']]).numbers(0)!.values).toEqual(
      Float64Array.of(-0.5, 1000, 1.2345678901234567e19),
    );
  });

  it('is not told of more distinct values than are counted, but for correlations', () => {
    const columns = [
      ['1', '2', '3', '4'],
      ['2', '4', '6', '9'],
    ];
    const [few, many] = [marginalsOf(columns), marginalsOf(columns, 3)];
    expect([many.counts(0), many.numbers(0)]).toEqual([null, null]);
    expect(many.correlation(0, 1)).toBe(few.correlation(0, 1));
    const { fields, correlations } = finished(utilityOf(['a', 'b'], many, few));
    expect(fields[0]).toEqual({ field: 'a', entropyKept: null, distance: null, earthMover: null });
    expect(correlations).toMatchObject([{ change: 0 }]);
  });
});
