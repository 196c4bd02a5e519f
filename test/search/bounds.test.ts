import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '../../src/base/steps.ts';
import { createBounds } from '../../src/search/bounds.ts';
import { isWithin } from '../../src/search/candidates.ts';
import { createGrouper, type Grouper } from '../../src/search/grouping.ts';
import type { Measure } from '../../src/search/measures/definition.ts';
import { measures } from '../../src/search/measures/index.ts';
import type { Levels } from '../../src/search/space.ts';
import { everyLevels, judgeOf, table } from './tables.ts';

/** What is suppressed at `levels`, and by how much that raises what each field loses. */
function suppressedAt({ raise }: Measure, grouper: Grouper, k: number, levels: Levels) {
  const grouping = grouper.group(levels, grouper.base);
  const suppressed = judgeOf(k).failing(grouping);
  const records = suppressed.reduce((sum, c) => sum + grouping.size[c]!, 0);
  const extra = levels.map((level, d) => raise?.(d, grouping, suppressed, grouper.labels(d, level)) ?? 0);
  return { grouping, suppressed, records, extra };
}

describe('bounds', () => {
  it.each(measures.names)(
    'by %s never say more than what counting says, whatever was learned, and never less than before',
    (name) => {
      fc.assert(
        fc.property(
          table,
          fc.integer({ min: 2, max: 5 }),
          fc.nat({ max: 40 }),
          fc.array(fc.nat(), { maxLength: 6 }),
          (of, k, allowed, learned) => {
            const measure = measures.get(name)!.bind(of);
            const grouper = createGrouper(of);
            const bounds = createBounds(of, grouper, k, allowed, measure);
            const every = everyLevels(of.fields);
            const before = new Map<Levels, number>();
            const check = () => {
              for (const levels of every) {
                const counted = suppressedAt(measure, grouper, k, levels);
                const least = finished(bounds.least(levels));
                const known = least?.records ?? Number.POSITIVE_INFINITY;
                expect(known).toBeGreaterThanOrEqual(before.get(levels) ?? 0);
                before.set(levels, known);
                if (least === undefined) {
                  expect(counted.records).toBeGreaterThan(allowed);
                  continue;
                }
                expect(least.records).toBeLessThanOrEqual(counted.records);
                // Sums in another order.
                least.extra.forEach((extra, d) => {
                  expect(extra).toBeLessThanOrEqual(counted.extra[d]! + 1e-9);
                });
                if (counted.records > allowed) continue;
                const { grouping, suppressed, records: suppressedRecords } = counted;
                const score = measure.score({ grouping, labels: grouper.labels, suppressed, suppressedRecords });
                const bound = measure.bound?.(levels, least) ?? measure.floor(levels);
                expect(bound).toBeLessThanOrEqual(score + 1e-9 * Math.abs(score) + 1e-9);
                expect(measure.floor(levels)).toBeLessThanOrEqual(bound + 1e-9 * Math.abs(bound) + 1e-9);
              }
            };
            check();
            bounds.refine();
            check();
            bounds.refine();
            for (const n of learned) {
              const levels = every[n % every.length]!;
              const { records, extra } = suppressedAt(measure, grouper, k, levels);
              bounds.learn(levels, { records, extra: Float64Array.from(extra) });
            }
            bounds.refine();
            check();
          },
        ),
        { numRuns: 20 },
      );
    },
  );

  it('rest on what is monotone: a finer generalization suppresses no less, and has no higher floor', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 2, max: 5 }), fc.nat(), fc.nat(), (of, k, one, other) => {
        const every = everyLevels(of.fields);
        const above = every[one % every.length]!;
        const levels = every[other % every.length]!.map((level, d) => Math.min(level, above[d]!));
        expect(isWithin(levels, above)).toBe(true);
        const grouper = createGrouper(of);
        for (const measure of measures.all.map((definition) => definition.bind(of))) {
          const finer = suppressedAt(measure, grouper, k, levels);
          const coarser = suppressedAt(measure, grouper, k, above);
          expect(finer.records).toBeGreaterThanOrEqual(coarser.records);
          finer.extra.forEach((extra, d) => {
            expect(extra).toBeGreaterThanOrEqual(coarser.extra[d]! - 1e-9);
          });
          const floor = measure.floor(above);
          expect(measure.floor(levels)).toBeLessThanOrEqual(floor + 1e-9 * Math.abs(floor) + 1e-9);
        }
      }),
      { numRuns: 200 },
    );
  });
});
