import type { Batch } from '../formats/batch.ts';
import type { Column } from '../table/column.ts';
import type { CodedRecords } from '../table/population.ts';
import type { SlotColumn } from './gather.ts';

/**
 * Leaves records out before anything is measured: they are in no class, and they are not written. It is asked about every record in
 * each pass that counts or writes, and must give the same answer. Values of left out records are read and checked like all others, and
 * their identifiers are searched for.
 */
export interface RecordFilter {
  /** Slots whose cells and values it looks at. */
  readonly slots: readonly number[];
  /** A pass over the input begins. */
  begin(): void;
  /** Set leftOut[r] to 1 for each record r of the batch that is to be left out. `values` are those that would be written. */
  mark(batch: Batch, columns: readonly SlotColumn[], values: readonly Column[], leftOut: Uint8Array): void;
}

/** leftOut[r] is 1 for the records of the batch that some filter leaves out; undefined where there are no filters. */
export function leftOutOf(
  filters: readonly RecordFilter[],
  batch: Batch,
  columns: readonly SlotColumn[],
  values: readonly Column[],
): Uint8Array | undefined {
  if (filters.length === 0) return undefined;
  const leftOut = new Uint8Array(batch.records);
  for (const filter of filters) filter.mark(batch, columns, values, leftOut);
  return leftOut;
}

/** The coded records that are measured, one behind the other; tuples have `width` codes. */
export function measuredRecords(coded: CodedRecords, leftOut: Uint8Array | undefined, width: number): CodedRecords {
  if (leftOut === undefined) return coded;
  const measured: number[] = [];
  for (let r = 0; r < coded.records; r++) if (leftOut[r] === 0) measured.push(r);
  const tuples = new Int32Array(measured.length * width);
  measured.forEach((r, n) => {
    tuples.set(coded.tuples.subarray(r * width, (r + 1) * width), n * width);
  });
  const picked = (codes: Int32Array) => Int32Array.from(measured, (r) => codes[r]!);
  const { units } = coded;
  return {
    records: measured.length,
    tuples,
    sensitive: coded.sensitive.map(picked),
    units: units === undefined ? undefined : picked(units),
  };
}
