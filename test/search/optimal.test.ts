import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '../../src/base/steps.ts';
import { preferred } from '../../src/search/candidates.ts';
import { createGrouper } from '../../src/search/grouping.ts';
import { measures } from '../../src/search/measures/index.ts';
import { findOptimal, type Judge } from '../../src/search/optimal.ts';
import type { Levels, SearchTable } from '../../src/search/space.ts';
import { everyLevels, judgeOf, table, wideTable } from './tables.ts';

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

/** A bound on a share, as models of frequencies are: classes that are joined may fail where one of them did not, but not where none did. */
function shareJudge(of: SearchTable, k: number): Judge {
  const grouper = createGrouper(of);
  return {
    least: k,
    monotone: false,
    failing({ levels, count, size }) {
      const classOf = grouper.classOf(levels);
      const odd = new Float64Array(count);
      of.counts.forEach((records, t) => {
        if (t % 2 === 1) odd[classOf[t]!]! += records;
      });
      return [...size.keys()].filter((c) => size[c]! < k || odd[c]! > 0.6 * size[c]!);
    },
  };
}

/** Spent at once, somewhere on the way, at the end. */
const budgets = fc.constantFrom(0, 1000, 5000, 20_000, 1e9);

describe('findOptimal', () => {
  // 0: more candidates than may be listed, so that they are taken by their floor.
  for (const [name, mostCandidates] of measures.names.flatMap((name) => [[name, 1000] as const, [name, 0] as const])) {
    const way = mostCandidates === 0 ? 'by their floor' : 'from a list';
    it(`finds what looking at every generalization finds, by ${name}, ${way}`, () => {
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
            const found = finished(findOptimal({ table: of, measure, judge, allowed, budget: 1e9, mostCandidates }));
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

  it('counts the classes of a choice once, also where half of the budget is spent on a list', () => {
    fc.assert(
      fc.property(table, budgets, fc.constantFrom(...measures.names), (of, budget, name) => {
        const seen: string[] = [];
        const judge = judgeOf(3);
        const failing: Judge['failing'] = (grouping) => {
          seen.push(grouping.levels.join());
          return judge.failing(grouping);
        };
        const measure = measures.get(name)!.bind(of);
        const request = { table: of, measure, judge: { ...judge, failing }, allowed: of.records - 1, budget };
        const found = finished(findOptimal(request));
        expect(seen).toEqual([...new Set(seen)]);
        expect(found?.evaluated ?? seen.length).toBe(seen.length);
      }),
      { numRuns: 200 },
    );
  });

  it('says how far off it may be when the budget is spent', () => {
    fc.assert(
      fc.property(
        table,
        fc.integer({ min: 2, max: 4 }),
        fc.constantFrom(0, 1000),
        budgets,
        fc.constantFrom(0, 0.1, 0.3, 1),
        fc.boolean(),
        (of, k, mostCandidates, budget, share, monotone) => {
          const judge = monotone ? judgeOf(k) : shareJudge(of, k);
          const allowed = Math.floor(share * of.records);
          const best = bruteForce(of, 'loss', judge, allowed);
          const found = finished(
            findOptimal({
              table: of,
              measure: measures.get('loss')!.bind(of),
              judge,
              allowed,
              budget,
              mostCandidates,
            }),
          );
          // The most general one is looked at whatever the budget.
          if (monotone || budget === 1e9 || best === undefined) expect(found === undefined).toBe(best === undefined);
          if (found === undefined || best === undefined) return;
          if (budget === 1e9) expect(found.proven).toBe(true);
          expect(found!.bound).toBeLessThanOrEqual(best.score + 1e-9);
          expect(found!.score).toBeGreaterThanOrEqual(best.score - 1e-9);
          if (found!.proven) expect(found!.score).toBeCloseTo(best.score, 9);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('proves that none is better, though half of the budget does not suffice to look at all', () => {
    const of = wideTable(6, 50_000);
    const measure = measures.get('loss')!.bind(of);
    const found = finished(findOptimal({ table: of, measure, judge: judgeOf(5), allowed: 2500, budget: 1e8 }))!;
    expect(found).toMatchObject({ proven: true, bound: found.score });
    expect(found.score).toBeCloseTo(0.4827, 4);
  });

  it('finds levels at which the models hold, for whatever budget, where tuples are wide and nearly all distinct', () => {
    const of = wideTable(11, 20_000);
    const allowed = 1000;
    const measure = measures.get('loss')!.bind(of);
    const found = [1, 2e7, 2e8].map(
      (budget) => finished(findOptimal({ table: of, measure, judge: judgeOf(5), allowed, budget }))!,
    );
    for (const { levels, score, bound, suppressedRecords } of found) {
      const grouper = createGrouper(of);
      const grouping = grouper.group(levels, grouper.base);
      const suppressed = judgeOf(5).failing(grouping);
      expect(suppressed.reduce((sum, c) => sum + grouping.size[c]!, 0)).toBe(suppressedRecords);
      expect(suppressedRecords).toBeLessThanOrEqual(allowed);
      expect(measure.score({ grouping, labels: grouper.labels, suppressed, suppressedRecords })).toBe(score);
      expect(bound).toBeLessThanOrEqual(score);
    }
    const [nothing, little, more] = found;
    expect(nothing).toMatchObject({ score: 1, evaluated: 1, proven: false });
    expect(little!.score).toBeLessThan(0.9);
    expect(more!.score).toBeLessThanOrEqual(little!.score);
    // What is found by then scores no less than this.
    expect(more!.bound).toBeGreaterThan(0);
  });
});
