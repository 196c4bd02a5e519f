import { type Column, Kind } from '../table/column.ts';
import { shortestDecimal } from '../table/decimal.ts';
import { Dictionary } from '../table/dictionary.ts';
import type { CodedRecords } from '../table/population.ts';
import type { SlotColumn } from './gather.ts';

/** The cells of a field in a batch, and the values that are written in their place. */
export interface FieldValues {
  readonly cells: SlotColumn;
  readonly values: Column;
  /** Nulls stay as they are written: `NA` and nothing are then two values. */
  readonly keepsNulls: boolean;
  /** Text is a number: `1` and `1.0` are one value. */
  readonly numbers: boolean;
}

/** Turns the measured fields of each batch into codes that stay the same from batch to batch. Code 0: the field is absent. */
export interface Coder {
  code(
    records: number,
    quasi: readonly FieldValues[],
    sensitive: readonly FieldValues[],
    unit: Pick<FieldValues, 'cells' | 'values'> | undefined,
  ): CodedRecords;
  /** Distinct values of quasi-identifier `d` seen so far. */
  distinct(d: number): number;
  /** What the codes of quasi-identifier `d` stand for, from code 1 on; undefined for a value that is null. */
  texts(d: number): readonly (string | undefined)[];
  /** What a code of the s-th sensitive field stands for; null: no value. */
  text(s: number, code: number): string | null;
}

/** `nullText` is what other nulls are written as. */
export function createCoder(width: number, sensitiveFields: number, nullText: Buffer): Coder {
  const dictionaries = Array.from({ length: width }, () => new Dictionary());
  const meanings = Array.from({ length: sensitiveFields }, createMeanings);
  const unitDictionary = new Dictionary();
  let tuples = new Int32Array(0);
  let sensitiveCodes: Int32Array[] = [];
  let units = new Int32Array(0);
  let room = 0;
  return {
    distinct: (d) => dictionaries[d]!.size,
    texts(d) {
      const dictionary = dictionaries[d]!;
      return Array.from(dictionary.kinds(), (kind, code) => (kind === Kind.null ? undefined : dictionary.text(code)));
    },
    text: (s, code) => (code === 0 ? null : meanings[s]!.text(code - 1)),
    code(records, quasi, sensitive, unit) {
      if (records > room) {
        room = records * 2;
        tuples = new Int32Array(room * width);
        sensitiveCodes = sensitive.map(() => new Int32Array(room));
        units = new Int32Array(room);
      }
      for (const [d, field] of quasi.entries()) fill(dictionaries[d]!, field, nullText, records, tuples, width, d);
      for (const [s, field] of sensitive.entries()) {
        fillSensitive(meanings[s]!.code, field, records, sensitiveCodes[s]!);
      }
      if (unit !== undefined) {
        const { cells, values } = unit;
        for (let i = 0; i < cells.count; i++) {
          units[cells.record[i]!] = unitDictionary.code(values.bytes, values.start[i]!, values.end[i]!);
        }
      }
      return { records, tuples, sensitive: sensitiveCodes, units: unit === undefined ? undefined : units };
    },
  };
}

/** Codes of a quasi-identifier: every way of being null is a value of its own, as it can be seen. */
function fill(
  dictionary: Dictionary,
  { cells, values, keepsNulls }: FieldValues,
  nullText: Buffer,
  records: number,
  codes: Int32Array,
  stride: number,
  offset: number,
): void {
  if (cells.count < records) for (let r = 0; r < records; r++) codes[r * stride + offset] = 0;
  const { bytes, start, end, kind } = values;
  const { record, count } = cells;
  for (let i = 0; i < count; i++) {
    const k = kind[i]!;
    let code: number;
    if (k !== Kind.null) code = dictionary.code(bytes, start[i]!, end[i]!, k);
    else if (keepsNulls && cells.kind[i] === k) {
      const from = cells.start[i]!;
      const to = cells.end[i]!;
      // `""` and nothing are two values to some readers of CSV: the quote tells them apart.
      const quoted = from === to && cells.bytes[from - 1] === quote;
      code = dictionary.code(cells.bytes, quoted ? from - 1 : from, to, k);
    } else code = dictionary.code(nullText, 0, nullText.length, k);
    codes[record[i]! * stride + offset] = code + 1;
  }
}

interface Meanings {
  /** The code of what bytes[from, to) means. */
  code(bytes: Buffer, from: number, to: number, number: boolean): number;
  text(code: number): string;
}

/** Ways to write a value that mean the same get the same code: each way is looked at once. */
function createMeanings(): Meanings {
  const ways = new Dictionary();
  const meanings = new Dictionary();
  const meaningOf: number[] = [];
  return {
    text: (code) => meanings.text(code),
    code(bytes, from, to, number) {
      const way = ways.code(bytes, from, to, number ? Kind.number : Kind.text);
      if (way < meaningOf.length) return meaningOf[way]!;
      const text = bytes.toString('utf8', from, to);
      const meaning = Buffer.from((number ? shortestDecimal(text) : null) ?? text);
      meaningOf.push(meanings.code(meaning, 0, meaning.length));
      return meaningOf[way]!;
    },
  };
}

/**
 * Codes of a sensitive field. Where no value is known, and an empty object or array is none, one code stands for that, however it
 * is written; so does one for `1`, `1.0` and `"1"`: diversity is in what a value says.
 */
function fillSensitive(
  code: Meanings['code'],
  { cells, values, numbers }: FieldValues,
  records: number,
  codes: Int32Array,
): void {
  codes.fill(0, 0, records);
  const { bytes, start, end, kind } = values;
  for (let i = 0; i < cells.count; i++) {
    const k = kind[i]!;
    if (k === Kind.null || k === Kind.container) continue;
    codes[cells.record[i]!] = code(bytes, start[i]!, end[i]!, numbers || k === Kind.number) + 1;
  }
}

const quote = 0x22;
