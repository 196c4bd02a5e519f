import { z } from 'zod';
import { Kind } from '../table/column.ts';
import { isIsoDay, isoDateAt, readIsoDate, yearsBetween } from '../table/iso-date.ts';
import { defineHierarchy, type Hierarchy, inlineForm, type WriteAncestors, writeKnown } from './definition.ts';
import { bounds, buildIntervals, merges } from './interval.ts';

const asOf = z
  .string()
  .refine(isIsoDay, 'must be a date such as "2026-01-01"')
  .describe('The day on which ages are counted, such as 2026-01-01. A date of the policy, never the clock.');
const ages = bounds.describe('Ages in whole years, in increasing order: `[0, 18, 65]`.');

/**
 * Dates of birth by the age that is reached on a fixed day, in whole years. A birth after that day is unknown to the hierarchy: no
 * age is true of it. For 29 February see `yearsBetween`.
 */
export const age = defineHierarchy({
  name: 'age',
  summary: 'Dates of birth by age in whole years on a fixed day, then by ever wider intervals of ages.',
  options: z.strictObject({
    // biome-ignore lint/suspicious/noThenProperty: the word of the policy language; its value is a list, never a function.
    age: z.strictObject({ 'as-of': asOf, intervals: ages, then: merges }).describe('From dates of birth to ages.'),
  }),
  examples: [
    {
      // biome-ignore lint/suspicious/noThenProperty: as above.
      options: { age: { 'as-of': '2026-01-01', intervals: [0, 18, 65, 90], then: [2] } },
      input: '1987-06-05',
      levels: ['1987-06-05', '[18,65)', '[0,65)', '*'],
    },
    {
      options: { age: { 'as-of': '2026-02-28', intervals: [0, 18] } },
      input: '2008-02-29',
      levels: ['2008-02-29', '[0,18)', '*'],
    },
  ],
  inline: inlineForm(
    z
      .strictObject({ 'as-of': asOf, intervals: ages })
      .describe(
        'Dates of birth by the interval of ages reached on a day: `{ as-of: 2026-01-01, intervals: [0, 18, 65] }`.',
      ),
    // biome-ignore lint/suspicious/noThenProperty: as above.
    (value) => ({ age: { ...value, then: [] } }),
    [{ value: { 'as-of': '2026-01-01', intervals: [0, 18, 65] }, input: '1961-01-01', output: '>=65' }],
  ),
  build: ({ age: options }) =>
    buildAges(readIsoDate(options['as-of']), buildIntervals(options.intervals, options.then)),
});

function buildAges(day: number, years: Hierarchy): Hierarchy {
  return {
    height: years.height,
    ancestor(text, level) {
      const birth = readIsoDate(text);
      if (!isBorn(birth, day)) return null;
      return level === 0 ? text : years.ancestor(String(yearsBetween(birth, day)), level);
    },
    ancestorBytes: (level) =>
      level === 0
        ? writeKnown((bytes, from, to) => isBorn(isoDateAt(bytes, from, to), day))
        : writeAges(day, (reached) => years.ancestor(String(reached), level)!),
  };
}

/** 0 stands for what is no date. */
function isBorn(birth: number, day: number): boolean {
  return birth !== 0 && birth <= day;
}

function writeAges(day: number, labelOf: (reached: number) => string): WriteAncestors {
  const oldest = day >> 9;
  const labels = Array.from({ length: oldest + 1 }, (_, reached) => Buffer.from(labelOf(reached)));
  return (input, output) => {
    for (let i = 0; i < input.count; i++) {
      const birth = isoDateAt(input.bytes, input.start[i]!, input.end[i]!);
      if (isBorn(birth, day)) {
        const label = labels[yearsBetween(birth, day)]!;
        output.copy(Kind.text, label, 0, label.length);
      } else output.invalid();
    }
  };
}
