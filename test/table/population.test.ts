import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Census,
  type CodedRecords,
  type Population,
  recordCensus,
  unitCensus,
} from '../../src/table/population.ts';
import { classesOf, type Row } from '../models/brute-force.ts';

interface Coded {
  readonly unit: number;
  readonly tuple: readonly number[];
  readonly sensitive: number;
}

const table = fc.nat({ max: 3 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    // Numbers of units need not be dense: some have no record.
    rows: fc.array(
      fc.record({
        unit: fc.nat({ max: 8 }),
        tuple: fc.array(fc.nat({ max: 2 }), { minLength: width, maxLength: width }),
        sensitive: fc.nat({ max: 3 }),
      }),
      { minLength: 1, maxLength: 30 },
    ),
    cut: fc.nat(),
  }),
);

function coded(rows: readonly Coded[], units: boolean): CodedRecords {
  return {
    records: rows.length,
    tuples: Int32Array.from(rows.flatMap(({ tuple }) => tuple)),
    sensitive: [Int32Array.from(rows, ({ sensitive }) => sensitive)],
    units: units ? Int32Array.from(rows, ({ unit }) => unit) : undefined,
  };
}

/** Class by class: individuals, records, and how often each sensitive value occurs. */
function shown(population: Population): unknown[] {
  return Array.from({ length: population.count }, (_, c) => {
    const { codes, counts } = population.histogram('s', c);
    const values = Array.from(codes, (code, i) => [code, counts[i]]).sort(([a], [b]) => a! - b!);
    return JSON.stringify([population.size(c), population.records(c), values]);
  }).sort();
}

function expected(rows: readonly Coded[], units: boolean): unknown[] {
  const plain = rows.map(
    ({ unit, tuple, sensitive }, r): Row => ({
      unit: String(units ? unit : r),
      tuple: tuple.map(String),
      sensitive: String(sensitive),
    }),
  );
  return classesOf(plain)
    .map((members) => {
      const counts = new Map<number, number>();
      for (const { sensitive } of members) counts.set(Number(sensitive), (counts.get(Number(sensitive)) ?? 0) + 1);
      const values = [...counts].sort(([a], [b]) => a - b);
      return JSON.stringify([new Set(members.map(({ unit }) => unit)).size, members.length, values]);
    })
    .sort();
}

function counted(census: Census, batches: readonly CodedRecords[]): Population {
  for (const batch of batches) census.add(batch);
  return census.finish();
}

describe.each([
  ['a census of records', recordCensus, false],
  ['a census of units', unitCensus, true],
] as const)('%s', (_, censusOf, units) => {
  it('counts the classes, their records and their sensitive values, whatever the batches', () => {
    fc.assert(
      fc.property(table, ({ width, rows, cut }) => {
        const at = cut % (rows.length + 1);
        const batches = [rows.slice(0, at), rows.slice(at)].map((part) => coded(part, units));
        const population = counted(censusOf(width, ['s']), batches);
        expect(shown(population)).toEqual(expected(rows, units));
        expect(population.individuals).toBe(units ? new Set(rows.map(({ unit }) => unit)).size : rows.length);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('says of every record which class it belongs to', () => {
    fc.assert(
      fc.property(table, ({ width, rows }) => {
        const whole = coded(rows, units);
        const population = counted(censusOf(width, ['s']), [whole]);
        const classes = rows.map((_row, r) => population.classOf(whole, r, r));
        for (let c = 0; c < population.count; c++) {
          expect(classes.filter((of) => of === c)).toHaveLength(population.records(c));
        }
        rows.forEach(({ sensitive }, r) => {
          expect([...population.histogram('s', classes[r]!).codes]).toContain(sensitive);
        });
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('knows nothing of a record that was not counted', () => {
    const population = counted(censusOf(1, []), [coded([{ unit: 0, tuple: [1], sensitive: 0 }], units)]);
    const other = coded([{ unit: 0, tuple: [2], sensitive: 0 }], units);
    expect(population.classOf(other, 0, 1)).toBe(-1);
    expect(() => population.histogram('s', 0)).toThrow();
  });
});

describe('the class of a unit', () => {
  it('is the multiset of its tuples: order does not count, number does', () => {
    const rows = [
      [0, 1],
      [0, 2],
      [1, 2],
      [1, 1],
      [2, 1],
      [2, 1],
      [2, 2],
      [3, 1],
    ].map(([unit, code]) => ({ unit: unit!, tuple: [code!], sensitive: 0 }));
    const population = counted(unitCensus(1, []), [coded(rows, true)]);
    const classOf = (r: number) => population.classOf(coded(rows, true), r, r);
    expect(classOf(0)).toBe(classOf(2));
    expect(new Set([0, 4, 7].map(classOf)).size).toBe(3);
    expect(population.size(classOf(0))).toBe(2);
  });

  it('holds past the room that is there at first', () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => ({ unit: i % 5000, tuple: [i % 7], sensitive: i % 2 }));
    const population = counted(unitCensus(1, ['s']), [coded(rows.slice(0, 9000), true), coded(rows.slice(9000), true)]);
    expect(shown(population)).toEqual(expected(rows, true));
  });
});
