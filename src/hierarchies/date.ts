import { z } from 'zod';
import { Kind } from '../table/column.ts';
import { isoDateAt, monthOfDate, readIsoDate } from '../table/iso-date.ts';
import {
  defineHierarchy,
  type Hierarchy,
  inlineForm,
  root,
  type WriteAncestors,
  writeKnown,
  writeRoot,
} from './definition.ts';

/** Lengths of time in which dates can be gathered, from the shortest to the longest; each fits into the next. */
export const dateUnits = ['month', 'quarter', 'year', 'decade'] as const;
export type DateUnit = (typeof dateUnits)[number];

export const date = defineHierarchy({
  name: 'date',
  summary: 'Calendar dates (ISO 8601) by month, quarter, year or decade.',
  options: z.strictObject({
    date: z
      .array(z.enum(dateUnits))
      .min(1)
      .refine(widening, 'each unit must be longer than the one before')
      .describe(
        'The units of the levels, from the shortest to the longest: some of `month`, `quarter`, `year`, `decade`.',
      ),
  }),
  examples: [
    {
      options: { date: ['month', 'quarter', 'year', 'decade'] },
      input: '2024-07-31',
      levels: ['2024-07-31', '2024-07', '2024-Q3', '2024', '2020s', root],
    },
    {
      options: { date: ['year'] },
      input: '2024-02-29T23:59:59.5+02:00',
      levels: ['2024-02-29T23:59:59.5+02:00', '2024', root],
    },
  ],
  inline: inlineForm(
    z.enum(dateUnits).describe('Dates by `month`, `quarter`, `year` or `decade`.'),
    (unit) => ({ date: [unit] }),
    [{ value: 'quarter', input: '2024-07-31', output: '2024-Q3' }],
  ),
  build: (options) => buildDates(options.date),
});

function buildDates(units: readonly DateUnit[]): Hierarchy {
  const height = units.length + 1;
  return {
    height,
    ancestor(text, level) {
      const read = readIsoDate(text);
      if (read === 0) return null;
      return level === 0 ? text : level === height ? root : labelOf(units[level - 1]!, text, monthOfDate(read));
    },
    ancestorBytes: (level) =>
      level === 0
        ? writeKnown(isDate)
        : level === height
          ? writeRoot(isDate)
          : writeUnit(unitLabels[units[level - 1]!]),
  };
}

/** A label is the first characters of the date and an ending of at most two that depends on the month. */
interface Label {
  readonly kept: number;
  ending(month: number): string;
}

const unitLabels: Record<DateUnit, Label> = {
  month: { kept: 7, ending: () => '' },
  quarter: { kept: 5, ending: (month) => `Q${Math.ceil(month / 3)}` },
  year: { kept: 4, ending: () => '' },
  decade: { kept: 3, ending: () => '0s' },
};

function labelOf(unit: DateUnit, text: string, month: number): string {
  const label = unitLabels[unit];
  return text.slice(0, label.kept) + label.ending(month);
}

function writeUnit(label: Label): WriteAncestors {
  const { kept } = label;
  const endings = Array.from({ length: 13 }, (_, month) => Buffer.from(label.ending(month)));
  return (input, output) => {
    output.reserve(input.count * (kept + 2));
    const bytes = input.bytes;
    const target = output.bytes;
    for (let i = 0; i < input.count; i++) {
      const from = input.start[i]!;
      const read = isoDateAt(bytes, from, input.end[i]!);
      if (read === 0) {
        output.invalid();
        continue;
      }
      const begin = output.length;
      let at = begin;
      for (let k = 0; k < kept; k++) target[at++] = bytes[from + k]!;
      const ending = endings[monthOfDate(read)]!;
      for (let k = 0; k < ending.length; k++) target[at++] = ending[k]!;
      output.length = at;
      output.close(Kind.text, begin);
    }
  };
}

function isDate(bytes: Buffer, from: number, to: number): boolean {
  return isoDateAt(bytes, from, to) !== 0;
}

function widening(units: readonly DateUnit[]): boolean {
  return units.every((unit, i) => i === 0 || dateUnits.indexOf(unit) > dateUnits.indexOf(units[i - 1]!));
}
