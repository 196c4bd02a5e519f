/** 32-bit hash of bytes[from, to), mixed with `seed`: four bytes a step, MurmurHash3's multipliers and finalizer. */
export function hashBytes(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let h = seed ^ (to - from);
  let i = from;
  for (const last = to - 3; i < last; i += 4) {
    h ^= Math.imul(bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24), 0xcc9e2d51 | 0);
    h = Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64;
  }
  for (; i < to; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193);
  return finish(h);
}

/** 32-bit hash of the `width` numbers at values[from]. */
export function hashNumbers(values: Int32Array, from: number, width: number): number {
  let h = width;
  for (let i = from; i < from + width; i++) {
    h ^= Math.imul(values[i]!, 0xcc9e2d51 | 0);
    h = Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64;
  }
  return finish(h);
}

function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b | 0);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35 | 0);
  return (h ^ (h >>> 16)) >>> 0;
}
