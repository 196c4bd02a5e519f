import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lDiversity } from '../../src/models/l-diversity.ts';
import papers from '../vectors/papers/l-diversity-t-closeness.json' with { type: 'json' };
import { entropyL, recursiveC } from './definitions.ts';
import { all, bound, classesOfRows, problemsOf, tableOf } from './table.ts';

const { tables, values } = papers.l_diversity_2006;
const later = papers.t_closeness_2007;

describe.each([
  ['figure 1', tables.fig1_raw, ['zip', 'age', 'nationality'], 'condition', values.fig1_raw],
  ['figure 2', tables.fig2, ['zip', 'age', 'nationality'], 'condition', values.fig2],
  ['figure 3', tables.fig3, ['zip', 'age', 'nationality'], 'condition', values.fig3],
  ['table 4 of t-closeness', later.tables.table4, ['zip', 'age'], 'salary', later.values.table4_salary],
  ['table 5 of t-closeness', later.tables.table5, ['zip', 'age'], 'disease', later.values.table5_disease],
] as const)('of the paper, %s', (_, rows, quasi, sensitive, expected) => {
  const table = tableOf(classesOfRows(rows, quasi, sensitive));
  const kept = all(table);

  it('has this many classes and this diversity', () => {
    expect(table.count).toBe(expected.classes);
    expect(bound(lDiversity, { l: 2 }, table).measure(kept)).toEqual({ l: expected.distinct_l });
    const { l } = bound(lDiversity, { l: 2, variant: 'entropy' }, table).measure(kept);
    expect(l).toBeCloseTo(expected.entropy_l, 11);
  });

  it('has this ratio of the most frequent value to the rest', () => {
    const [ratio, l] = expected.recursive_c_must_exceed_at_l;
    if (l === 1) return;
    const c = Number(ratio);
    expect(bound(lDiversity, { l, c, variant: 'recursive' }, table).measure(kept)).toEqual({ l, c });
    const holds = (limit: number) => {
      const criterion = bound(lDiversity, { l, c: limit, variant: 'recursive' }, table);
      return kept.every((k) => criterion.satisfied(k));
    };
    expect([holds(c), holds(c + 1e-6)]).toEqual([false, true]);
  });
});

describe('entropy l-diversity', () => {
  it('of figure 3 is 2.8, as the paper says', () => {
    const table = tableOf(classesOfRows(tables.fig3, ['zip', 'age', 'nationality'], 'condition'));
    expect(all(table).every(bound(lDiversity, { l: 2.8, variant: 'entropy' }, table).satisfied)).toBe(true);
    expect(all(table).every(bound(lDiversity, { l: 2.9, variant: 'entropy' }, table).satisfied)).toBe(false);
  });

  it('is met exactly by l values of which each is as frequent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 20 }), (l, times) => {
        const own = Array.from({ length: l * times }, (_, i) => String(i % l));
        const table = tableOf([own]);
        expect(bound(lDiversity, { l, variant: 'entropy' }, table).satisfied(0)).toBe(true);
        expect(bound(lDiversity, { l: l + 1e-6, variant: 'entropy' }, table).satisfied(0)).toBe(false);
        expect(bound(lDiversity, { l, variant: 'entropy' }, table).measure([0])).toEqual({ l });
      }),
    );
  });
});

const column = fc.array(fc.constantFrom('a', 'b', 'c', '', '👩‍🔬', null), { minLength: 1, maxLength: 30 });

describe('l-diversity, by its definitions', () => {
  it('has the entropy of the sum over values', () => {
    fc.assert(
      fc.property(column, (own) => {
        const { l } = bound(lDiversity, { l: 2, variant: 'entropy' }, tableOf([own])).measure([0]);
        expect(l).toBeCloseTo(entropyL(own), 9);
      }),
    );
  });

  it('is recursive where r1 < c (r_l + … + r_m)', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 2, max: 4 }), fc.constantFrom(0.5, 1, 1.5, 2, 3), (own, l, c) => {
        const criterion = bound(lDiversity, { l, c, variant: 'recursive' }, tableOf([own]));
        expect(criterion.satisfied(0)).toBe(recursiveC(own, l) < c);
      }),
    );
  });

  it('is no (c, l) with fewer than l values, whatever c', () => {
    const criterion = bound(lDiversity, { l: 3, c: 1e300, variant: 'recursive' }, tableOf([['a', 'b']]));
    expect(criterion.satisfied(0)).toBe(false);
  });

  // 0.1 × 30 must equal 3: r1 = 3 is not below it.
  it('compares in decimals', () => {
    const own = [...Array(3).fill('x'), ...Array.from({ length: 30 }, (_, i) => `v${i}`)];
    const strict = bound(lDiversity, { l: 2, c: 0.1, variant: 'recursive' }, tableOf([own]));
    expect(strict.satisfied(0)).toBe(false);
  });
});

describe('options of l-diversity', () => {
  it.each([
    [{ l: 2.5 }, ['l: must be a whole number']],
    [{ l: 2.5, variant: 'entropy' }, []],
    [{ l: 2, variant: 'recursive' }, ['variant: `variant: recursive` needs `c`']],
    [{ l: 2, c: 2 }, ['c: `c` is for `variant: recursive`']],
    [{ l: 2.5, variant: 'recursive' }, ['l: must be a whole number', 'variant: `variant: recursive` needs `c`']],
  ])('%j', (options, problems) => {
    expect(problemsOf(lDiversity, options)).toEqual(problems);
  });

  it.each([{ l: 1 }, { l: 0 }, { l: '2' }, { l: 2, c: 0 }, { l: 2, variant: 'other' }])('%j are none', (options) => {
    expect(lDiversity.options.safeParse({ sensitive: 's', ...options }).success).toBe(false);
  });

  it('are stated', () => {
    const options = lDiversity.options.parse({ l: 3, c: 2, variant: 'recursive', sensitive: 's' });
    expect(lDiversity.required(options)).toEqual({ l: 3, c: 2, variant: 'recursive', sensitive: 's' });
    expect(lDiversity.sensitive?.(options)).toEqual([{ field: 's', path: ['sensitive'] }]);
  });
});
