import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INVALID, Numeral } from '../../src/transforms/definition.ts';
import { microaggregate } from '../../src/transforms/microaggregate.ts';
import { checkForms, type Input, runTable, testResources } from './harness.ts';

const run = (inputs: readonly Input[], options: object = {}) =>
  checkForms(microaggregate, { k: 3, ...options }, inputs);

describe('microaggregate', () => {
  it('replaces numbers by means of groups, with as many decimals as the finest of them', () => {
    expect(run(['6', '2', '0.7', '1.1', '5', '1', '5.1'])).toEqual(['5.4', '1.2', '1.2', '1.2', '5.4', '1.2', '5.4']);
    expect(run([1, 2, 4, 10, 11, 11])).toEqual(['2', '2', '2', '11', '11', '11'].map((digits) => new Numeral(digits)));
    expect(run(['1', '2', '4'], { decimals: 3 })).toEqual(['2.333', '2.333', '2.333']);
    expect(run(['1', '2', '4', '5'], { to: 'median' })).toEqual(['3', '3', '3', '3']);
  });

  it('rounds halves away from zero, and zero has no sign', () => {
    expect(run(['-1', '-2', '-1', '-2'])).toEqual(['-2', '-2', '-2', '-2']);
    expect(run(['-0.1', '0', '-0.1'], { decimals: 0 })).toEqual(['0', '0', '0']);
  });

  it('leaves nulls, and cannot read what is no number below 10^15', () => {
    const wrong = ['', 'x', '1,5', '0x10', '1e15', '-1000000000000000.5', 'Infinity', '🙂', '1 ', true];
    expect(run([null, '1', ...wrong, '2', '3', null])).toEqual([
      null,
      '2',
      ...wrong.map(() => INVALID),
      '2',
      '2',
      null,
    ]);
  });

  it('reads what readers of decimals read', () => {
    expect(run(['+1', '.5', '5.', '1e0', '00.5', '0.0000000000000001'], { k: 6, decimals: 6 })[0]).toBe('1.333333');
    expect(run(['900719925474099', '900719925474099', '900719925474098'], { decimals: 15 })[0]).toMatch(
      /^9007199254740\d\d\.\d{15}$/,
    );
  });

  it('makes every result stand for k values or more, and keeps the mean', () => {
    const cents = fc.integer({ min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(fc.array(cents, { minLength: 3, maxLength: 100 }), fc.integer({ min: 2, max: 9 }), (values, k) => {
        fc.pre(values.length >= k);
        const results = run(
          values.map((value) => (value / 100).toFixed(2)),
          { k, decimals: 9 },
        ).map(Number);
        const counts = new Map<number, number>();
        for (const result of results) counts.set(result, (counts.get(result) ?? 0) + 1);
        for (const count of counts.values()) expect(count).toBeGreaterThanOrEqual(k);
        const total = results.reduce((sum, result) => sum + result, 0);
        // Each result is rounded by at most 5e-10.
        expect(Math.abs(total - values.reduce((sum, value) => sum + value, 0) / 100)).toBeLessThan(1e-6);
      }),
      { seed: 1 },
    );
  });

  it('makes every tuple of a group of fields stand for k records or more', () => {
    const point = fc.tuple(fc.option(fc.nat(50), { freq: 9 }), fc.option(fc.nat(50), { freq: 9 }));
    fc.assert(
      fc.property(fc.array(point, { minLength: 12, maxLength: 80 }), (points) => {
        fc.pre(points.filter((both) => !both.includes(null)).length >= 3);
        const resources = testResources();
        const field = (inputs: readonly Input[]) => ({
          definition: microaggregate,
          options: { k: 3, with: 'vitals', decimals: 6 },
          inputs,
          resources,
        });
        const [a, b] = runTable([field(points.map(([left]) => left)), field(points.map(([, right]) => right))]);
        const counts = new Map<string, number>();
        points.forEach((_, i) => {
          const key = JSON.stringify([a![i], b![i]]);
          counts.set(key, (counts.get(key) ?? 0) + 1);
        });
        for (const [key, count] of counts) if (key !== '[null,null]') expect(count).toBeGreaterThanOrEqual(3);
        points.forEach(([left], i) => {
          if (left === null) expect(a![i]).toBeNull();
        });
      }),
      { seed: 1 },
    );
  });

  it('refuses fewer values than a group takes, and does nothing to none', () => {
    expect(() => run(['1', '2'])).toThrow('fewer than 3 values');
    expect(run([])).toEqual([]);
    expect(run([null])).toEqual([null]);
  });

  it('is for numbers', () => {
    const check = (options: object, type?: 'integer' | 'number' | 'string' | 'date') =>
      (microaggregate.check?.(microaggregate.options.parse({ k: 3, ...options }), type) ?? []).map(({ path }) => path);
    expect(check({}, 'date')).toEqual([[]]);
    expect(check({}, 'string')).toEqual([[]]);
    expect(check({ decimals: 1 }, 'integer')).toEqual([['decimals']]);
    expect([check({}), check({ decimals: 2 }, 'number'), check({ decimals: 0 }, 'integer')]).toEqual([[], [], []]);
  });
});

/**
 * Loss SSE / SST in percent, over standardized fields, of MDAV: Laszlo, Mukherjee, "Minimum spanning tree partitioning algorithm for
 * microaggregation", IEEE TKDE 17(7), 2005.
 */
it.each([
  ['census', 3, 5.6922],
  ['census', 4, 7.4947],
  ['census', 5, 9.0884],
  ['census', 10, 14.1559],
  ['tarragona', 3, 16.9326],
])('loses what MDAV is published to lose: %s, k = %d', (name, k, published) => {
  const rows: string[][] = parse(gunzipSync(readFileSync(`test/vectors/${name}.csv.gz`)), { from: 2 });
  const resources = testResources();
  const fields = rows[0]!.map((_, i) => rows.map((row) => row[i]!));
  const results = runTable(
    fields.map((inputs) => ({
      definition: microaggregate,
      options: { k, with: 'all', decimals: 6 },
      inputs,
      resources,
    })),
  );
  let lost = 0;
  for (const [i, values] of fields.entries()) {
    const numbers = values.map(Number);
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
    lost += numbers.reduce((sum, value, row) => sum + (value - Number(results[i]![row])) ** 2, 0) / variance;
  }
  expect(((100 * lost) / (rows.length * fields.length)).toFixed(4)).toBe(published.toFixed(4));
});
