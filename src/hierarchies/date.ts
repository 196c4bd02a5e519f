import { z } from 'zod';
import { Kind } from '../table/column.ts';
import { defineHierarchy, type Hierarchy, root, type WriteAncestors, writeKnown, writeRoot } from './definition.ts';

/** Lengths of time in which dates can be gathered, from the shortest to the longest; each fits into the next. */
export const dateUnits = ['month', 'quarter', 'year', 'decade'] as const;
export type DateUnit = (typeof dateUnits)[number];

/** ISO 8601 calendar dates, with or without a time of day; the date is taken as written, whatever the zone. */
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
  build: (options) => buildDates(options.date),
});

function buildDates(units: readonly DateUnit[]): Hierarchy {
  const height = units.length + 1;
  return {
    height,
    ancestor(text, level) {
      const month = monthOfText(text);
      if (month === 0) return null;
      return level === 0 ? text : level === height ? root : labelOf(units[level - 1]!, text, month);
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

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::([0-5]\d|60)([.,]\d+)?)?(Z|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)?)?$/;

/** The month of a date that exists, 1 to 12; 0 for any other text. */
function monthOfText(text: string): number {
  const match = pattern.exec(text);
  return match === null ? 0 : monthOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

function monthOf(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > days[month]!) return 0;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && day === 29 && !leap ? 0 : month;
}

const days = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function writeUnit(label: Label): WriteAncestors {
  const { kept } = label;
  const endings = days.map((_, month) => Buffer.from(label.ending(month)));
  return (input, output) => {
    output.reserve(input.count * (kept + 2));
    const bytes = input.bytes;
    const target = output.bytes;
    for (let i = 0; i < input.count; i++) {
      const from = input.start[i]!;
      const month = monthAt(bytes, from, input.end[i]!);
      if (month === 0) {
        output.invalid();
        continue;
      }
      const begin = output.length;
      let at = begin;
      for (let k = 0; k < kept; k++) target[at++] = bytes[from + k]!;
      const ending = endings[month]!;
      for (let k = 0; k < ending.length; k++) target[at++] = ending[k]!;
      output.length = at;
      output.close(Kind.text, begin);
    }
  };
}

function isDate(bytes: Buffer, from: number, to: number): boolean {
  return monthAt(bytes, from, to) !== 0;
}

/** `monthOfText` on bytes. What follows the date is read here only where it is `T00:00:00`, with or without `Z`. */
function monthAt(bytes: Buffer, from: number, to: number): number {
  const size = to - from;
  if (size < 10 || bytes[from + 4] !== hyphen || bytes[from + 7] !== hyphen) return 0;
  if (size > 10 && !isPlainTime(bytes, from + 10, size - 10)) return monthOfText(bytes.toString('utf8', from, to));
  const century = twoDigits(bytes, from);
  const year = twoDigits(bytes, from + 2);
  const month = twoDigits(bytes, from + 5);
  const day = twoDigits(bytes, from + 8);
  return century < 0 || year < 0 || month < 0 || day < 0 ? 0 : monthOf(century * 100 + year, month, day);
}

function isPlainTime(bytes: Buffer, at: number, size: number): boolean {
  if (size !== 9 && !(size === 10 && bytes[at + 9] === letterZ)) return false;
  if (bytes[at] !== letterT && bytes[at] !== space) return false;
  if (bytes[at + 3] !== colon || bytes[at + 6] !== colon) return false;
  const hour = twoDigits(bytes, at + 1);
  const minute = twoDigits(bytes, at + 4);
  const second = twoDigits(bytes, at + 7);
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

/** 0 to 99, or -1. */
function twoDigits(bytes: Buffer, at: number): number {
  const tens = bytes[at]! - 0x30;
  const ones = bytes[at + 1]! - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

const hyphen = 0x2d;
const colon = 0x3a;
const space = 0x20;
const letterT = 0x54;
const letterZ = 0x5a;

function widening(units: readonly DateUnit[]): boolean {
  return units.every((unit, i) => i === 0 || dateUnits.indexOf(unit) > dateUnits.indexOf(units[i - 1]!));
}
