import fc from 'fast-check';
import type { Grouping } from '../../src/search/grouping.ts';
import type { Judge } from '../../src/search/optimal.ts';
import type { Level, SearchField, SearchTable } from '../../src/search/space.ts';

/** A hierarchy over values 0 … n − 1: each level joins labels of the one before. */
const field = (name: string): fc.Arbitrary<SearchField> =>
  fc
    .record({
      values: fc.integer({ min: 1, max: 6 }),
      unseen: fc.integer({ min: 0, max: 3 }),
      joins: fc.array(fc.array(fc.nat({ max: 3 }), { minLength: 9, maxLength: 9 }), { minLength: 0, maxLength: 2 }),
    })
    .map(({ values, unseen, joins }) => {
      const domain = values + unseen;
      let labels = Array.from({ length: domain }, (_, value) => value);
      const all = [labels];
      for (const join of joins) {
        labels = renumbered(labels.map((label) => join[label]!));
        all.push(labels);
      }
      all.push(labels.map(() => 0));
      const levels = all.map((of): Level => {
        const count = Math.max(...of) + 1;
        const share = Float64Array.from({ length: count }, (_, label) => of.filter((l) => l === label).length / domain);
        return { labelOf: Int32Array.from(of.slice(0, values)), count, share };
      });
      return { name, domain, levels, lowest: 0, highest: levels.length - 1, weight: 1 };
    });

/** Labels without gaps, in the order of first sight. */
function renumbered(labels: readonly number[]): number[] {
  const numbers = [...new Set(labels)];
  return labels.map((label) => numbers.indexOf(label));
}

/** Up to 30 tuples over up to four fields. */
export const table: fc.Arbitrary<SearchTable> = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc
      .tuple(...Array.from({ length: width }, (_, d) => field(`f${d}`)))
      .chain((fields) =>
        fc
          .array(
            fc.tuple(
              fc.integer({ min: 1, max: 4 }),
              ...fields.map(({ levels }) => fc.nat({ max: levels[0]!.labelOf.length - 1 })),
            ),
            { minLength: 1, maxLength: 30 },
          )
          .map((rows) => tableOf(fields, rows)),
      ),
  );

/** Rows are a count and a value for each field; equal rows become one tuple. */
export function tableOf(fields: readonly SearchField[], rows: readonly (readonly number[])[]): SearchTable {
  const counts = new Map<string, number>();
  for (const [count, ...values] of rows) counts.set(values.join(), (counts.get(values.join()) ?? 0) + count!);
  const tuples = [...counts.keys()].map((key) => key.split(',').map(Number));
  return {
    fields,
    records: [...counts.values()].reduce((a, b) => a + b, 0),
    values: fields.map((_, d) => Int32Array.from(tuples, (tuple) => tuple[d]!)),
    counts: Int32Array.from(counts.values()),
  };
}

/** k-anonymity. */
export function judgeOf(k: number): Judge {
  return {
    least: k,
    monotone: true,
    failing: ({ size }: Grouping) => [...size.keys()].filter((c) => size[c]! < k),
  };
}

/** Every generalization, the lowest first. */
export function everyLevels(fields: readonly SearchField[]): number[][] {
  return fields.reduce<number[][]>(
    (all, { levels }) => all.flatMap((before) => levels.map((_, level) => [...before, level])),
    [[]],
  );
}

/** Tuples of 1000 values a field, in groups of ten, of a hundred, and all; multiplicative congruences in place of chance. */
export function wideTable(width: number, records: number): SearchTable {
  const size = 1000;
  const levels = [1, 10, 100, size].map((group): Level => {
    const count = size / group;
    return {
      labelOf: Int32Array.from({ length: size }, (_, value) => Math.floor(value / group)),
      count,
      share: new Float64Array(count).fill(1 / count),
    };
  });
  const values = Array.from({ length: width }, () => new Int32Array(records));
  let state = 20261122;
  for (let t = 0; t < records; t++) {
    for (const of of values) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      of[t] = Math.floor((state / 2 ** 32) ** 2 * size);
    }
  }
  const fields = values.map((_, d) => ({
    name: `f${d}`,
    domain: size,
    levels,
    lowest: 0,
    highest: levels.length - 1,
    weight: 1,
  }));
  return { fields, records, values, counts: new Int32Array(records).fill(1) };
}
