import { z } from 'zod';
import { Kind } from '../table/column.ts';
import { compareDecimals, readDecimal, readSmallDecimal } from '../table/decimal.ts';
import {
  defineHierarchy,
  type Hierarchy,
  inlineForm,
  root,
  type WriteAncestors,
  writeKnown,
  writeRoot,
} from './definition.ts';

export const bounds = z
  .array(z.number())
  .min(1)
  .refine(increasing, 'each bound must be greater than the one before')
  .describe('Bounds in increasing order: `[0, 18, 65]` gives `<0`, `[0,18)`, `[18,65)` and `>=65`.');

export const merges = z
  .array(z.int().min(2))
  .default([])
  .describe(
    'How many neighbouring intervals each further level merges into one: `[2, 4]` merges by 2, then those by 4.',
  );

/**
 * Numbers in half-open intervals between neighbouring bounds. What lies below the first bound or at or above the last is kept
 * apart at every level but the root: no closed interval would be true of it.
 */
export const intervals = defineHierarchy({
  name: 'intervals',
  summary: 'Numbers by the interval they lie in, then by ever wider ones.',
  options: z.strictObject({
    intervals: bounds,
    // biome-ignore lint/suspicious/noThenProperty: the word of the policy language; its value is a list, never a function.
    then: merges,
  }),
  examples: [
    { options: { intervals: [0, 18, 65, 90] }, input: '17.5', levels: ['17.5', '[0,18)', root] },
    { options: { intervals: [0, 18, 65, 90] }, input: '90', levels: ['90', '>=90', root] },
    {
      // biome-ignore lint/suspicious/noThenProperty: as above.
      options: { intervals: [0, 18, 25, 35, 45, 55], then: [2, 2] },
      input: '30',
      levels: ['30', '[25,35)', '[25,45)', '[0,45)', root],
    },
  ],
  inline: inlineForm(
    bounds.describe(
      'Numbers by interval: bounds in increasing order, `[0, 18, 65]` for `<0`, `[0,18)`, `[18,65)` and `>=65`.',
    ),
    // biome-ignore lint/suspicious/noThenProperty: as above.
    (intervals) => ({ intervals, then: [] }),
    [
      { value: [0, 18, 65], input: '42', output: '[18,65)' },
      { value: [0, 18, 65], input: 65, output: '>=65' },
    ],
  ),
  build: (options) => buildIntervals(options.intervals, options.then),
});

/** Group 0 lies below the first bound, group g from bound g - 1 up to bound g, the last group from the last bound on. */
export function buildIntervals(bounds: readonly number[], then: readonly number[]): Hierarchy {
  const labels = labelsOf(bounds, then);
  const height = labels.length + 1;
  return {
    of: 'numbers',
    height,
    ancestor(text, level) {
      const group = groupOfText(bounds, text);
      if (group < 0) return null;
      return level === 0 ? text : level === height ? root : labels[level - 1]![group]!;
    },
    ancestorBytes(level) {
      const groupAt = groupReader(bounds);
      if (level === 0) return writeKnown((bytes, from, to) => groupAt(bytes, from, to) >= 0);
      if (level === height) return writeRoot((bytes, from, to) => groupAt(bytes, from, to) >= 0);
      return writeLabels(groupAt, labels[level - 1]!);
    },
  };
}

/** For each level between value and root, the label of each group. */
function labelsOf(bounds: readonly number[], then: readonly number[]): string[][] {
  const last = bounds.length - 1;
  let width = 1;
  return [1, ...then].map((merged) => {
    width *= merged;
    const between = bounds.slice(0, last).map((_, interval) => {
      const first = interval - (interval % width);
      return `[${bounds[first]},${bounds[Math.min(first + width, last)]})`;
    });
    return [`<${bounds[0]}`, ...between, `>=${bounds[last]}`];
  });
}

/** The group of a decimal number, or -1 for any other text. */
function groupOfText(bounds: readonly number[], text: string): number {
  const value = readDecimal(text);
  if (value === null) return -1;
  const nearest = Number(text);
  const group = groupOfNumber(bounds, nearest);
  // Rounding to a double keeps the order, so it can deceive only where it lands on the bound itself (17.9999999999999999).
  const bound = bounds[group - 1];
  return nearest === bound && compareDecimals(value, readDecimal(String(bound))!) < 0 ? group - 1 : group;
}

/** How many bounds are at or below `value`. */
function groupOfNumber(bounds: readonly number[], value: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

type GroupAt = (bytes: Buffer, from: number, to: number) => number;

/** `groupOfText` on bytes. */
function groupReader(bounds: readonly number[]): GroupAt {
  const groupOfInteger = Int32Array.from({ length: 1024 }, (_, integer) => groupOfNumber(bounds, integer));
  return (bytes, from, to) => {
    // Two decimals of at most 15 digits are equal when their doubles are, so here the double decides.
    if (!readSmallDecimal(bytes, from, to, small)) return groupOfText(bounds, bytes.toString('utf8', from, to));
    const { negative, mantissa, decimals } = small;
    if (decimals === 0 && !negative && mantissa < groupOfInteger.length) return groupOfInteger[mantissa]!;
    const magnitude = decimals === 0 ? mantissa : mantissa / powersOfTen[decimals]!;
    return groupOfNumber(bounds, negative ? -magnitude : magnitude);
  };
}

/** Labels are written as whole 32-bit words: a third of the time that single bytes take. */
function writeLabels(groupAt: GroupAt, labels: readonly string[]): WriteAncestors {
  const sizes = labels.map((label) => Buffer.byteLength(label));
  const stride = Math.ceil(Math.max(...sizes) / 4);
  const padded = Buffer.alloc(labels.length * stride * 4);
  for (const [group, label] of labels.entries()) padded.write(label, group * stride * 4);
  const words = Int32Array.from({ length: labels.length * stride }, (_, i) => padded.readInt32LE(i * 4));
  return (input, output) => {
    output.reserve(input.count * stride * 4);
    const target = new DataView(output.bytes.buffer, output.bytes.byteOffset, output.bytes.length);
    for (let i = 0; i < input.count; i++) {
      const group = groupAt(input.bytes, input.start[i]!, input.end[i]!);
      if (group < 0) {
        output.invalid();
        continue;
      }
      const at = output.length;
      for (let word = 0; word < stride; word++) target.setInt32(at + word * 4, words[group * stride + word]!, true);
      output.length = at + sizes[group]!;
      output.close(Kind.text, at);
    }
  };
}

const small = { negative: false, mantissa: 0, decimals: 0 };
const powersOfTen = Array.from({ length: 16 }, (_, n) => 10 ** n);

function increasing(bounds: readonly number[]): boolean {
  return bounds.every((bound, i) => i === 0 || bound > bounds[i - 1]!);
}
