import { createCipheriv, randomBytes } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../base/diagnostic.ts';
import type { InputStream } from '../engine/source.ts';
import type { FileFacts } from '../release/chunks.ts';
import { fileFailure } from './errors.ts';
import { threadedBytes } from './job-thread.ts';
import { readAhead } from './read-ahead.ts';
import { createSeal, type Put, type Seal } from './seal.ts';

/** Bytes that are put aside: written once, then read as often as wanted. */
export interface Spool {
  /** The bytes may change once it is done. */
  write(bytes: Buffer): Promise<void>;
  /** What is written from here to `endFile` is one file, of which digests are taken. */
  beginFile(): void;
  endFile(): Promise<FileFacts>;
  /** Read it from the beginning, or bytes [from, to) of it. */
  open(from?: number, to?: number): InputStream;
  /** Bytes [at, at + length); fewer only behind the end. */
  read(at: number, length: number): Promise<Buffer>;
  readonly size: number;
  /** May be called again: then it waits for the same. */
  close(): Promise<void>;
}

/**
 * A spool in `directory`, encrypted (AES-256-CTR) under a key that lives only in memory, in a file that has no name from the
 * moment it is made: whatever kills the process, nothing readable is left behind. For many `expectedBytes` a thread does that.
 */
export async function createSpool(directory: string, expectedBytes = 0): Promise<Spool> {
  const name = join(directory, `.anon-spool-${randomBytes(8).toString('hex')}`);
  let file: FileHandle;
  try {
    file = await open(name, 'wx+', 0o600);
  } catch (error) {
    throw fileFailure(error, directory, 'write');
  }
  await unlink(name);
  const key = randomBytes(32);
  let size = 0;
  let put = 0;
  let closed: Promise<void> | undefined;
  const seal = await sealOf(expectedBytes)(key, async (sealed) => {
    const at = put;
    put += sealed.length;
    await writeFully(file, sealed, at);
  });

  async function placed<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw fileFailure(error, directory, 'write');
    }
  }

  async function readAt(position: number, target: Buffer): Promise<number> {
    await placed(seal.flush());
    const wanted = Math.min(target.length, size - position);
    let length = 0;
    while (length < wanted) {
      const { bytesRead } = await file.read(target, length, wanted - length, position + length);
      if (bytesRead === 0) throw fail('FILE-READ', 'the spool is shorter than it was', { place: { file: directory } });
      length += bytesRead;
    }
    // Counter mode can begin at any block: the counter is the block's number, and what precedes `position` in it is skipped.
    const counter = Buffer.alloc(16);
    counter.writeBigUInt64BE(BigInt(Math.floor(position / 16)), 8);
    const decipher = createCipheriv('aes-256-ctr', key, counter);
    decipher.update(Buffer.alloc(position % 16));
    const sealed = target.subarray(0, length);
    decipher.update(sealed).copy(sealed);
    return length;
  }

  return {
    get size() {
      return size;
    },
    async write(bytes) {
      await placed(seal.write(bytes));
      size += bytes.length;
    },
    beginFile: seal.beginFile,
    endFile: () => placed(seal.endFile()),
    open: (from = 0, to = Number.POSITIVE_INFINITY) =>
      readAhead(async (target, position) => {
        const at = from + position;
        return at >= to ? 0 : readAt(at, target.subarray(0, Math.min(target.length, to - at)));
      }, Math.min(to, size) - from),
    async read(at, length) {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, await readAt(at, bytes));
    },
    close() {
      closed ??= (async () => {
        key.fill(0);
        await seal.flush().catch(() => {});
        await seal.close();
        await file.close();
      })();
      return closed;
    },
  };
}

function sealOf(expectedBytes: number): (key: Uint8Array, put: Put) => Promise<Seal> {
  if (expectedBytes < threadedBytes) return async (key, put) => createSeal(key, put);
  return async (key, put) => (await import('./seal-thread.ts')).createSealThread(key, put);
}

/** Write all of `bytes` at `position` (the current position when undefined). */
export async function writeFully(file: FileHandle, bytes: Uint8Array, position?: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(
      bytes,
      at,
      bytes.length - at,
      position === undefined ? null : position + at,
    );
    at += bytesWritten;
  }
}
