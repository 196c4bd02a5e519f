import { createCipheriv, randomBytes } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../base/diagnostic.ts';
import type { InputStream } from '../engine/source.ts';
import { fileFailure } from './errors.ts';
import { readAhead } from './read-ahead.ts';

/** Bytes that are put aside: written once, then read as often as wanted. */
export interface Spool {
  write(bytes: Buffer): Promise<void>;
  /** Read it from the beginning, or bytes [from, to) of it. */
  open(from?: number, to?: number): InputStream;
  /** Bytes [at, at + length); fewer only behind the end. */
  read(at: number, length: number): Promise<Buffer>;
  readonly size: number;
  /** May be called again: then it waits for the same. */
  close(): Promise<void>;
}

const bufferBytes = 1 << 20;

/**
 * A spool in `directory`, encrypted (AES-256-CTR) under a key that lives only in memory, in a file that has no name from the
 * moment it is made: whatever kills the process, nothing readable is left behind.
 */
export async function createSpool(directory: string): Promise<Spool> {
  const name = join(directory, `.anon-spool-${randomBytes(8).toString('hex')}`);
  let file: FileHandle;
  try {
    file = await open(name, 'wx+', 0o600);
  } catch (error) {
    throw fileFailure(error, directory, 'write');
  }
  await unlink(name);
  const key = randomBytes(32);
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  let size = 0;
  let pending = Promise.resolve();
  let closed: Promise<void> | undefined;

  /** Everything that `write` was given is in the file. */
  async function written(): Promise<void> {
    try {
      await pending;
    } catch (error) {
      throw fileFailure(error, directory, 'write');
    }
  }

  async function readAt(position: number, target: Buffer): Promise<number> {
    await written();
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
      for (let at = 0; at < bytes.length; at += bufferBytes) {
        await written();
        const sealed = cipher.update(bytes.subarray(at, at + bufferBytes));
        // The next piece is made while this one is written.
        pending = writeFully(file, sealed, size);
        pending.catch(() => {});
        size += sealed.length;
      }
    },
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
        await pending.catch(() => {});
        await file.close();
      })();
      return closed;
    },
  };
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
