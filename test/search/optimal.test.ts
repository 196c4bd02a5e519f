import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '../../src/base/steps.ts';
import { preferred } from '../../src/search/candidates.ts';
import { createGrouper } from '../../src/search/grouping.ts';
import { measures } from '../../src/search/measures/index.ts';
import { findOptimal, type Judge } from '../../src/search/optimal.ts';
import type { Levels, SearchTable } from '../../src/search/space.ts';
import { everyLevels, judgeOf, table } from './tables.ts';

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

  it('says how far off it may be when the budget is spent', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 2, max: 4 }), fc.constantFrom(0, 1000), (of, k, mostCandidates) => {
        const judge = judgeOf(k);
        const best = bruteForce(of, 'loss', judge, of.records)!;
        const found = finished(
          findOptimal({
            table: of,
            measure: measures.get('loss')!.bind(of),
            judge,
            allowed: of.records,
            budget: 0,
            mostCandidates,
          }),
        );
        expect(found!.bound).toBeLessThanOrEqual(best.score + 1e-9);
        expect(found!.score).toBeGreaterThanOrEqual(best.score - 1e-9);
        if (found!.proven) expect(found!.score).toBeCloseTo(best.score, 9);
      }),
      { numRuns: 100 },
    );
  });
});
