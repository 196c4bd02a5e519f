import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import type { Hierarchy } from '../../src/hierarchies/definition.ts';
import { tCloseness } from '../../src/models/t-closeness.ts';
import { withReference } from '../../src/table/reference.ts';
import papers from '../vectors/papers/l-diversity-t-closeness.json' with { type: 'json' };
import { equalT, hierarchicalT, orderedT, type Value } from './definitions.ts';
import { all, bound, classesOfRows, problemsOf, tableOf } from './table.ts';

const { tables, values } = papers.t_closeness_2007;

function fraction(text: string): number {
  const [above, under] = text.split('/').map(Number);
  return above! / under!;
}

describe.each([
  ['table 3', tables.table3, 'salary', values.table3_raw],
  ['table 4', tables.table4, 'salary', values.table4_salary],
  ['table 5', tables.table5, 'salary', values.table5_salary],
  ['table 4', tables.table4, 'disease', values.table4_disease],
  ['table 5', tables.table5, 'disease', values.table5_disease],
] as const)('of the paper, %s by %s#1', (_, rows, sensitive, expected) => {
  const table = tableOf(classesOfRows(rows, ['zip', 'age'], sensitive));

  it('is this close, and no closer', () => {
    for (const [variant, t] of [
      ['equal', expected.t_equal],
      ['ordered', 't_ordered' in expected ? expected.t_ordered : undefined],
    ] as const) {
      if (t === undefined) continue;
      const at = (limit: number) => all(table).every(bound(tCloseness, { variant, t: limit }, table).satisfied);
      expect(bound(tCloseness, { variant, t: 0 }, table).measure(all(table)).t).toBeCloseTo(fraction(t), 11);
      expect([at(fraction(t)), at(fraction(t) - 1e-9)]).toEqual([true, false]);
    }
  });
});

describe('the distances of the paper', () => {
  const salaries = ['3', '4', '5', '6', '7', '8', '9', '10', '11'];
  it.each([
    [['3', '4', '5'], '3/8'],
    [['6', '8', '11'], '1/6'],
  ])('of salaries %j from all', (own, expected) => {
    // The class stands beside the other salaries, so that all together are the nine of the paper.
    const table = tableOf([own, salaries.filter((v) => !own.includes(v))]);
    expect(bound(tCloseness, { t: 0, variant: 'ordered' }, table).measure([0]).t).toBeCloseTo(fraction(expected), 11);
  });

  // A small tree in the manner of its taxonomy of diseases.
  it('of diseases meet by half below their system', () => {
    const parts: Record<string, string> = { ulcer: 'stomach', gastritis: 'stomach', colitis: 'colon', flu: 'lung' };
    const hierarchy: Hierarchy = {
      height: 2,
      ancestor: (text, level) =>
        parts[text] === undefined ? null : level === 0 ? text : level === 1 ? parts[text] : '*',
    };
    const table = tableOf([['ulcer'], ['gastritis'], ['colitis'], ['flu']]);
    const criterion = bound(tCloseness, { t: 0, variant: 'hierarchical', hierarchy: 'h' }, table, {
      hierarchy: () => hierarchy,
    });
    // From ulcer ¼ goes to gastritis at ½, ½ to the two others at 1; from flu ¾ go over the root.
    expect(criterion.measure([0]).t).toBeCloseTo(0.25 * 0.5 + 0.5, 12);
    expect(criterion.measure([3]).t).toBeCloseTo(0.75, 12);
  });
});

const value = fc.constantFrom('1', '2', '10', '-3', '0.5', null);
const tablesOf = fc.array(fc.array(value, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });
const inOrder: Value[] = [null, '-3', '0.5', '1', '2', '10'];
const nested: Hierarchy = {
  height: 3,
  ancestor: (text, level) => [text, `${text.length}`, text.length > 1 ? 'long' : 'short', '*'][level] ?? null,
};
const pathOf = (v: Value): string[] =>
  v === null ? ['none', 'none', '*'] : [1, 2, 3].map((level) => nested.ancestor(v, level)!);

