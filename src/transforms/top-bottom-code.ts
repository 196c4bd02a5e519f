import { z } from 'zod';
import { type Column, type ColumnBuffer, Kind, textAt } from '../table/column.ts';
import { compareDecimals, type Decimal, readDecimal, readSmallDecimal, shortestDecimal } from '../table/decimal.ts';
import { isIsoDay, isoDateAt, readIsoDate } from '../table/iso-date.ts';
import { defineTransform, type FieldType, INVALID, Numeral, type OptionProblem } from './definition.ts';

const bound = z
  .union([z.number(), z.string()])
  .refine((value) => kindOf(value) !== undefined, 'must be a number, or a date such as "1930-01-01"');

const options = z.strictObject({
  bottom: bound.optional().describe('Values below it become this: a number, or a date such as 1930-01-01.'),
  top: bound.optional().describe('Values at or above it become this.'),
  labels: z
    .strictObject({
      bottom: z.string().min(1).optional().describe('Text for values below `bottom`, such as `<18`.'),
      top: z.string().min(1).optional().describe('Text for values at or above `top`, such as `90+`.'),
    })
    .optional()
    .describe('Text in place of the bounds themselves.'),
});
type Options = z.output<typeof options>;

/**
 * Top and bottom coding (Hundepool et al., "Statistical Disclosure Control", 2012, §3.3.2). Exact on decimal digits. The groups are those
 * of the intervals `<bottom`, `[bottom,top)` and `>=top`. A value that equals a bound is written as the bound, unless text stands
 * for the group: `250000.0` beside coded `250000` would show that it was not coded.
 */
export const topBottomCode = defineTransform({
  name: 'top-bottom-code',
  summary: 'Cut off the extremes: numbers or dates beyond a bound become the bound, or a label.',
  options,
  examples: [
    { options: { bottom: 0, top: 250000 }, input: '1250000.50', output: '250000' },
    { options: { bottom: 0, top: 250000 }, input: 1234.5, output: 1234.5 },
    { options: { top: 90, labels: { top: '90+' } }, input: 93, output: '90+' },
    { options: { bottom: 18, labels: { bottom: '<18' } }, input: 12, output: '<18' },
    { options: { bottom: '1936-01-01' }, type: 'date', input: '1921-03-04', output: '1936-01-01' },
  ],
  // Text is neither a number nor a date, and sorts by its letters.
  traits: ({ labels = {} }) => {
    const coded = Object.keys(labels).length > 0 ? 'partly' : 'yes';
    return {
      kinds: ['number', 'date'],
      reversible: 'no',
      keeps: { format: coded, order: coded, uniqueness: 'partly', distribution: 'partly' },
    };
  },
  check: (options, type) => [...boundProblems(options), ...typeProblems(options, type)],
  produces: ({ labels = {} }, type) => (Object.keys(labels).length > 0 ? 'string' : type),
  bind(options) {
    const { read, groups } = scaleOf(options);
    return ({ text, kind }) => {
      const group = read(text);
      if (group < 0) return INVALID;
      const code = groups[group];
      if (code === undefined) return kind === Kind.number ? new Numeral(text) : text;
      return kind === Kind.number && !code.label ? new Numeral(code.text) : code.text;
    };
  },
  bindBytes(options) {
    const { readAt, groups } = scaleOf(options);
    const bytes = groups.map((code) => (code === undefined ? undefined : Buffer.from(code.text)));
    const labels = groups.map((code) => code?.label === true);
    return (input: Column, output: ColumnBuffer) => {
      for (let i = 0; i < input.count; i++) {
        const group = readAt(input, i);
        if (group < 0) {
          output.invalid();
          continue;
        }
        const kind = input.kind[i] === Kind.number && !labels[group] ? Kind.number : Kind.text;
        const code = bytes[group];
        if (code === undefined) output.copy(kind, input.bytes, input.start[i]!, input.end[i]!);
        else output.copy(kind, code, 0, code.length);
      }
    };
  },
});

/** What a value may be, from the least: below the bottom, at it, between the bounds, at or above the top. */
const below = 0;
const atBottom = 1;
const between = 2;
const above = 3;

interface Code {
  readonly text: string;
  readonly label: boolean;
}

interface Scale {
  /** The group of a value; -1 for what is none. */
  read(text: string): number;
  /** The same on bytes. */
  readAt(input: Column, i: number): number;
  /** What takes the place of the values of a group; undefined: they stay. */
  readonly groups: readonly (Code | undefined)[];
}

function scaleOf(options: Options): Scale {
  const { bottom, top, labels } = options;
  const codeOf = (value: string | number | undefined, label: string | undefined): Code | undefined =>
    value === undefined ? undefined : { text: label ?? writtenBound(value), label: label !== undefined };
  const lowest = codeOf(bottom, labels?.bottom);
  const groups = [lowest, lowest?.label ? undefined : lowest, undefined, codeOf(top, labels?.top)];
  return { ...(kindOf(bottom ?? top!) === 'date' ? dateScale(options) : numberScale(options)), groups };
}

