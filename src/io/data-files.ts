import { fail } from '../base/diagnostic.ts';
import type { Sink, WrittenRecords } from '../engine/source.ts';
import type { Codec } from '../formats/encodings/definition.ts';
import { createChunkDigest, type FileFacts } from '../release/chunks.ts';
import { gzipSink } from './gzip-sink.ts';
import type { Spool } from './spool.ts';

/** One of the files that the output consists of. It is `facts.bytes` bytes of the spool. */
export interface DataFile {
  readonly facts: FileFacts;
  readonly records: number;
  /** Which file of the input it was made of: 0 is the first. Several may be made of one. */
  readonly input: number;
  /** Offset of its first byte in the spool. */
  readonly from: number;
}

/** When another file begins: before it would be larger than this. A file has at least one record. */
export interface Split {
  /** With its header, before compression. */
  readonly bytes?: number | undefined;
  readonly records?: number | undefined;
}

export interface DataFilesOptions {
  /** Of what is made of each file of the input; undefined: UTF-8. */
  readonly codecs: readonly (Codec | undefined)[];
  /** Undefined: not compressed. */
  readonly gzipLevel: number | undefined;
  /** Undefined: one file for each of the input. */
  readonly split: Split | undefined;
  /** Largest number of files; default: what a bundle may hold. */
  readonly most?: number | undefined;
}

/** Of a bundle: each has a chunk list beside it, and a bundle may hold 10,000 files. */
export const maxDataFiles = 4000;

export interface DataSink extends Sink {
  /** Offset of the first character of a text that the files cannot hold, or -1; undefined: they can hold every character. */
  readonly refused: ((text: Buffer) => number) | undefined;
  /** Call it once, behind the last write. */
  end(): Promise<readonly DataFile[]>;
}

/** A sink that puts the output into files, one behind the other in the spool, each with the head of what it is a part of. */
export function dataFiles(spool: Spool, { codecs, gzipLevel, split, most = maxDataFiles }: DataFilesOptions): DataSink {
  const done: DataFile[] = [];
  const maxBytes = split?.bytes ?? Number.POSITIVE_INFINITY;
  const maxRecords = split?.records ?? Number.POSITIVE_INFINITY;
  /** File of the input, the head of what is made of it, and how that is encoded. */
  let input = -1;
  let head: Buffer = Buffer.alloc(0);
  let codec: Codec | undefined;
  let mark: Buffer = Buffer.alloc(0);
  let file = openFile();
  /** Of the open file: before compression, and counted only where they are limited. */
  let bytes = 0;
  let records = 0;

  function openFile() {
    const digest = createChunkDigest();
    const from = spool.size;
    const plain: Pick<Sink, 'write'> = {
      async write(piece) {
        digest.update(piece);
        await spool.write(piece);
      },
    };
    const gzip = gzipLevel === undefined ? undefined : gzipSink(plain, gzipLevel);
    return { sink: gzip ?? plain, from, digest, close: async () => gzip?.end() };
  }

  async function write(text: Buffer): Promise<void> {
    if (text.length > 0) await file.sink.write(codec === undefined ? text : codec.encode(text));
  }

  function sizeOf(text: Buffer, from: number, to: number): number {
    return codec?.size(text, from, to) ?? to - from;
  }

  async function begin(): Promise<void> {
    if (mark.length > 0) await file.sink.write(mark);
    await write(head);
    bytes = mark.length + sizeOf(head, 0, head.length);
    records = 0;
  }

  async function endFile(): Promise<void> {
    await file.close();
    done.push({ facts: file.digest.finish(), records, input, from: file.from });
  }

  async function nextFile(): Promise<void> {
    await endFile();
    if (done.length === most) {
      throw fail('FILE-WRITE', `the output would be split into more than ${most} files`, {
        hint: 'choose a larger size or number of records for each file',
      });
    }
    file = openFile();
  }

  /** How many of the records from `n` on go into the open file. */
  function fitting(text: Buffer, { start, records: count }: WrittenRecords, n: number): number {
    const last = Math.min(count, n + maxRecords - records);
    if (maxBytes === Number.POSITIVE_INFINITY) return last - n;
    let m = n;
    let total = bytes;
    while (m < last) {
      total += sizeOf(text, start[m]!, start[m + 1]!);
      if (total > maxBytes) break;
      m++;
    }
    return m - n;
  }

  return {
    // They are of one encoding, and differ by byte order and mark alone.
    refused: codecs[0]?.refused,
    async begin(text) {
      if (input >= 0) await nextFile();
      input++;
      head = Buffer.from(text);
      codec = codecs[input];
      mark = codec?.mark ?? Buffer.alloc(0);
      await begin();
    },
    async write(text, written) {
      if (written === undefined) await write(text);
      else await writeRecords(text, written);
    },
    async end() {
      await endFile();
      return done;
    },
  };

  async function writeRecords(text: Buffer, written: WrittenRecords): Promise<void> {
    const { start } = written;
    for (let n = 0; n < written.records; ) {
      const count = fitting(text, written, n) || (records === 0 ? 1 : 0);
      if (count === 0) {
        await nextFile();
        await begin();
      } else {
        const part = text.subarray(start[n], start[n + count]);
        await write(part);
        if (maxBytes !== Number.POSITIVE_INFINITY) bytes += sizeOf(part, 0, part.length);
        records += count;
        n += count;
      }
    }
  }
}
