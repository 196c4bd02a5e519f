import { Kind } from '../../table/column.ts';
import { leavesOf } from '../../table/leaves.ts';
import type { SlotColumn } from '../gather.ts';
import type { Slices } from './matcher.ts';

/** Texts of a column; text i belongs to record[i]. */
export interface Cells extends Slices {
  readonly record: Int32Array;
}

/** The values of a column that are searched for. Nulls may be empty texts; an object or array is the texts and numbers in it. */
export function cellsOf({ asWritten: column }: SlotColumn): Cells {
  const { kind, count } = column;
  let nulls = false;
  for (let i = 0; i < count; i++) {
    if (kind[i] === Kind.container) return withLeaves(column);
    if (kind[i] === Kind.null) nulls = true;
  }
  if (!nulls) return column;
  const end = column.end.slice(0, count);
  for (let i = 0; i < count; i++) if (kind[i] === Kind.null) end[i] = column.start[i]!;
  return { bytes: column.bytes, start: column.start, end, count, record: column.record };
}

function withLeaves(column: SlotColumn): Cells {
  const texts: Buffer[] = [];
  const records: number[] = [];
  for (let i = 0; i < column.count; i++) {
    const text = column.bytes.subarray(column.start[i], column.end[i]);
    if (column.kind[i] === Kind.null) continue;
    for (const each of column.kind[i] === Kind.container ? leavesOf(text).map((leaf) => Buffer.from(leaf)) : [text]) {
      texts.push(each);
      records.push(column.record[i]!);
    }
  }
  const start = new Int32Array(texts.length);
  const end = new Int32Array(texts.length);
  texts.reduce((at, { length }, i) => {
    start[i] = at;
    end[i] = at + length;
    return at + length;
  }, 0);
  return { bytes: Buffer.concat(texts), start, end, count: texts.length, record: Int32Array.from(records) };
}
