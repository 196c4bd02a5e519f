import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '../../src/base/steps.ts';
import { attackerRisk } from '../../src/risk/attacker.ts';
import { diversityOf } from '../../src/risk/diversity.ts';
import { prosecutorRisk } from '../../src/risk/reidentification.ts';
import type { Population } from '../../src/table/population.ts';

/** tables[c][v] records of class c have value v. */
function classes(tables: readonly (readonly number[])[]): Population {
  const total = (table: readonly number[]) => table.reduce((sum, n) => sum + n, 0);
  return {
    count: tables.length,
    individuals: tables.reduce((sum, table) => sum + total(table), 0),
    size: (c) => total(tables[c]!),
    records: (c) => total(tables[c]!),
    histogram: (_, c) => {
      const codes = [...tables[c]!.keys()].filter((v) => tables[c]![v]! > 0);
      return { codes: Int32Array.from(codes), counts: Int32Array.from(codes, (v) => tables[c]![v]!) };
    },
    distribution() {
      const counts = Float64Array.from({ length: Math.max(0, ...tables.map((table) => table.length)) }, (_, v) =>
        total(tables.map((table) => table[v] ?? 0)),
      );
      return { codes: Int32Array.from(counts.keys()), counts, total: total([...counts]), text: String };
    },
    classOf: () => -1,
  };
}

const tables = fc.array(
  fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 4, maxLength: 4 }).filter((table) => table.some((n) => n > 0)),
  { minLength: 1, maxLength: 6 },
);

describe('the diversity of a sensitive field', () => {
  it('is that of its least diverse class', () => {
    // Half the records are 0 and half are 1; the first class has 3 and 1 of 4, the second 1 and 3.
    const { distinct, entropy, closeness } = finished(
      diversityOf(
        's',
        classes([
          [3, 1],
          [1, 3],
        ]),
      ),
    );
    expect([distinct, closeness]).toEqual([2, 0.25]);
    // exp(-(0.75 ln 0.75 + 0.25 ln 0.25)) = 4 / 27^(1/4)
    expect(entropy).toBeCloseTo(4 / 27 ** 0.25, 12);
  });

  it('of balanced values is exactly their number', () => {
    expect(finished(diversityOf('s', classes([[7, 7, 7]]))).entropy).toBe(3);
  });

  it('lies between one value and all, and its distance is ½ Σ |p − q|', () => {
    fc.assert(
      fc.property(tables, (found) => {
        const { distinct, entropy, closeness } = finished(diversityOf('s', classes(found)));
        expect(entropy).toBeGreaterThanOrEqual(1 - 1e-12);
        expect(entropy).toBeLessThanOrEqual(4 + 1e-12);
        expect(distinct).toBe(Math.min(...found.map((table) => table.filter((n) => n > 0).length)));
        const all = [0, 1, 2, 3].map((v) => found.reduce((sum, table) => sum + table[v]!, 0));
        const share = (table: readonly number[]) => table.map((n) => n / table.reduce((a, b) => a + b, 0));
        const distances = found.map((table) => {
          const [p, q] = [share(table), share(all)];
          return p.reduce((sum, value, v) => sum + Math.abs(value - q[v]!), 0) / 2;
        });
        expect(closeness).toBeCloseTo(Math.max(...distances), 12);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('of nothing is none', () => {
    expect(finished(diversityOf('s', classes([])))).toEqual({ field: 's', distinct: 0, entropy: 0, closeness: 0 });
  });
});

describe('the risk by an attacker', () => {
  it('against the sizes of the data is the prosecutor risk', () => {
    fc.assert(
      fc.property(tables, (found) => {
        const population = classes(found);
        const risk = attackerRisk(population, population.size);
        const { highest, average, shareAbove } = prosecutorRisk(population);
        expect(risk).toMatchObject({ highest, shareAbove });
        expect(risk.average).toBeCloseTo(average, 12);
      }),
      { seed: 2 },
    );
  });

  it('against a population is 1 / the size there', () => {
    const population = classes([[2], [1, 1]]);
    expect(attackerRisk(population, (c) => [4, 20][c]!)).toEqual({
      highest: 0.25,
      average: 0.15,
      shareAbove: { '0.05': 0.5, '0.09': 0.5, '0.2': 0.5, '0.33': 0 },
    });
  });
});
