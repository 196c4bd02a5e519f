import { type BoundedDraw, shuffle } from '../crypto/bounded-draw.ts';
import { RecordBuffer } from '../engine/record-buffer.ts';
import type { WrittenRecords } from '../engine/source.ts';
import type { BareRecord } from '../formats/bare-record.ts';
import type { DataSink } from './data-files.ts';
import type { Spool } from './spool.ts';

export interface ShuffleOptions {
  /** Where the records wait. Nothing else is written to it. */
  readonly spool: Spool;
  /** Draws follow one another from record to record and from file to file. */
  readonly draw: BoundedDraw;
  readonly bare: BareRecord;
}

/**
 * A sink that hands the records of each file on in random order, each order as likely, once all of them are there.
 *
 * Every record goes into one of 512 heaps, drawn for it alone; then the records of each heap are put into random order, and one heap is
 * written behind the other (C. R. Rao, "Generation of random permutations of given number of elements using random sampling numbers",
 * Sankhya A 23, 1961; M. Sandelius, "A simple randomization procedure", JRSS B 24, 1962). Memory: 16 MiB, and the records of one heap.
 *
 * What stands around a record tells whether it was the first or the last, and may tell where it stood: all get what the first two
 * records of the file have there.
 */
export function shuffledRecords(sink: DataSink, { spool, draw, bare }: ShuffleOptions): DataSink {
  const heaps = Array.from({ length: heapCount }, () => new Heap(spool));
  const out = new RecordBuffer();
  /** Of the open file. */
  let records = 0;
  let lead = nothing;
  let between = nothing;
  let ending = nothing;

  async function take(text: Buffer, { start, records: count }: WrittenRecords): Promise<void> {
    for (let n = 0; n < count; n++) {
      const from = start[n]!;
      const to = start[n + 1]!;
      const begin = bare.begin(text, from, to);
      const end = bare.end(text, begin, to);
      if (records === 0) {
        lead = Buffer.from(text.subarray(from, begin));
        ending = firstLine(Buffer.from(text.subarray(end, to)));
      } else if (records === 1) between = Buffer.from(text.subarray(from, begin));
      records++;
      const heap = heaps[draw(heapCount)]!;
      heap.add(text, begin, end);
      if (heap.isFull) await heap.putAside();
    }
  }

  /** Hand on what has come of the file. */
  async function release(): Promise<void> {
    let written = 0;
    for (const heap of heaps) {
      if (heap.records === 0) continue;
      const { bytes, start, end } = await heap.empty();
      const order = Int32Array.from(start, (_, i) => i);
      shuffle(order, 0, order.length, draw);
      for (let at = 0; at < order.length; ) {
        out.begin(Math.min(recordsAtOnce, order.length - at));
        for (const stop = at + recordsAtOnce; at < order.length && at < stop && out.length < bytesAtOnce; at++) {
          const i = order[at]!;
          out.next(i);
          out.append(written++ === 0 ? lead : between);
          out.reserve(end[i]! - start[i]!);
          out.length += bytes.copy(out.bytes, out.length, start[i], end[i]);
          out.append(ending);
        }
        out.end();
        await sink.write(out.bytes.subarray(0, out.length), out);
      }
    }
    records = 0;
  }

  return {
    refused: sink.refused,
    async begin(head) {
      await release();
      await sink.begin(head);
    },
    async write(text, written) {
      if (written !== undefined) return take(text, written);
      await release();
      await sink.write(text);
    },
    async end() {
      await release();
      return sink.end();
    },
  };
}

/** Records in the order in which they came: each its length in 4 bytes, then its bytes. */
class Heap {
  readonly #spool: Spool;
  #bytes = nothing;
  #length = 0;
  records = 0;
  /** What was put aside: offset and length in the spool. */
  #parts: (readonly [at: number, length: number])[] = [];

  constructor(spool: Spool) {
    this.#spool = spool;
  }

  add(text: Buffer, from: number, to: number): void {
    const behind = this.#length + prefixBytes + to - from;
    if (behind > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(behind, Math.min(2 * behind, roomBytes)));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    this.#bytes.writeUInt32LE(to - from, this.#length);
    text.copy(this.#bytes, this.#length + prefixBytes, from, to);
    this.#length = behind;
    this.records++;
  }

  get isFull(): boolean {
    return this.#length >= partBytes;
  }

  async putAside(): Promise<void> {
    this.#parts.push([this.#spool.size, this.#length]);
    await this.#spool.write(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    // Room for a large record is not kept in every heap.
    if (this.#bytes.length > roomBytes) this.#bytes = nothing;
  }

  /** Take all records out: record i is bytes[start[i], end[i]). */
  async empty(): Promise<{ bytes: Buffer; start: Float64Array; end: Float64Array }> {
    const aside = this.#parts.reduce((sum, [, length]) => sum + length, 0);
    const bytes = Buffer.allocUnsafeSlow(aside + this.#length);
    let filled = 0;
    for (const [at, length] of this.#parts) filled += (await this.#spool.read(at, length)).copy(bytes, filled);
    this.#bytes.copy(bytes, filled, 0, this.#length);
    const start = new Float64Array(this.records);
    const end = new Float64Array(this.records);
    for (let i = 0, at = 0; i < this.records; i++) {
      start[i] = at + prefixBytes;
      at = end[i] = start[i]! + bytes.readUInt32LE(at);
    }
    this.#bytes = nothing;
    this.#length = 0;
    this.records = 0;
    this.#parts = [];
    return { bytes, start, end };
  }
}

/** Up to the end of the line: blank lines behind it are of that one place. */
function firstLine(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.indexOf('\n') + 1);
}

const heapCount = 512;
/** A heap that has so many bytes is put aside; it has room for one record more. */
const partBytes = 32 << 10;
const roomBytes = 2 * partBytes;
const prefixBytes = 4;
/** What is handed on at once. */
const bytesAtOnce = 1 << 20;
const recordsAtOnce = 1 << 14;
const nothing: Buffer = Buffer.alloc(0);
