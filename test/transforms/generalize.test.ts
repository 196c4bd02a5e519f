import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../src/base/diagnostic.ts';
import { intervals } from '../../src/hierarchies/interval.ts';
import { INVALID, Numeral } from '../../src/transforms/definition.ts';
import { generalize } from '../../src/transforms/generalize.ts';
import { noFiles } from '../hierarchies/forms.ts';
import { checkForms, testResources } from './harness.ts';

const age = intervals.build(intervals.options.parse({ intervals: [0, 18, 65] }), noFiles);
/** A hierarchy without a byte form, as a table of values is. */
const colours = {
  height: 1,
  ancestor: (text: string, level: number) => (text === 'rosé' ? (level === 0 ? text : '*') : null),
};
const resources = testResources({ field: 'age', hierarchies: { age, colours } });

describe('generalize', () => {
  it('takes values to a level of a hierarchy', () => {
    const values = ['17', 65, new Numeral('18.0'), 'x', null, true];
    const at = (level: number) => checkForms(generalize, { hierarchy: 'age', level }, values, resources);
    expect(at(1)).toEqual(['[0,18)', '>=65', '[18,65)', INVALID, INVALID, INVALID]);
    expect(at(2)).toEqual(['*', '*', '*', INVALID, INVALID, INVALID]);
  });

  it('leaves values at level 0 as they stand, numbers as numbers', () => {
    expect(checkForms(generalize, { hierarchy: 'age', level: 0 }, ['17', new Numeral('1.70'), 'x'], resources)).toEqual(
      ['17', new Numeral('1.70'), INVALID],
    );
    expect(generalize.produces?.({ hierarchy: 'age', level: 0 }, 'integer')).toBe('integer');
    expect(generalize.produces?.({ hierarchy: 'age', level: 1 }, 'integer')).toBe('string');
  });

  it('says that level 0 changes nothing', () => {
    expect(generalize.leavesAsIs?.({ hierarchy: 'age', level: 0 })).toBe(true);
    expect(generalize.leavesAsIs?.({ hierarchy: 'age', level: 1 })).toBe(false);
    expect(generalize.leavesAsIs?.({ prefix: 3 })).toBe(false);
  });

  it('serves hierarchies that know only strings', () => {
    expect(checkForms(generalize, { hierarchy: 'colours', level: 1 }, ['rosé', 'red'], resources)).toEqual([
      '*',
      INVALID,
    ]);
    expect(checkForms(generalize, { hierarchy: 'colours', level: 0 }, ['rosé'], resources)).toEqual(['rosé']);
  });

  it('has inline forms', () => {
    const inline = (options: unknown, input: string) => checkForms(generalize, options, [input])[0];
    expect(inline({ intervals: [0.5] }, '0.49')).toBe('<0.5');
    expect(inline({ date: 'month' }, '2024-07-31T12:00:00Z')).toBe('2024-07');
    expect(inline({ date: 'decade' }, '2024-07-31')).toBe('2020s');
    expect(inline({ prefix: 0 }, 'abc')).toBe('***');
    expect(inline({ zip3: 'census-2020' }, '03601')).toBe('000');
    expect(inline({ date: 'year' }, '2023-02-30')).toBe(INVALID);
  });

  it('refuses a level above the root, at its field', () => {
    for (const form of [generalize.bind, generalize.bindBytes!]) {
      let failure: Failure | undefined;
      try {
        form({ hierarchy: 'age', level: 3 }, resources);
      } catch (error) {
        failure = error as Failure;
      }
      expect(failure?.diagnostics).toEqual([
        {
          code: 'POLICY-MEANING',
          message: 'level 3 is above the root of hierarchy `age`',
          place: { field: 'age' },
          hint: 'its levels are 0 to 2',
        },
      ]);
    }
  });

  it('names the hierarchy that it refers to', () => {
    expect(generalize.references?.({ hierarchy: 'age', level: 1 })).toEqual([
      { section: 'hierarchies', name: 'age', path: ['hierarchy'] },
    ]);
    expect(generalize.references?.({ prefix: 3 })).toEqual([]);
  });

  it.each([
    [{}, [], '`generalize` does not say to what'],
    [{ hierarchy: 'age', level: [2, 1] as [number, number] }, ['level'], 'the first level is above the second'],
    [{ hierarchy: 'age', level: 1, weight: 2 }, ['weight'], '`weight` where no level is searched for'],
    [{ prefix: 3, level: 1 }, ['level'], '`level` without `hierarchy`'],
    [{ hierarchy: 'age', level: 1, date: 'year' as const }, ['date'], '`date` beside `hierarchy`'],
  ])('takes exactly one form: %j', (options, path, message) => {
    expect(generalize.check?.(options, undefined)).toEqual([{ path, message, hint: expect.any(String) }]);
  });

  it('leaves a level that the options leave open to a search', () => {
    expect(generalize.searches?.({ hierarchy: 'age' })).toBe(true);
    expect(generalize.searches?.({ hierarchy: 'age', level: [1, 2] })).toBe(true);
    expect(generalize.searches?.({ hierarchy: 'age', level: 1 })).toBe(false);
    expect(generalize.searches?.({ prefix: 2 })).toBe(false);
  });

  it('finds nothing wrong with its examples', () => {
    for (const { options } of generalize.examples) {
      expect(generalize.check?.(generalize.options.parse(options), undefined)).toEqual([]);
    }
  });

  it('is the same in both forms', () => {
    const options = fc.constantFrom(
      { intervals: [-1, 0, 2.5, 100] },
      { date: 'quarter' },
      { prefix: 2 },
      { zip3: 'census-2020' },
      { hierarchy: 'age', level: 0 },
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.stringMatching(/^\d{5}(-\d{4})?$/),
      fc.stringMatching(/^20[0-2]\d-[01]\d-[0-3]\d$/),
    );
    fc.assert(
      fc.property(options, fc.array(value), (chosen, values) => {
        checkForms(generalize, chosen, values, resources);
      }),
      { seed: 11 },
    );
  });
});
