import { createSha256 } from '../crypto/digest.ts';

/** Bytes of a chunk; the last one of a file is shorter. */
export const chunkBytes = 1 << 20;

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
