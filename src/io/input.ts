import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fail } from '../base/diagnostic.ts';
import type { InputSource, InputStream } from '../engine/source.ts';
import { fileFailure } from './errors.ts';
import { createSpool, type Spool } from './spool.ts';

export interface Input extends InputSource {
  /** Whether the bytes are compressed. */
  readonly compressed: boolean;
  /** SHA-256 of the bytes as they came, compressed or not, of the last reading that went to the end. */
  digest(): Buffer;
  close(): Promise<void>;
}

/** Open a file, or standard input when `path` is `-`. Compression is told by the first bytes. */
export async function openInput(path: string): Promise<Input> {
  const name = path === '-' ? 'standard input' : path;
  const raw = path === '-' ? await spooled(name) : await fileSource(path);
  const first = await head(raw, 2);
  const compressed = first.length === 2 && first[0] === 0x1f && first[1] === 0x8b;
  let digest: Buffer | undefined;
  return {
    name,
    compressed,
    async open() {
      const hash = createHash('sha256');
      const stream = digesting(await raw.open(), hash, (result) => {
        digest = result;
      });
      return compressed ? gunzipped(stream, name) : stream;
    },
    digest() {
      if (digest === undefined) throw new Error('the input was not read to its end');
      return digest;
    },
    close: raw.close,
  };
}

interface RawSource {
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
  const stat = await file.stat();
  if (!stat.isFile()) {
    await file.close();
    const what = stat.isDirectory() ? 'is a directory' : 'is not a regular file';
    throw fail('FILE-READ', what, {
      place: { file: path },
      hint: 'name a file; a pipe can be given as `-`, on standard input',
    });
  }
  return {
    async open() {
      let position = 0;
      return {
        async read(target, at, size) {
          try {
            const { bytesRead } = await file.read(target, at, size, position);
            position += bytesRead;
            return bytesRead;
          } catch (error) {
            throw fileFailure(error, path, 'read');
          }
        },
        close: async () => {},
      };
    },
    close: () => file.close(),
  };
}

/** Standard input, put aside so that it can be read twice. */
async function spooled(name: string): Promise<RawSource> {
  const spool: Spool = await createSpool(tmpdir());
  try {
    for await (const chunk of process.stdin) await spool.write(chunk as Buffer);
  } catch (error) {
    await spool.close();
    throw fileFailure(error, name, 'read');
  }
  return { open: async () => spool.open(), close: () => spool.close() };
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
  const gunzip = Readable.from(compressed()).pipe(createGunzip({ chunkSize: chunkBytes }));
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
