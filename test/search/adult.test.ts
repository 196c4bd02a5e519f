import { describe, expect, it } from 'vitest';
import { finished } from '../../src/base/steps.ts';
import { createGrouper } from '../../src/search/grouping.ts';
import { measures } from '../../src/search/measures/index.ts';
import { findOptimal } from '../../src/search/optimal.ts';
import { adult } from './adult.ts';
import { judgeOf } from './tables.ts';

/** Found by counting the classes of all 12,960 generalizations. */
const known = [
  { limit: 0, score: 0.5731509655590044 },
  { limit: 0.04, score: 0.266110819214322 },
  { limit: 1, score: 0.2204119285497161 },
];

describe('Adult, k = 5', () => {
  const table = adult();
  const measure = measures.get('loss')!.bind(table);
  const search = (limit: number, mostCandidates?: number) =>
    finished(
      findOptimal({
        table,
        measure,
        judge: judgeOf(5),
        allowed: Math.floor(limit * table.records),
        budget: 1e9,
        ...(mostCandidates === undefined ? {} : { mostCandidates }),
      }),
    )!;

  it('has the records that it is published with', () => {
    expect(table.records).toBe(30162);
    expect(table.fields.reduce((product, { levels }) => product * levels.length, 1)).toBe(12960);
  });

  it.each(known)('has the least loss that is known, with up to $limit suppressed', ({ limit, score }) => {
    const found = search(limit);
    expect(Math.abs(found.score - score)).toBeLessThan(1e-9);
    expect(found.proven).toBe(true);
    // More candidates than may be listed: taken by their floor.
    expect(search(limit, 10)).toMatchObject({ levels: found.levels, score: found.score, proven: true });
  });

  it('has 24 classes where nothing is suppressed', () => {
    const { levels, classes, suppressedRecords } = search(0);
    expect({ levels, classes, suppressedRecords }).toEqual({
      levels: [0, 4, 1, 1, 3, 2, 2, 1, 0],
      classes: 24,
      suppressedRecords: 0,
    });
    const grouper = createGrouper(table);
    expect(Math.min(...grouper.group(levels, grouper.base).size)).toBeGreaterThanOrEqual(5);
  });
});
