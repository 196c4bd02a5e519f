import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preferred } from '../../src/search/candidates.ts';
import { createGrouper, type Grouping } from '../../src/search/grouping.ts';
import { measures } from '../../src/search/measures/index.ts';
import { findOptimal, type Judge } from '../../src/search/optimal.ts';
import type { Level, Levels, SearchField, SearchTable } from '../../src/search/space.ts';

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
        labels = labels.map((label) => join[label]!);
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

const table: fc.Arbitrary<SearchTable> = fc
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
function tableOf(fields: readonly SearchField[], rows: readonly (readonly number[])[]): SearchTable {
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

function judgeOf(k: number): Judge {
  return {
    least: k,
    monotone: true,
    failing: ({ size }: Grouping) => [...size.keys()].filter((c) => size[c]! < k),
  };
}

/** Count the classes of every generalization. */
function bruteForce(of: SearchTable, name: string, judge: Judge, allowed: number) {
  const measure = measures.get(name)!.bind(of);
  const grouper = createGrouper(of);
  let best: { levels: Levels; score: number; suppressedRecords: number } | undefined;
  for (const levels of everyLevels(of.fields)) {
    const grouping = grouper.group(levels, grouper.base);
    const suppressed = judge.failing(grouping);
    const suppressedRecords = suppressed.reduce((sum, c) => sum + grouping.size[c]!, 0);
    const score = measure.score({ grouping, labels: grouper.labels, suppressed, suppressedRecords });
    expect(measure.floor(levels)).toBeLessThanOrEqual(score * (1 + 1e-9) + 1e-9);
    if (suppressedRecords > allowed) continue;
    if (best === undefined || score < best.score || (score === best.score && preferred(levels, best.levels) < 0)) {
      best = { levels, score, suppressedRecords };
    }
  }
  return best;
}

function everyLevels(fields: readonly SearchField[]): number[][] {
  return fields.reduce<number[][]>(
    (all, { levels }) => all.flatMap((before) => levels.map((_, level) => [...before, level])),
    [[]],
  );
}

describe('findOptimal', () => {
  for (const name of measures.names) {
    it(`finds what looking at every generalization finds, by ${name}`, () => {
      fc.assert(
        fc.property(
          table,
          fc.integer({ min: 2, max: 6 }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          (of, k, share) => {
            const allowed = Math.floor(share * of.records);
            const judge = judgeOf(k);
            const expected = bruteForce(of, name, judge, allowed);
            const measure = measures.get(name)!.bind(of);
            const found = findOptimal({ table: of, measure, judge, allowed, budget: 1e9 });
            if (expected === undefined) {
              expect(found).toBeUndefined();
              return;
            }
            expect(found).toMatchObject({ proven: true });
            expect(found!.score).toBeCloseTo(expected.score, 9);
            expect(found!.suppressedRecords).toBeLessThanOrEqual(allowed);
          },
        ),
        { numRuns: 150 },
      );
    });
  }

  it('says how far off it may be when the budget is spent', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 2, max: 4 }), (of, k) => {
        const judge = judgeOf(k);
        const best = bruteForce(of, 'loss', judge, of.records)!;
        const found = findOptimal({
          table: of,
          measure: measures.get('loss')!.bind(of),
          judge,
          allowed: of.records,
          budget: 0,
        });
        expect(found!.bound).toBeLessThanOrEqual(best.score + 1e-9);
        expect(found!.score).toBeGreaterThanOrEqual(best.score - 1e-9);
        if (found!.proven) expect(found!.score).toBeCloseTo(best.score, 9);
      }),
      { numRuns: 100 },
    );
  });
});
