/** Hashes of normalized values; the vector code computes the same. */

export const seedLow = 0x2545f491;
export const seedHigh = 0x1b873593;
export const primeLow = 0xcc9e2d51 | 0;
export const primeHigh = 0x5bd1e995;

export function lowHalf(bytes: Uint8Array, from: number, to: number): number {
  return hash(bytes, from, to, seedLow, primeLow);
}

/** The last five bits say how many digits a value of digits alone has, 31 for more; 0: it is no number. */
export function highHalf(bytes: Uint8Array, from: number, to: number): number {
  const high = hash(bytes, from, to, seedHigh, primeHigh);
  return (high & ~31) | (areDigits(bytes, from, to) ? Math.min(31, to - from) : 0);
}

/** Hash of bytes[from, to), four bytes a step; MurmurHash3's shape and finalizer. */
function hash(bytes: Uint8Array, from: number, to: number, seed: number, prime: number): number {
  let h = seed ^ (to - from);
  let i = from;
  for (const last = to - 3; i < last; i += 4) {
    h = Math.imul(h ^ fourAt(bytes, i), prime);
    h ^= h >>> 15;
  }
  for (; i < to; i++) h = Math.imul(h ^ bytes[i]!, prime);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b | 0);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35 | 0);
  return h ^ (h >>> 16);
}

/** Hash of the four bytes at bytes[p]; its high bits are the good ones. */
export function hashFour(bytes: Uint8Array, p: number): number {
  const four = fourAt(bytes, p);
  return Math.imul(four ^ (four >>> 15), 0x9e3779b1 | 0);
}

/** Hash of the eight bytes at bytes[p]. */
export function hashEight(bytes: Uint8Array, p: number): number {
  const h = Math.imul(fourAt(bytes, p), 0x9e3779b1 | 0) ^ Math.imul(fourAt(bytes, p + 4), 0x85ebca77 | 0);
  return Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
}

/**
 * The places of two bits of a filter, by the hash of a value's first eight bytes and by its length, or 0 for any length. Both are
 * among the 512 bits, a line of the cache, to which the highest bits of the hash lead: whatever the length (Putze, Sanders and
 * Singler, Cache-, Hash- and Space-Efficient Bloom Filters, 2007).
 */
export function firstPlace(eight: number, length: number, shift: number): number {
  return (eight >>> shift) ^ (mixed(eight, length) >>> 23);
}

export function secondPlace(eight: number, length: number, shift: number): number {
  return (eight >>> shift) ^ ((mixed(eight, length) >>> 14) & 511);
}

function mixed(eight: number, length: number): number {
  return Math.imul(eight ^ Math.imul(length, 0x27d4eb2f), 0x165667b1);
}

export function areDigits(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i]! < 0x30 || bytes[i]! > 0x39) return false;
  return true;
}

function fourAt(bytes: Uint8Array, p: number): number {
  return bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24);
}