function dateScale({ bottom, top }: Options): Omit<Scale, 'groups'> {
  const low = bottom === undefined ? -1 : readIsoDate(String(bottom));
  const high = top === undefined ? Infinity : readIsoDate(String(top));
  const groupOf = (date: number) => (date === 0 ? -1 : groupBetween(date - low, date - high));
  return {
    read: (text) => (text.length === 10 ? groupOf(readIsoDate(text)) : -1),
    readAt: ({ bytes, start, end }, i) =>
      end[i]! - start[i]! === 10 ? groupOf(isoDateAt(bytes, start[i]!, end[i]!)) : -1,
  };
}

function numberScale({ bottom, top }: Options): Omit<Scale, 'groups'> {
  const low = decimalOf(bottom);
  const high = decimalOf(top);
  const read = (text: string): number => {
    const value = readDecimal(text);
    if (value === null) return -1;
    return groupBetween(low ? compareDecimals(value, low) : 1, high ? compareDecimals(value, high) : -1);
  };
  const smallLow = low ? nearestOf(bottom!) : -Infinity;
  const smallHigh = high ? nearestOf(top!) : Infinity;
  const isSmall = smallLow !== undefined && smallHigh !== undefined;
  return {
    read,
    readAt(input, i) {
      // Decimals of at most 15 digits stand to each other as their nearest doubles do.
      if (!isSmall || !readSmallDecimal(input.bytes, input.start[i]!, input.end[i]!, small))
        return read(textAt(input, i));
      const magnitude = small.decimals === 0 ? small.mantissa : small.mantissa / powersOfTen[small.decimals]!;
      const value = small.negative ? -magnitude : magnitude;
      return groupBetween(value - smallLow, value - smallHigh);
    },
  };
}

/** Given how a value compares with the bottom and the top. */
function groupBetween(withBottom: number, withTop: number): number {
  if (withTop >= 0) return above;
  return withBottom > 0 ? between : withBottom === 0 ? atBottom : below;
}

function decimalOf(value: string | number | undefined): Decimal | undefined {
  return value === undefined ? undefined : readDecimal(String(value))!;
}

/** The double nearest to a bound of at most 15 digits; undefined for others. */
function nearestOf(value: string | number): number | undefined {
  const bytes = Buffer.from(shortestDecimal(String(value))!);
  return readSmallDecimal(bytes, 0, bytes.length, small) ? Number(value) : undefined;
}

function writtenBound(value: string | number): string {
  return kindOf(value) === 'date' ? String(value) : shortestDecimal(String(value))!;
}

function kindOf(value: string | number): 'date' | 'number' | undefined {
  const text = String(value);
  if (isIsoDay(text)) return 'date';
  return readDecimal(text) === null ? undefined : 'number';
}

function boundProblems({ bottom, top, labels }: Options): OptionProblem[] {
  if (bottom === undefined && top === undefined) {
    return [{ path: [], message: '`top-bottom-code` names no bound', hint: 'give `bottom`, `top` or both' }];
  }
  const problems: OptionProblem[] = [];
  for (const [name, value] of [
    ['bottom', bottom],
    ['top', top],
  ] as const) {
    if (labels?.[name] !== undefined && value === undefined) {
      problems.push({ path: ['labels', name], message: `a label for \`${name}\`, and there is no \`${name}\`` });
    }
  }
  if (bottom === undefined || top === undefined) return problems;
  if (kindOf(bottom) !== kindOf(top)) {
    problems.push({ path: ['top'], message: 'one bound is a date, the other a number' });
  } else {
    const order =
      kindOf(top) === 'date'
        ? readIsoDate(String(top)) - readIsoDate(String(bottom))
        : compareDecimals(decimalOf(top)!, decimalOf(bottom)!);
    if (order <= 0) problems.push({ path: ['top'], message: '`top` must be greater than `bottom`' });
  }
  return problems;
}

function typeProblems({ bottom, top }: Options, type: FieldType | undefined): OptionProblem[] {
  return Object.entries({ bottom, top }).flatMap(([name, value]): OptionProblem[] => {
    if (value === undefined || type === undefined || type === 'string') return [];
    const kind = kindOf(value);
    if (type === 'integer' && kind === 'number') {
      const whole = !shortestDecimal(String(value))!.includes('.');
      return whole ? [] : [{ path: [name], message: 'the field is of type integer, and the bound is none' }];
    }
    if ((type === 'date' && kind === 'date') || (type === 'number' && kind === 'number')) return [];
    return [{ path: [name], message: `the bound is a ${kind}, and the field is of type ${type}` }];
  });
}

const small = { negative: false, mantissa: 0, decimals: 0 };
const powersOfTen = Array.from({ length: 16 }, (_, n) => 10 ** n);
