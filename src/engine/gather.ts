import { longer } from '../base/longer.ts';
import type { Batch } from '../formats/batch.ts';
import { type Column, Kind } from '../table/column.ts';
import type { Notation } from '../table/notation.ts';
import { readNotated } from './notated.ts';

/** The cells of one slot in a batch. */
export class SlotColumn implements Column {
  bytes: Buffer = empty;
  start: Int32Array = new Int32Array(4096);
  end: Int32Array = new Int32Array(4096);
  kind: Uint8Array = new Uint8Array(4096);
  index: Int32Array = identity(4096);
  /** Record of each cell, within the batch. */
  record: Int32Array = new Int32Array(4096);
  count = 0;
  base = 0;
  nulls = 0;
  /** Values that their type refused: their kind is `invalid`. */
  refused = 0;
  /** Room for values that are not read as they are written. */
  own: Buffer = empty;
  /** The cells as they are written; the column itself where they are read so. */
  asWritten: SlotColumn = this;

  /** A new batch begins. */
  begin(bytes: Buffer): void {
    this.base += this.count;
    this.count = 0;
    this.nulls = 0;
    this.refused = 0;
    this.bytes = bytes;
  }

  /** Make `record` an array of its own: it may be `index`, where every record has one cell. */
  ownRecord(): void {
    if (this.record === this.index) this.record = new Int32Array(this.start.length);
  }

  grow(): void {
    this.start = longer(this.start);
    this.end = longer(this.end);
    this.kind = longer(this.kind);
    const regular = this.record === this.index;
    this.index = identity(this.start.length);
    this.record = regular ? this.index : longer(this.record);
  }

  /** Leave out the values that are not to be transformed; the column itself when there are none. `index` says where each stood. */
  present(withNulls: boolean): Column {
    const left = this.refused + (withNulls ? 0 : this.nulls);
    if (left === 0) return this;
    const count = this.count - left;
    const start = new Int32Array(count);
    const end = new Int32Array(count);
    const kind = new Uint8Array(count);
    const index = new Int32Array(count);
    let n = 0;
    for (let i = 0; i < this.count; i++) {
      if (this.kind[i] === Kind.invalid || (this.kind[i] === Kind.null && !withNulls)) continue;
      start[n] = this.start[i]!;
      end[n] = this.end[i]!;
      kind[n] = this.kind[i]!;
      index[n++] = i;
    }
    return { bytes: this.bytes, start, end, kind, index, count, base: this.base };
  }
}

/**
 * Sorts the cells of a batch by slot, and reads those of a slot with a notation. Keeps the address of each slot's values from batch to
 * batch.
 */
export function createGather(
  slots: number,
  notations: readonly (Pick<Notation, 'read'> | undefined)[] = [],
): { readonly columns: readonly SlotColumn[]; gather(batch: Batch): void } {
  const written = Array.from({ length: slots }, () => new SlotColumn());
  const notated = notations.flatMap((notation, slot) => {
    if (notation === undefined) return [];
    const column = new SlotColumn();
    column.asWritten = written[slot]!;
    return [{ slot, notation, column }];
  });
  const columns = [...written];
  for (const { slot, column } of notated) columns[slot] = column;
  return {
    columns,
    gather(batch) {
      for (const column of written) column.begin(batch.bytes);
      if (isRegular(batch)) gatherColumns(batch, written);
      else gatherCells(batch, written);
      for (const { notation, column } of notated) {
        column.begin(batch.bytes);
        readNotated(column.asWritten, notation, column);
      }
    },
  };
}

/** Has every record one cell for each of the same slots, in the same order? */
function isRegular({ records, cells, slot, width: known }: Batch): boolean {
  if (known >= 0) return records > 0;
  const width = cells / records;
  if (!Number.isInteger(width)) return false;
  const seen = new Set(slot.subarray(0, width));
  if (seen.size < width) return false;
  for (let c = width; c < cells; c++) if (slot[c] !== slot[c - width]) return false;
  return true;
}

function gatherColumns({ slot, start, end, kind, records, cells }: Batch, columns: readonly SlotColumn[]): void {
  const width = cells / records;
  for (let k = 0; k < width; k++) {
    const column = columns[slot[k]!]!;
    while (column.start.length < records) column.grow();
    column.count = records;
    column.record = column.index;
    const { start: starts, end: ends, kind: kinds } = column;
    let nulls = 0;
    for (let r = 0, c = k; r < records; r++, c += width) {
      starts[r] = start[c]!;
      ends[r] = end[c]!;
      const what = kind[c]!;
      kinds[r] = what;
      if (what === Kind.null) nulls++;
    }
    column.nulls = nulls;
  }
}

function gatherCells({ slot, start, end, kind, firstCell, records }: Batch, columns: readonly SlotColumn[]): void {
  for (const column of columns) column.ownRecord();
  for (let r = 0; r < records; r++) {
    for (let c = firstCell[r]!, last = firstCell[r + 1]!; c < last; c++) {
      const column = columns[slot[c]!]!;
      const i = column.count++;
      if (i === column.start.length) column.grow();
      column.start[i] = start[c]!;
      column.end[i] = end[c]!;
      column.kind[i] = kind[c]!;
      column.record[i] = r;
      if (kind[c] === Kind.null) column.nulls++;
    }
  }
}

const empty = Buffer.alloc(0);

function identity(length: number): Int32Array {
  const values = new Int32Array(length);
  for (let i = 0; i < length; i++) values[i] = i;
  return values;
}
