import { createBatch, type Format, type Opened, type Slot } from '../../src/formats/batch.ts';
import { csv } from '../../src/formats/csv.ts';
import type { Kind } from '../../src/table/column.ts';

/** A cell with offsets into the whole input. */
export interface ReadCell {
  readonly slot: number;
  readonly kind: Kind;
  readonly value: string;
  readonly outer: readonly [begin: number, end: number];
}

export interface ReadOptions {
  readonly format?: Format;
  readonly delimiter?: string;
  readonly maxRecordBytes?: number;
  readonly nullValues?: readonly string[];
  /** Columns to locate; default: all. */
  readonly wanted?: readonly string[];
  readonly unlisted?: 'reject' | number;
  /** Bytes per block, over and over; default: everything at once. */
  readonly blocks?: readonly number[];
}

export interface ReadResult {
  readonly opened: Opened;
  readonly records: ReadCell[][];
  /** Where each record begins, and the end of the last. */
  readonly starts: number[];
}

const shared = createBatch(1 << 16);

/** Read the whole input as the engine does: what is left of a block goes to the front of the next. */
export function read(input: Buffer, options: ReadOptions = {}): ReadResult {
  const { format = csv, delimiter, maxRecordBytes = 1 << 20, blocks = [Number.POSITIVE_INFINITY] } = options;
  const bounds = { maxRecordBytes, ...(delimiter === undefined ? {} : { delimiter }) };
  let turn = 0;
  const more = (at: number) => Math.min(input.length, at + blocks[turn++ % blocks.length]!);

  let read = 0;
  let opened: Opened | undefined;
  while (opened === undefined) {
    const final = read === input.length;
    opened = format.open(input.subarray(0, read), final, bounds);
    if (opened === undefined && final) throw new Error('not opened, though all of the input is there');
    if (opened === undefined) read = more(read);
  }

  const names = options.wanted ?? opened.fields!;
  const slots: Slot[] = names.map((selector) => ({ selector, wanted: true, whole: false }));
  if (typeof options.unlisted === 'number') slots[options.unlisted] = { selector: '', wanted: true, whole: false };
  const nullValues = (options.nullValues ?? ['']).map((value) => Buffer.from(value));
  const scanner = opened.scanner({ slots, unlisted: options.unlisted ?? 'reject', nullValues });

  const batch = shared;
  const records: ReadCell[][] = [];
  const starts = [opened.inputHead.length];
  // In front of the block stand bytes that are none of the scanner's business.
  const margin = 3;
  let at = opened.inputHead.length;
  for (;;) {
    const final = read === input.length;
    const size = read - at;
    if (batch.bytes.length < 2 * (size + margin)) batch.bytes = Buffer.alloc(4 * (size + margin));
    batch.bytes.fill(0x2c);
    input.copy(batch.bytes, margin, at, read);
    batch.from = margin;
    batch.limit = margin + size;
    scanner.scan(batch, final);
    const offset = at - margin;
    for (let r = 0; r < batch.records; r++) {
      const cells: ReadCell[] = [];
      for (let c = batch.firstCell[r]!; c < batch.firstCell[r + 1]!; c++) {
        if (batch.memberStart[c] !== batch.outerStart[c]) throw new Error('memberStart is not outerStart');
        cells.push({
          slot: batch.slot[c]!,
          kind: batch.kind[c]! as Kind,
          value: batch.bytes.toString('utf8', batch.start[c], batch.end[c]),
          outer: [batch.outerStart[c]! + offset, batch.outerEnd[c]! + offset],
        });
      }
      if (batch.recordStart[r]! + offset !== starts.at(-1)) throw new Error('a gap between records');
      if (batch.firstRecord + r !== records.length) throw new Error('records are not counted');
      starts.push(batch.recordStart[r + 1]! + offset);
      records.push(cells);
    }
    at = batch.to + offset;
    if (final) break;
    read = more(read);
  }
  if (at !== input.length) throw new Error('input is left over');
  return { opened, records, starts };
}

/** The values alone. */
export function values(result: ReadResult): string[][] {
  return result.records.map((cells) => cells.map((cell) => cell.value));
}
