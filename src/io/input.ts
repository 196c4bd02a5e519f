import { createHash, type Hash } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fail } from '../base/diagnostic.ts';
import { changed } from '../engine/blocks.ts';
import type { InputSource, InputStream } from '../engine/source.ts';
import { fileFailure } from './errors.ts';
import { noProgress, type Progress } from './progress.ts';
import { readAhead } from './read-ahead.ts';
import { createSpool, type Spool } from './spool.ts';

export interface Input extends InputSource {
  /** Whether the bytes are compressed. */
  readonly compressed: boolean;
  /** Bytes as they come: of one reading, as progress counts them. */
  readonly size: number;
  /** SHA-256 of the bytes as they came, compressed or not, of the last reading that went to the end. */
  digest(): Buffer;
  close(): Promise<void>;
}

const standardInput = 'standard input';

/** Open a file, or standard input when `path` is `-`. Each reading advances `progress`. */
export async function openInput(path: string, progress: Progress = noProgress): Promise<Input> {
  const name = path === '-' ? standardInput : path;
  return inputFrom(name, path === '-' ? await spooled() : await fileSource(path), progress);
}

/** An input of bytes that can be read again and again. Compression is told by the first bytes. */
export async function inputFrom(name: string, raw: RawSource, progress: Progress = noProgress): Promise<Input> {
  const first = await head(raw, 2);
  const compressed = first.length === 2 && first[0] === 0x1f && first[1] === 0x8b;
  let digest: Buffer | undefined;
  return {
    name,
    compressed,
    size: raw.size,
    async open(options) {
      const plain = counted(await raw.open(), progress);
      const stream = options?.digest
        ? digesting(plain, createHash('sha256'), (result) => {
            digest = result;
          })
        : plain;
      return compressed ? gunzipped(stream, name) : stream;
    },
    digest() {
      if (digest === undefined) throw new Error('the input was not read to its end');
      return digest;
    },
    close: raw.close,
  };
}

/** Bytes that can be read again and again. */
export interface RawSource {
  readonly size: number;
  open(): Promise<InputStream>;
  close(): Promise<void>;
}

async function fileSource(path: string): Promise<RawSource> {
  let file: FileHandle;
  try {
    // Without O_NONBLOCK, opening a pipe that has no writer would wait for ever.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw fileFailure(error, path, 'read');
  }
  const stat = await file.stat({ bigint: true });
  if (!stat.isFile()) {
    await file.close();
    const what = stat.isDirectory() ? 'is a directory' : 'is not a regular file';
    throw fail('FILE-READ', what, {
      place: { file: path },
      hint: 'name a file; a pipe can be given as `-`, on standard input',
    });
  }
  const source: InputSource = {
    name: path,
    open: async () =>
      readAhead(async (target, position) => {
        try {
          const { bytesRead } = await file.read(target, 0, target.length, position);
          if (bytesRead === 0) await checkSame(source, file, stat);
          return bytesRead;
        } catch (error) {
          throw fileFailure(error, path, 'read');
        }
      }, Number(stat.size)),
  };
  return { size: Number(stat.size), open: source.open, close: () => file.close() };
}

/** At its end a file must be what it was when it was opened: a program that still writes to it would be cut off somewhere. */
async function checkSame(source: InputSource, file: FileHandle, before: BigIntStats): Promise<void> {
  const now = await file.stat({ bigint: true });
  if (now.size !== before.size || now.mtimeNs !== before.mtimeNs) throw changed(source);
}

async function spooled(): Promise<RawSource> {
  const spool = await spoolInput();
  return { size: spool.size, open: async () => spool.open(), close: () => spool.close() };
}

function counted(stream: InputStream, progress: Progress): InputStream {
  return {
    async read(target, at, size) {
      const read = await stream.read(target, at, size);
      progress.advance(read);
      return read;
    },
    close: stream.close,
  };
}

/** Standard input, put aside so that it can be read twice and in any order. */
export async function spoolInput(): Promise<Spool> {
  if (process.stdin.isTTY) throw inputIsTerminal();
  const spool = await createSpool(tmpdir());
  try {
    for await (const chunk of process.stdin) await spool.write(chunk as Buffer);
  } catch (error) {
    await spool.close();
    throw fileFailure(error, standardInput, 'read');
  }
  return spool;
}

export function inputIsTerminal(): Error {
  return fail('USAGE', 'standard input is a terminal', { hint: 'name a file, or pipe something in' });
}

async function head(source: RawSource, size: number): Promise<Buffer> {
  const stream = await source.open();
  const bytes = Buffer.alloc(size);
  let length = 0;
  for (let read = 1; read > 0 && length < size; length += read) read = await stream.read(bytes, length, size - length);
  await stream.close();
  return bytes.subarray(0, length);
}

function digesting(stream: InputStream, hash: Hash, done: (digest: Buffer) => void): InputStream {
  let ended = false;
  return {
    async read(target, at, size) {
      const read = await stream.read(target, at, size);
      if (read > 0) hash.update(target.subarray(at, at + read));
      else if (!ended) {
        ended = true;
        done(hash.digest());
      }
      return read;
    },
    close: stream.close,
  };
}

const chunkBytes = 1 << 18;

function gunzipped(stream: InputStream, name: string): InputStream {
  async function* compressed(): AsyncGenerator<Buffer> {
    for (;;) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const read = await stream.read(chunk, 0, chunkBytes);
      if (read === 0) return;
      yield chunk.subarray(0, read);
    }
  }
  // Unlike `pipe`, this hands a failure to read on to whoever reads the plain bytes.
  const gunzip = pipeline(Readable.from(compressed()), createGunzip({ chunkSize: chunkBytes }), () => {});
  const plain = gunzip[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return {
    async read(target, at, size) {
      if (rest.length === 0) {
        const next = await plain.next().catch((error) => {
          throw gzipFailure(error, name);
        });
        if (next.done === true) return 0;
        rest = next.value as Buffer;
      }
      const length = Math.min(size, rest.length);
      rest.copy(target, at, 0, length);
      rest = rest.subarray(length);
      return length;
    },
    async close() {
      gunzip.destroy();
      await stream.close();
    },
  };
}

function gzipFailure(error: NodeJS.ErrnoException, name: string): Error {
  if (!error.code?.startsWith('Z_')) return error;
  const cut = error.code === 'Z_BUF_ERROR';
  return fail('DATA-COMPRESSION', cut ? 'the gzip data ends too early' : 'the gzip data is damaged', {
    place: { file: name },
    hint: cut ? 'was the file copied to its end? test it with `gzip -t`' : 'test it with `gzip -t`',
  });
}
