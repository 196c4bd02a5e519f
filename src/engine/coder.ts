import { type Column, Kind } from '../table/column.ts';
import { Dictionary } from '../table/dictionary.ts';
import type { CodedRecords } from '../table/population.ts';
import type { SlotColumn } from './gather.ts';

/** The cells of a field in a batch, and the values that are written in their place. */
export interface FieldValues {
  readonly cells: SlotColumn;
  readonly values: Column;
  /** Nulls stay as they are written: `NA` and nothing are then two values. */
  readonly keepsNulls: boolean;
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
}

/** `nullText` is what other nulls are written as. */
export function createCoder(width: number, sensitiveFields: number, nullText: Buffer): Coder {
  const dictionaries = Array.from({ length: width }, () => new Dictionary());
  const sensitiveDictionaries = Array.from({ length: sensitiveFields }, () => new Dictionary());
  const unitDictionary = new Dictionary();
  let tuples = new Int32Array(0);
  let sensitiveCodes: Int32Array[] = [];
  let units = new Int32Array(0);
  let room = 0;
  return {
    distinct: (d) => dictionaries[d]!.size,
    code(records, quasi, sensitive, unit) {
      if (records > room) {
        room = records * 2;
        tuples = new Int32Array(room * width);
        sensitiveCodes = sensitive.map(() => new Int32Array(room));
        units = new Int32Array(room);
      }
      for (const [d, field] of quasi.entries()) fill(dictionaries[d]!, field, nullText, records, tuples, width, d);
      for (const [s, field] of sensitive.entries()) {
        fillSensitive(sensitiveDictionaries[s]!, field, records, sensitiveCodes[s]!);
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
    else if (keepsNulls && cells.kind[i] === k) code = dictionary.code(cells.bytes, cells.start[i]!, cells.end[i]!, k);
    else code = dictionary.code(nullText, 0, nullText.length, k);
    codes[record[i]! * stride + offset] = code + 1;
  }
}

/** Codes of a sensitive field: where no value is known, one value stands for that, however it is written. */
function fillSensitive(
  dictionary: Dictionary,
  { cells, values }: FieldValues,
  records: number,
  codes: Int32Array,
): void {
  codes.fill(0, 0, records);
  const { bytes, start, end, kind } = values;
  for (let i = 0; i < cells.count; i++) {
    if (kind[i] === Kind.null) continue;
    codes[cells.record[i]!] = dictionary.code(bytes, start[i]!, end[i]!, kind[i]!) + 1;
  }
}
