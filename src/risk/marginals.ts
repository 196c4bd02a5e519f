import type { FieldValues } from '../engine/coder.ts';
import { Kind } from '../table/column.ts';
import { readDecimal, readSmallDecimal, type SmallDecimal } from '../table/decimal.ts';
import { Dictionary } from '../table/dictionary.ts';
import { createMoments } from './moments.ts';

/** The distribution of each field of a file, and the correlations of those that hold numbers. */
export interface Marginals {
  /** Count the values of a batch, those of the records for which `chosen` is 1; undefined: of all. */
  add(records: number, fields: readonly Pick<FieldValues, 'cells' | 'values'>[], chosen?: Uint8Array): void;
  /** How often each value of field f occurs; null where there are more distinct values than are counted. */
  counts(f: number): Counts | null;
  /** The numbers of field f, ascending, with how often each occurs; null where a value is no number, or all are null. */
  numbers(f: number): Numbers | null;
  /** Pearson's correlation of two fields of numbers over the records that have both; null where one is constant. */
  correlation(f: number, g: number): number | null;
}

export interface Counts {
  /** How often each of the distinct values occurs. */
  readonly counts: readonly number[];
  /** The n-th of these values. */
  text(n: number): string;
  /** How often a value occurs. */
  of(text: string): number;
  /** Records without a value. */
  readonly nulls: number;
  /** Distinct ways of writing that there is none, no field at all being one. */
  readonly nullWays: number;
}

/** value i occurs count i times. */
export interface Numbers {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** The distinct values. */
export function textsOf({ counts, text }: Counts): string[] {
  return counts.map((_, n) => text(n));
}

/** Distinct values of a field that are counted at most: about 70 bytes and the value each. */
export const mostValues = 1 << 20;

/** Memory: the distinct values of each field, up to `most` each. */
export function createMarginals(fields: number, most = mostValues): Marginals {
  const all = Array.from({ length: fields }, () => createField(most));
  const moments = Array.from({ length: fields * fields }, createMoments);
  return {
    add(records, values, chosen) {
      const rows = values.map((field, f) => all[f]!.add(records, field, chosen));
      for (let f = 0; f < fields; f++) {
        // A field that has held something else has no correlation.
        for (let g = f + 1; g < fields && all[f]!.isNumbers(); g++) {
          if (all[g]!.isNumbers()) moments[f * fields + g]!.add(rows[f]!, rows[g]!);
        }
      }
    },
    counts: (f) => all[f]!.counts(),
    numbers: (f) => all[f]!.numbers(),
    correlation(f, g) {
      const both = all[f]!.isNumbers() && all[g]!.isNumbers();
      return both ? moments[Math.min(f, g) * fields + Math.max(f, g)]!.correlation() : null;
    },
  };
}

function createField(most: number) {
  let dictionary = new Dictionary();
  const nullWays = new Dictionary();
  const counts: number[] = [];
  const numbers: number[] = [];
  let nulls = 0;
  let isAbsent = false;
  let crowded = false;
  let onlyNumbers = true;

  /** The number of each record, NaN for none. */
  function add(records: number, { cells, values }: Pick<FieldValues, 'cells' | 'values'>, chosen?: Uint8Array) {
    const row = new Float64Array(records).fill(Number.NaN);
    let present = 0;
    let taken = 0;
    for (let i = 0; i < cells.count; i++) {
      const record = cells.record[i]!;
      if (chosen !== undefined && chosen[record] === 0) continue;
      taken++;
      if (values.kind[i] === Kind.null || values.kind[i] === Kind.invalid) {
        if (cells.kind[i] === Kind.null) countNull(cells, i);
        continue;
      }
      present++;
      row[record] = countValue(values.bytes, values.start[i]!, values.end[i]!);
    }
    const those = chosen === undefined ? records : countOf(chosen, records);
    nulls += those - present;
    isAbsent ||= taken < those;
    return row;
  }

  function countValue(bytes: Buffer, from: number, to: number): number {
    if (crowded) return onlyNumbers ? noted(numberOf(bytes, from, to)) : Number.NaN;
    const code = dictionary.code(bytes, from, to);
    if (code === counts.length) {
      numbers.push(noted(numberOf(bytes, from, to)));
      counts.push(0);
    }
    counts[code]!++;
    const number = numbers[code]!;
    if (counts.length > most) {
      crowded = true;
      dictionary = new Dictionary();
      counts.length = numbers.length = 0;
    }
    return number;
  }

  function noted(number: number): number {
    if (Number.isNaN(number)) onlyNumbers = false;
    return number;
  }

  /** `""` and nothing are two ways: the quote tells them apart. */
  function countNull({ bytes, start, end }: FieldValues['cells'], i: number): void {
    const [from, to] = [start[i]!, end[i]!];
    const quoted = from === to && bytes[from - 1] === quote;
    nullWays.code(bytes, quoted ? from - 1 : from, to);
  }

  return {
    add,
    isNumbers: () => onlyNumbers,
    counts(): Counts | null {
      if (crowded) return null;
      return {
        counts,
        text: (n) => dictionary.text(n),
        of(text) {
          const bytes = Buffer.from(text);
          const code = dictionary.find(bytes, 0, bytes.length);
          return code < 0 ? 0 : counts[code]!;
        },
        nulls,
        nullWays: nullWays.size + (isAbsent ? 1 : 0),
      };
    },
    numbers() {
      if (crowded || !onlyNumbers || numbers.length === 0) return null;
      return inOrder(Float64Array.from(numbers), counts);
    },
  };
}

/** Each number once, however it was written. Numbers alone are sorted ten times as fast as by a comparison of ours. */
function inOrder(numbers: Float64Array, counts: readonly number[]): Numbers {
  const sorted = numbers.slice().sort();
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[distinct - 1]) sorted[distinct++] = sorted[i]!;
  }
  const values = sorted.slice(0, distinct);
  const times = new Float64Array(distinct);
  for (let code = 0; code < numbers.length; code++) times[placeOf(values, numbers[code]!)]! += counts[code]!;
  return { values, counts: times };
}

/** Where `number` stands in `values`, which ascend. */
function placeOf(values: Float64Array, number: number): number {
  let [from, to] = [0, values.length - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (values[middle]! < number) from = middle + 1;
    else to = middle;
  }
  return from;
}

function countOf(chosen: Uint8Array, records: number): number {
  let count = 0;
  for (let r = 0; r < records; r++) count += chosen[r]!;
  return count;
}

const small: SmallDecimal = { negative: false, mantissa: 0, decimals: 0 };

function numberOf(bytes: Buffer, from: number, to: number): number {
  if (readSmallDecimal(bytes, from, to, small)) {
    return ((small.negative ? -1 : 1) * small.mantissa) / 10 ** small.decimals;
  }
  const text = bytes.toString('latin1', from, to);
  return readDecimal(text) === null ? Number.NaN : Number(text);
}

const quote = 0x22;