describe('t-closeness, by its definitions', () => {
  it.each<[string, object, (own: readonly Value[], table: readonly Value[]) => number]>([
    ['equal', {}, equalT],
    ['ordered', {}, (own, table) => orderedT(own, table, inOrder)],
    [
      'ordered',
      { order: [10, '1', null, '2', '-3', 0.5, 'absent'] },
      (own, table) => orderedT(own, table, ['10', '1', null, '2', '-3', '0.5']),
    ],
    ['hierarchical', { hierarchy: 'h' }, (own, table) => hierarchicalT(own, table, pathOf)],
  ])('%s %j', (variant, more, expected) => {
    fc.assert(
      fc.property(tablesOf, fc.double({ min: 0, max: 0.99, noNaN: true }), (classes, t) => {
        const table = tableOf(classes);
        const criterion = bound(tCloseness, { t, variant, ...more }, table, { hierarchy: () => nested });
        classes.forEach((own, c) => {
          const distance = expected(own, classes.flat());
          expect(criterion.measure([c]).t).toBeCloseTo(distance, 10);
          if (Math.abs(distance - t) > 1e-9) expect(criterion.satisfied(c)).toBe(distance <= t);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('orders text by code point, not by its units', () => {
    // U+FFFD is below U+1F600, whose first unit is 0xD83D.
    const classes = [['a', 'a'], ['\ufffd'], ['😀']];
    const table = tableOf(classes);
    const criterion = bound(tCloseness, { t: 0, variant: 'ordered' }, table);
    expect(criterion.measure([1]).t).toBeCloseTo(orderedT(['\ufffd'], classes.flat(), ['a', '\ufffd', '😀']), 12);
  });

  it('compares with all records of the input, suppressed ones included', () => {
    const source = tableOf([
      ['a', 'b'],
      ['c', 'c'],
      [null, ''],
    ]);
    // The output has the first class alone, and codes of its own.
    const written = withReference(tableOf([['b', 'a']]), source);
    expect(bound(tCloseness, { t: 0 }, written).measure([0]).t).toBeCloseTo(2 / 3, 12);
    expect(written.distribution('s').total).toBe(6);
    const { codes, counts, text } = written.distribution('s');
    expect(new Map(Array.from(codes, (code) => [text(code), counts[code]]))).toEqual(
      new Map<string | null, number>([
        ['a', 1],
        ['b', 1],
        ['c', 2],
        [null, 1],
        ['', 1],
      ]),
    );
  });
});

describe('options of t-closeness', () => {
  it.each([
    [{ t: 0.2, order: ['a', 'b'] }, ['order: `order` is for `variant: ordered`']],
    [{ t: 0.2, variant: 'ordered', order: ['1', 1] }, ['order: `order` names a value twice']],
    [{ t: 0.2, hierarchy: 'h' }, ['hierarchy: `hierarchy` is for `variant: hierarchical`']],
    [{ t: 0.2, variant: 'hierarchical' }, ['variant: `variant: hierarchical` needs `hierarchy`']],
    [{ t: 0.2, variant: 'hierarchical', hierarchy: 'h' }, []],
  ])('%j', (options, problems) => {
    expect(problemsOf(tCloseness, options)).toEqual(problems);
  });

  it.each([-0.1, 1, '0.2'])('take no t of %s', (t) => {
    expect(tCloseness.options.safeParse({ t, sensitive: 's' }).success).toBe(false);
  });

  it('must have a place for every value, and do not show the one that has none', () => {
    const table = tableOf([['secret', 'b', null]]);
    const message = (options: object) => {
      try {
        bound(tCloseness, { t: 0, ...options }, table, {
          hierarchy: () => ({
            height: 1,
            ancestor: (text, level) => (text === 'b' ? (level === 0 ? text : '*') : null),
          }),
        });
      } catch (error) {
        if (error instanceof Failure) return error.diagnostics[0]!.message;
        throw error;
      }
    };
    expect(message({ variant: 'ordered', order: ['b', 'x'] })).toBe('`order` has no place for one value of the field');
    expect(message({ variant: 'hierarchical', hierarchy: 'h' })).toBe(
      'hierarchy `h` does not know one value of the field',
    );
  });
});
