import { readDecimal } from '../../table/decimal.ts';
import { buildIntervals } from '../interval.ts';
import { columnsOf } from './columns.ts';
import type { CountedValue, DraftDefinition } from './definition.ts';

/** Up to here whole numbers and their halves are exact. */
const largest = 1e15;

export const intervalDraft: DraftDefinition = {
  name: 'interval',
  summary:
    'Numbers in intervals of about equally many records, with round bounds, merged by two at each further level.',
  usual: 3,
  fits: isNumber,
  // With a zero in front it is a code.
  suggests: (value) => isNumber(value) && !/^[+-]?0\d/.test(value),
  columns(values, levels) {
    const bounds = boundsOf(values, 2 ** levels);
    const merges = Array.from({ length: levels - 1 }, () => 2);
    return columnsOf(buildIntervals(bounds, merges), values);
  },
};

function isNumber(value: string): boolean {
  return readDecimal(value) !== null && Math.abs(Number(value)) <= largest;
}

/** Bounds of at most `parts` intervals, all values between the first and the last. */
function boundsOf(values: readonly CountedValue[], parts: number): number[] {
  const sorted = values.map(({ text, count }) => ({ number: Number(text), count })).sort((a, b) => a.number - b.number);
  const numbers = sorted.map(({ number }) => number);
  const ends = cumulated(sorted);
  const all = ends.at(-1)!;
  /** The number of the record in front of which this share of them stands, counted by size. */
  const at = (share: number): number => numbers[ends.findIndex((end) => end > Math.min(share * all, all - 1))]!;
  const least = numbers[0]!;
  const most = numbers.at(-1)!;
  const width = most > least ? (most - least) / parts : 1;
  const inner = Array.from({ length: parts - 1 }, (_, i) => {
    const share = (i + 1) / parts;
    // A quarter of an interval to either side is given up for a round bound.
    const [low, high] = [at(share - 1 / (4 * parts)), at(share + 1 / (4 * parts))];
    return roundest(low, high);
  });
  const first = roundest(least - width, least);
  const last = roundest(most, most + width, true);
  return [first, ...inner.filter((bound) => bound > first && bound < last), last].filter(
    (bound, i, list) => i === 0 || bound > list[i - 1]!,
  );
}

function cumulated(values: readonly { readonly count: number }[]): number[] {
  let sum = 0;
  return values.map(({ count }) => {
    sum += count;
    return sum;
  });
}

/**
 * The roundest number from `low` to `high`: a multiple of the largest step of …, 10, 5, 2, 1, 0.5, …; of several, the highest, or with
 * `nearLow` the lowest above `low`.
 */
function roundest(low: number, high: number, nearLow = false): number {
  let power = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high), high - low)));
  for (; power >= -15; power--) {
    for (const part of [10, 5, 2]) {
      const step = (part / 10) * 10 ** (power + 1);
      const multiple = nearLow ? Math.floor(low / step) + 1 : Math.floor(high / step);
      // Without the last digits, in which 3 × 0.1 is not 0.3.
      const number = Number((multiple * step).toPrecision(15));
      if ((number > low || (number === low && !nearLow)) && number <= high) return number;
    }
  }
  return high;
}
