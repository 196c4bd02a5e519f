import { fail } from '../base/diagnostic.ts';
import { createSha256, sha256Hex } from '../crypto/digest.ts';

/** Bytes of a chunk; the last one of a file is shorter. */
export const chunkBytes = 1 << 20;
/** A line of a chunk list: 64 hex digits and a line feed. */
const lineBytes = 65;

/** What is known of a file whose bytes have gone by. */
export interface FileFacts {
  readonly bytes: number;
  /** SHA-256 of the whole file, hex. */
  readonly sha256: string;
  /** The chunk list: one line of 64 hex digits per MiB. Empty for an empty file. */
  readonly chunks: string;
}

export interface ChunkDigest {
  update(bytes: Buffer): void;
  /** Call once, at the end. */
  finish(): FileFacts;
}

/** Digest a file and its chunks as its bytes go by. Memory: 65 bytes per MiB of the file. */
export function createChunkDigest(): ChunkDigest {
  const whole = createSha256();
  let chunk = createSha256();
  let inChunk = 0;
  let total = 0;
  const lines: string[] = [];
  const close = (): void => {
    lines.push(`${chunk.hex()}\n`);
    chunk = createSha256();
    inChunk = 0;
  };
  return {
    update(bytes) {
      whole.update(bytes);
      total += bytes.length;
      for (let from = 0; from < bytes.length; ) {
        const to = Math.min(bytes.length, from + chunkBytes - inChunk);
        chunk.update(bytes.subarray(from, to));
        inChunk += to - from;
        from = to;
        if (inChunk === chunkBytes) close();
      }
    },
    finish() {
      if (inChunk > 0) close();
      return { bytes: total, sha256: whole.hex(), chunks: lines.join('') };
    },
  };
}

/** Size in bytes of the chunk list of a file of `fileBytes` bytes. */
export function chunkListBytes(fileBytes: number): number {
  return Math.ceil(fileBytes / chunkBytes) * lineBytes;
}

/** The digests (hex) of a chunk list of a file of `fileBytes` bytes. Throws CHUNK when it is not byte for byte one that anon writes. */
export function parseChunkList(list: Buffer, fileBytes: number): readonly string[] {
  if (list.length !== chunkListBytes(fileBytes)) throw fail('CHUNK', 'the chunk list has the wrong number of lines');
  const lines = list.toString('latin1').split('\n');
  const wellFormed = lines.pop() === '' && lines.length * lineBytes === list.length;
  if (!wellFormed || !lines.every((line) => /^[0-9a-f]{64}$/.test(line)))
    throw fail('CHUNK', 'the chunk list is malformed');
  return lines;
}

/**
 * Pass on a file chunk by chunk, each only after its digest was found in the list. Throws CHUNK before the first chunk that differs and
 * TRUNCATED when the file ends early; bytes beyond `fileBytes` are CHUNK too. Memory: one chunk.
 */
export async function* verifiedChunks(
  file: AsyncIterable<Buffer>,
  fileBytes: number,
  digests: readonly string[],
): AsyncGenerator<Buffer, void, undefined> {
  let number = 0;
  let left = fileBytes;
  let room = Buffer.allocUnsafe(Math.min(chunkBytes, left));
  let filled = 0;
  for await (const bytes of file) {
    for (let from = 0; from < bytes.length; ) {
      if (left === 0) throw fail('CHUNK', 'the file is longer than its license says');
      const to = Math.min(bytes.length, from + room.length - filled);
      bytes.copy(room, filled, from, to);
      filled += to - from;
      from = to;
      if (filled < room.length) continue;
      if (sha256Hex(room) !== digests[number])
        throw fail('CHUNK', `chunk ${number + 1} is not the one that was signed`);
      yield room;
      number += 1;
      left -= filled;
      room = Buffer.allocUnsafe(Math.min(chunkBytes, left));
      filled = 0;
    }
  }
  if (left > 0) throw fail('TRUNCATED', 'the file ends too early');
}
