import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { age } from '../../src/hierarchies/age.ts';
import { levelsOf, noFiles } from './forms.ts';

const everyYear = Array.from({ length: 131 }, (_, year) => year);

function build(asOf: string, intervals: readonly number[], then: readonly number[] = []) {
  return age.build(age.options.parse({ age: { 'as-of': asOf, intervals, then } }), noFiles);
}

/** Age in years, from the label `[n,n+1)`. */
function ageOf(birth: string, asOf: string): number | null {
  const [levels] = levelsOf(build(asOf, everyYear), [birth]);
  return levels![1] === null ? null : Number(/^\[(\d+),/.exec(levels![1]!)![1]);
}

describe('age', () => {
  it.each([
    ['2000-06-15', '2018-06-14', 17],
    ['2000-06-15', '2018-06-15', 18],
    ['2000-06-15', '2018-06-16', 18],
    ['1999-12-31', '2026-01-01', 26],
    ['2026-01-01', '2026-01-01', 0],
    ['2025-01-02', '2026-01-01', 0],
  ])('who is born on %s is on %s of age %i', (birth, day, years) => {
    expect(ageOf(birth, day)).toBe(years);
  });

  // Cap. 410 section 5 (Hong Kong): in a year without 29 February the anniversary is 1 March.
  it.each([
    ['2026-02-28', 17],
    ['2026-03-01', 18],
    ['2028-02-28', 19],
    ['2028-02-29', 20],
    ['2100-02-28', 91],
    ['2100-03-01', 92],
  ])('who is born on 29 February 2008 is on %s of age %i', (day, years) => {
    expect(ageOf('2008-02-29', day)).toBe(years);
  });

  it('does not know births after the day, nor what is no date', () => {
    const hierarchy = build('2026-01-01', [0, 18]);
    const unknown = [
      '2026-01-02',
      '9999-12-31',
      '',
      '1987',
      '1987-02-29',
      '1987-06-31',
      '87-06-05',
      '42',
      '1987-06-05 ',
    ];
    for (const levels of levelsOf(hierarchy, unknown)) expect(levels).toEqual([null, null, null]);
  });

  it('takes dates with a time of day as written', () => {
    const born = '1987-06-05T23:59:59+14:00';
    expect(levelsOf(build('2005-06-05', [18]), [born])).toEqual([[born, '>=18', '*']]);
  });

  it('merges intervals as `intervals` does', () => {
    const hierarchy = build('2026-01-01', [0, 18, 40, 65, 90], [2]);
    expect(levelsOf(hierarchy, ['1900-01-01', '1990-01-01'])).toEqual([
      ['1900-01-01', '>=90', '>=90', '*'],
      ['1990-01-01', '[18,40)', '[0,40)', '*'],
    ]);
  });

  it.each(['2026-02-30', '2026', '01.01.2026', 'today', '2026-01-01T00:00:00Z', ''])('refuses %j as a day', (day) => {
    expect(age.options.safeParse({ age: { 'as-of': day, intervals: [0] } }).success).toBe(false);
  });

  it('counts the birthdays that have come', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    const iso = (date: Date) => date.toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [birth, reference] = one <= other ? [one, other] : [other, one];
        // By definition: the anniversaries in the years after the birth that lie on or before the day. Date takes 29 February of
        // a common year for 1 March.
        const anniversaries = everyYear.slice(1).filter((years) => {
          const at = Date.UTC(birth.getUTCFullYear() + years, birth.getUTCMonth(), birth.getUTCDate());
          return at <= Date.parse(iso(reference));
        });
        expect(ageOf(iso(birth), iso(reference))).toBe(anniversaries.length);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
