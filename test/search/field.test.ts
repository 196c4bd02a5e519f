import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { finished } from '../../src/base/steps.ts';
import { groups } from '../../src/hierarchies/groups.ts';
import { intervals } from '../../src/hierarchies/interval.ts';
import { prefix } from '../../src/hierarchies/prefix.ts';
import { searchField } from '../../src/search/field.ts';
import { noFiles } from '../hierarchies/forms.ts';

const education = groups.build(
  groups.options.parse({
    groups: [
      { label: 'school', values: ['9th', '10th', ''] },
      { label: 'higher', values: ['Doctorate'] },
    ],
  }),
  noFiles,
);

describe('searchField', () => {
  it('shares the domain of a list out to its labels, values that the data lacks included', () => {
    const field = finished(searchField(education, ['Doctorate', '9th', ''], 'edu'));
    expect(field).toMatchObject({ name: 'edu', domain: 4, lowest: 0, highest: 2, weight: 1 });
    expect(field.levels.map(({ labelOf, count, share }) => [[...labelOf], count, [...share]])).toEqual([
      [[0, 1, 2], 3, [0.25, 0.25, 0.25]],
      [[0, 1, 1], 2, [0.25, 0.75]],
      [[0, 0, 0], 1, [1]],
    ]);
  });

  it('takes the values of the data for the domain of a rule', () => {
    const hierarchy = intervals.build(intervals.options.parse({ intervals: [0, 10, 20] }), noFiles);
    const { domain, levels } = finished(searchField(hierarchy, ['1', '12', '2', '19', '3'], 'n'));
    expect(domain).toBe(5);
    expect([...levels[1]!.share]).toEqual([0.6, 0.4]);
  });

  it('takes bounds and weight', () => {
    const field = finished(searchField(education, ['9th'], 'edu', { lowest: 1, highest: 1, weight: 3 }));
    expect(field).toMatchObject({ lowest: 1, highest: 1, weight: 3 });
    expect(field.levels).toHaveLength(3);
  });

  it('says how many values the hierarchy does not know, and none of them', () => {
    const failing = (values: string[]) => {
      try {
        finished(searchField(education, values, 'edu'));
      } catch (error) {
        if (error instanceof Failure) return error.diagnostics[0]!;
      }
      throw new Error('it did not fail');
    };
    const { code, message, place } = failing(['9th', 'canary', '🙂', 'e\u0301']);
    expect([code, place]).toEqual(['DATA-VALUE', { field: 'edu' }]);
    expect(message).toBe('3 of its values are not known to the hierarchy (of 4)');
    expect(failing(['canary']).message).toBe('1 of its values is not known to the hierarchy (of 1)');
  });

  it('gives levels that are nested and shares that sum up to 1 where the data has the whole domain', () => {
    const hierarchy = prefix.build(prefix.options.parse({ prefix: [3, 1] }), noFiles);
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 5 }), { minLength: 1 }), (values) => {
        const { levels } = finished(searchField(hierarchy, values, 'code'));
        for (const [level, { labelOf, count, share }] of levels.entries()) {
          expect(share).toHaveLength(count);
          expect(share.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
          expect(Math.max(...labelOf)).toBe(count - 1);
          const above = levels[level + 1]?.labelOf;
          if (above === undefined) continue;
          const parents = new Map<number, number>();
          labelOf.forEach((label, i) => {
            expect(parents.get(label) ?? above[i]).toBe(above[i]);
            parents.set(label, above[i]!);
          });
        }
      }),
    );
  });
});
