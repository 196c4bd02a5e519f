import { longer } from '../base/longer.ts';
import { specialBytes } from './csv-bytes.ts';
import { STRETCH, vectors } from './csv-vectors.ts';

/**
 * Finds the bytes of a block at which a CSV field can begin or end. It is the one loop of this format that sees every byte, so it
 * runs as WebAssembly with 128-bit vectors: 64 bytes become a mask of 64 bits, whose bits become offsets without a branch on
 * the bytes (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 2019, §3.2). Ten times as fast as a loop in
 * JavaScript, which takes over where there is no WebAssembly.
 */
export interface Specials {
  /** Offsets of the special bytes, in order, and then the end of the block. */
  readonly offsets: Int32Array;
  /** List bytes[from, limit) anew. */
  list(bytes: Uint8Array, from: number, limit: number): void;
}

type Stretch = (bytes: Uint8Array, from: number, limit: number, offsets: Int32Array, count: number) => number;

export function specials(delimiter: number, vectored = true): Specials {
  const stretch = (vectored ? vectorStretch(delimiter) : undefined) ?? plainStretch(delimiter);
  const result = {
    offsets: new Int32Array(STRETCH),
    list(bytes: Uint8Array, from: number, limit: number) {
      let count = 0;
      for (let i = from; i < limit; i += STRETCH) {
        const end = Math.min(i + STRETCH, limit);
        if (result.offsets.length <= count + end - i)
          result.offsets = longer(result.offsets, 2 * result.offsets.length + 1);
        count = stretch(bytes, i, end, result.offsets, count);
      }
      result.offsets[count] = limit;
    },
  };
  return result;
}

function plainStretch(delimiter: number): Stretch {
  const special = specialBytes(delimiter);
  return (bytes, from, limit, offsets, count) => {
    let n = count;
    for (let i = from; i < limit; i++) if (special[bytes[i]!] === 1) offsets[n++] = i;
    return n;
  };
}

function vectorStretch(delimiter: number): Stretch | undefined {
  const lister = vectors();
  if (lister === undefined) return undefined;
  const { input, output } = lister;
  return (bytes, from, limit, offsets, count) => {
    const size = limit - from;
    input.set(bytes.subarray(from, limit));
    input.fill(0, size, size + 64);
    const found = lister.list(size, from, delimiter);
    offsets.set(output.subarray(0, found), count);
    return count + found;
  };
}
