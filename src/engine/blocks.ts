import { crc32 } from 'node:zlib';
import { fail } from '../base/diagnostic.ts';
import { type Batch, createBatch, type Scanner } from '../formats/batch.ts';
import type { InputSource } from './source.ts';

const blockBytes = 1 << 20;

export interface Reading {
  /** Batches of whole records. The batch is reused: read it before asking for the next. */
  batches(): AsyncGenerator<Batch>;
  /** What was read, for comparing two readings of one input: length and CRC-32. Valid after the last batch. */
  readonly fingerprint: () => string;
}

/** Read an input behind its head of `headBytes` bytes block by block. A record may be as large as `maxRecordBytes`. */
export function readBatches(
  source: InputSource,
  scanner: Scanner,
  headBytes: number,
  maxRecordBytes: number,
  digest: boolean,
): Reading {
  let length = 0;
  let crc = 0;
  async function* batches(): AsyncGenerator<Batch> {
    const batch = createBatch(Math.max(blockBytes, headBytes + 1));
    const stream = await source.open({ digest });
    try {
      let final = false;
      let capacity = batch.bytes.length >> 1;
      batch.from = headBytes;
      for (;;) {
        while (!final && batch.limit < capacity) {
          const read = await stream.read(batch.bytes, batch.limit, capacity - batch.limit);
          crc = crc32(batch.bytes.subarray(batch.limit, batch.limit + read), crc);
          length += read;
          batch.limit += read;
          final = read === 0;
        }
        if (batch.limit < headBytes && batch.from === headBytes) throw changed(source);
        scanner.scan(batch, final);
        if (batch.records > 0) yield batch;
        if (final) return;
        if (batch.to === batch.from && batch.records === 0 && batch.limit === capacity) {
          capacity = Math.min(capacity * 2, maxRecordBytes + blockBytes);
          const grown = Buffer.allocUnsafeSlow(capacity * 2);
          batch.bytes.copy(grown, 0, batch.from, batch.limit);
          batch.bytes = grown;
        } else {
          batch.bytes.copyWithin(0, batch.to, batch.limit);
        }
        batch.limit -= batch.to;
        batch.from = 0;
      }
    } finally {
      await stream.close();
    }
  }
  return { batches, fingerprint: () => `${length}:${crc}` };
}

/** The input is not what it was when it was first read. */
export function changed(source: InputSource): Error {
  return fail('DATA-CHANGED', 'the input changed while it was read', {
    place: { file: source.name },
    hint: 'copy the file, or wait until its writer is done, and run again',
  });
}
