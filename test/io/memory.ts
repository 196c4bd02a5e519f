import { createHash } from 'node:crypto';
import type { Input } from '../../src/io/input.ts';
import type { Spool } from '../../src/io/spool.ts';
import { sourceOf } from '../engine/harness.ts';

/** An input in memory that is read in pieces of many sizes. */
export function memoryInput(bytes: Buffer, seed = 1, extension = 'csv'): Input {
  return {
    ...sourceOf(bytes, seed, extension),
    compressed: false,
    size: bytes.length,
    digest: () => createHash('sha256').update(bytes).digest(),
    close: async () => {},
  };
}

/** A spool in memory. */
export function memorySpool(): Spool & { readonly bytes: () => Buffer } {
  const parts: Buffer[] = [];
  let size = 0;
  const bytes = () => {
    if (parts.length > 1) parts.splice(0, parts.length, Buffer.concat(parts));
    return parts[0] ?? Buffer.alloc(0);
  };
  return {
    bytes,
    get size() {
      return size;
    },
    async write(piece) {
      parts.push(Buffer.from(piece));
      size += piece.length;
    },
    open: () => {
      throw new Error('is not read');
    },
    read: async (at, length) => bytes().subarray(at, at + length),
    close: async () => {},
  };
}
