import { describe, expect, it } from 'vitest';
import { finished } from '../../src/base/steps.ts';
import { Microdata } from '../../src/table/microdata.ts';
import { NumberRows } from '../../src/table/number-rows.ts';
import { strataOf } from '../../src/table/strata.ts';
import { random } from '../engine/harness.ts';

/** Fields that are aggregated together; undefined: no value. */
function aggregated(k: number, fields: readonly (readonly (number | undefined)[])[], to: 'mean' | 'median' = 'mean') {
  const data = new Microdata(k);
  const variables = fields.map((values) => {
    const variable = data.join(to);
    values.forEach((value, row) => {
      if (value !== undefined) variable.set(row, value);
    });
    return variable;
  });
  finished(data.aggregate());
  finished(data.aggregate());
  return { data, variables, results: variables.map((v, f) => fields[f]!.map((_, row) => v.at(row))) };
}

describe('microdata', () => {
  it('of one field become means of the optimal groups', () => {
    const { data, results } = aggregated(3, [[6, 2, 0.7, 1.1, 5, 1, 5.1]]);
    const low = (2 + 0.7 + 1.1 + 1) / 4;
    const high = (6 + 5 + 5.1) / 3;
    expect(results[0]!.map((value) => value.toFixed(9))).toEqual(
      [high, low, low, low, high, low, high].map((value) => value.toFixed(9)),
    );
    expect(data.groups).toBe(2);
  });

  it('become medians where that is asked for', () => {
    expect(aggregated(3, [[1, 2, 9, 100, 101, 104, 103]], 'median').results[0]).toEqual([2, 2, 2, 102, 102, 102, 102]);
  });

  it('of several fields are grouped by all of them, whatever their units', () => {
    const small = [0, 1, 0, 1, 0, 1];
    const large = [5e9, 9e9, 5e9, 9e9, 5e9, 9e9];
    expect(aggregated(3, [small, large]).results).toEqual([small, large]);
    const next = random(2);
    const fields = [1, 2].map(() => Array.from({ length: 50 }, () => next()));
    // A power of two changes no digit.
    const inOtherUnits = [fields[0]!, fields[1]!.map((value) => value * 1024)];
    expect(aggregated(3, inOtherUnits).results[0]).toEqual(aggregated(3, fields).results[0]);
  });

  it('of rows that lack the same values are grouped apart; of fewer than k such rows they are taken away', () => {
    const { variables, results } = aggregated(2, [
      [1, 3, undefined, 10, 20, undefined],
      [1, 3, 7, undefined, undefined, undefined],
    ]);
    const gone = Number.POSITIVE_INFINITY;
    expect(results).toEqual([
      [2, 2, Number.NaN, 15, 15, Number.NaN],
      [2, 2, gone, Number.NaN, Number.NaN, Number.NaN],
    ]);
    expect(variables.map(({ emptied }) => emptied)).toEqual([0, 1]);
  });

  it('of more rows than one block holds keep their means, and groups of k to 2k - 1', () => {
    const next = random(1);
    const fields = [1, 2].map(() => Array.from({ length: 20_000 }, () => next()));
    const { results, data } = aggregated(4, fields);
    const counts = new Map<string, number>();
    for (let row = 0; row < 20_000; row++) {
      const key = results.map((values) => values[row]).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(data.groups);
    for (const size of counts.values()) expect(size >= 4 && size < 8).toBe(true);
    for (const [f, values] of results.entries()) {
      const sum = (of: readonly number[]) => of.reduce((total, value) => total + value, 0);
      expect(sum(values)).toBeCloseTo(sum(fields[f]!), 6);
    }
  });

  it('that are equal stay what they are, to the last bit', () => {
    expect(aggregated(3, [[0.1, 0.1, 0.1, 0.1]]).results[0]).toEqual([0.1, 0.1, 0.1, 0.1]);
  });
});

describe('strata', () => {
  it('hold rows with the same codes and values in the same fields, in their order', () => {
    const has = (...rows: number[]) => {
      const numbers = new NumberRows();
      for (const row of rows) numbers.set(row, 1);
      return numbers;
    };
    const { order, ends } = strataOf(7, [has(0, 1, 3, 5), has(0, 2, 3, 5, 6)], Int32Array.of(0, 0, 0, 4, 0, 4));
    expect([...order]).toEqual([0, 1, 2, 6, 3, 5]);
    expect([...ends]).toEqual([1, 2, 4, 6]);
  });

  it('are none without values', () => expect(strataOf(3, []).order.length).toBe(0));
});
