import { crc32 } from 'node:zlib';
import { at, Failure, fail } from '../base/diagnostic.ts';
import type { Batch, InputOptions, Scanner } from '../formats/batch.ts';
import type { InputFile, InputSource } from './source.ts';

export const blockBytes = 1 << 20;

export interface BlockReading {
  /** Batches of whole records. The batch is reused: read it before asking for the next. */
  batches(): AsyncGenerator<Batch>;
  /** What was read, for comparing two readings of one file: length and CRC-32. Valid after the last batch. */
  readonly fingerprint: () => string;
}

/** How an input is read, in every reading of it. */
export interface ReadOptions extends InputOptions {
  /** Read no more records of a table than these, where a part is enough to look at. */
  readonly maxRecords?: number;
  /** Called for each block with the records of the table that were read so far. */
  readonly onRecords?: (records: number) => void;
}

export interface BlockOptions {
  readonly options: ReadOptions;
  /** Take the digest of the input on the way. */
  readonly digest: boolean;
  /** It is the only reading of the input, and has no fingerprint. */
  readonly only?: boolean;
  /** What is filled; it has room for more than the head. */
  readonly batch: Batch;
  /** Records of the table in front of the file's first. */
  readonly before: number;
}

/** Read a file behind its head, which must still be there, block by block. A Failure names the file. */
export function readBlocks({ source, opened }: InputFile, scanner: Scanner, reading: BlockOptions): BlockReading {
  const head = opened.inputHead;
  const { batch, before } = reading;
  const { maxRecordBytes, maxRecords = Number.POSITIVE_INFINITY, onRecords } = reading.options;
  let length = 0;
  let crc = 0;

  /** Fill the batch to its capacity. Returns whether the input has ended. */
  async function fill(stream: Awaited<ReturnType<InputSource['open']>>, capacity: number): Promise<boolean> {
    while (batch.limit < capacity) {
      const read = await stream.read(batch.bytes, batch.limit, capacity - batch.limit);
      if (read === 0) return true;
      if (reading.only !== true) crc = crc32(batch.bytes.subarray(batch.limit, batch.limit + read), crc);
      length += read;
      batch.limit += read;
    }
    return false;
  }

  async function* batches(): AsyncGenerator<Batch> {
    const stream = await source.open({ digest: reading.digest });
    try {
      let final = false;
      let capacity = batch.bytes.length >> 1;
      batch.from = head.length;
      batch.limit = 0;
      for (let first = true; ; first = false) {
        try {
          if (!final) final = await fill(stream, capacity);
          if (first && !batch.bytes.subarray(0, Math.min(head.length, batch.limit)).equals(head)) throw changed(source);
          scanner.scan(batch, final);
        } catch (error) {
          throw error instanceof Failure ? at(error, { file: source.name }) : error;
        }
        batch.firstRecord += before;
        const behind = batch.firstRecord + batch.records;
        if (behind > maxRecords) shorten(batch, maxRecords - batch.firstRecord);
        if (batch.records > 0) yield batch;
        onRecords?.(Math.min(behind, maxRecords));
        if (final || behind >= maxRecords) return;
        if (batch.records === 0 && batch.from === 0 && batch.limit === capacity) {
          capacity = grow(batch, capacity, maxRecordBytes);
        } else {
          batch.bytes.copyWithin(0, batch.to, batch.limit);
          batch.limit -= batch.to;
          batch.from = 0;
        }
      }
    } finally {
      await stream.close();
    }
  }
  return { batches, fingerprint: () => `${length}:${crc}` };
}

/** Leave out the records of a batch from number `records` on. */
function shorten(batch: Batch, records: number): void {
  batch.records = records;
  batch.cells = batch.firstCell[records]!;
  batch.to = batch.recordStart[records]!;
}

/** Make room for a larger record: twice as much, but no more than the limit needs. Returns the new capacity. */
function grow(batch: Batch, capacity: number, maxRecordBytes: number): number {
  const grown = Math.min(capacity * 2, maxRecordBytes + blockBytes);
  const bytes = Buffer.allocUnsafeSlow(grown * 2);
  batch.bytes.copy(bytes, 0, 0, batch.limit);
  batch.bytes = bytes;
  return grown;
}

/** The input is not what it was when it was first read. */
export function changed(source: InputSource): Error {
  return fail('DATA-CHANGED', 'the input changed while it was read', {
    place: { file: source.name },
    hint: 'copy the file, or wait until its writer is done, and run again',
  });
}
