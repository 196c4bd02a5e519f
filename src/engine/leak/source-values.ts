import type { Words } from './words.ts';

/** Shortest value that is searched for in the records of others, in bytes of letters and digits. */
export const shortestElsewhere = 8;
/** Longer values are searched for in their own record only. */
const longestElsewhere = 255;

/**
 * The source's identifier values, as 64-bit fingerprints with the individual they belong to. A value of two individuals is no
 * evidence against either and is not searched for. Memory: 22 to 43 bytes a value, 2 to 4 more for the filter.
 */
export class SourceValues {
  /** Per place: low and high half of the fingerprint, hash of the first eight bytes, owner + 1 (0: empty; -1: several owners). */
  #places = new Int32Array(4 * 4096);
  #mask = 4095;
  #size = 0;
  #filter = new Int32Array(32);
  #filterShift = 22;
  /** Longest value, in bytes. */
  longest = 0;
  /** Whether any value has this length. */
  readonly hasLength = new Uint8Array(longestElsewhere + 1);
  /** Values made of digits alone, by length. */
  readonly digitValues = new Int32Array(longestElsewhere + 1);

  /** Number of distinct values. */
  get size(): number {
    return this.#size;
  }

  add(words: Words, owner: number): void {
    const { bytes, length } = words;
    if (length < shortestElsewhere || length > longestElsewhere) return;
    let low = seedLow;
    let high = seedHigh;
    for (let i = 0; i < length; i++) {
      const c = bytes[i]!;
      low = Math.imul(low ^ c, primeLow);
      high = Math.imul(high ^ c, primeHigh) ^ (high >>> 15);
    }
    low = finish(low);
    high = finish(high);
    const places = this.#places;
    let at = (low & this.#mask) << 2;
    for (; places[at + 3] !== 0; at = (((at >> 2) + 1) & this.#mask) << 2) {
      if (places[at] !== low || places[at + 1] !== high) continue;
      if (places[at + 3] !== owner + 1) places[at + 3] = shared;
      return;
    }
    places[at] = low;
    places[at + 1] = high;
    places[at + 2] = headAt(bytes, 0);
    places[at + 3] = owner + 1;
    if (length > this.longest) this.longest = length;
    this.hasLength[length] = 1;
    if (areDigits(bytes, 0, length)) this.digitValues[length]!++;
    if (++this.#size * 4 > this.#mask * 3) this.#grow();
  }

  /** To be called when all values are in: builds the filter that most look-ups end at. */
  seal(): void {
    let bits = 10;
    while (2 ** bits < this.#size * 16 && bits < 31) bits++;
    this.#filter = new Int32Array(2 ** (bits - 5));
    this.#filterShift = 32 - bits;
    for (let at = 0; at < this.#places.length; at += 4) {
      if (this.#places[at + 3]! <= 0) continue;
      const bit = this.#places[at + 2]! >>> this.#filterShift;
      this.#filter[bit >>> 5]! |= 1 << (bit & 31);
    }
  }

  /** May a value begin with the eight bytes at bytes[at]? Most often the answer is no. */
  mayBegin(bytes: Uint8Array, at: number): boolean {
    const bit = headAt(bytes, at) >>> this.#filterShift;
    return (this.#filter[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  /**
   * The end of the value that begins with word `w` and ends with a word, and belongs to exactly one individual other than
   * `owner`; -1 when there is none.
   */
  endOfAnother(words: Words, w: number, owner: number): number {
    const bytes: Uint8Array = words.bytes;
    const { start, count } = words;
    const from = start[w]!;
    const last = from + this.longest;
    let low = seedLow;
    let high = seedHigh;
    let i = from;
    for (let next = w + 1; next <= count && start[next]! <= last; next++) {
      const to = start[next]!;
      for (; i < to; i++) {
        const c = bytes[i]!;
        low = Math.imul(low ^ c, primeLow);
        high = Math.imul(high ^ c, primeHigh) ^ (high >>> 15);
      }
      if (this.hasLength[to - from] === 1 && this.#isOfAnother(finish(low), finish(high), owner)) return to;
    }
    return -1;
  }

  #isOfAnother(low: number, high: number, owner: number): boolean {
    const places = this.#places;
    for (let at = (low & this.#mask) << 2; places[at + 3] !== 0; at = (((at >> 2) + 1) & this.#mask) << 2) {
      if (places[at] === low && places[at + 1] === high)
        return places[at + 3] !== shared && places[at + 3] !== owner + 1;
    }
    return false;
  }

  #grow(): void {
    const old = this.#places;
    const places = new Int32Array(old.length * 2);
    this.#mask = (places.length >> 2) - 1;
    for (let from = 0; from < old.length; from += 4) {
      if (old[from + 3] === 0) continue;
      let at = (old[from]! & this.#mask) << 2;
      while (places[at + 3] !== 0) at = (((at >> 2) + 1) & this.#mask) << 2;
      places[at] = old[from]!;
      places[at + 1] = old[from + 1]!;
      places[at + 2] = old[from + 2]!;
      places[at + 3] = old[from + 3]!;
    }
    this.#places = places;
  }
}

export function areDigits(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i]! < 0x30 || bytes[i]! > 0x39) return false;
  return true;
}

const shared = -1;
const seedLow = 0x2545f491;
const seedHigh = 0x1b873593;
const primeLow = 0x01000193;
const primeHigh = 0x5bd1e995;

/** Hash of the eight bytes at bytes[at]. */
function headAt(bytes: Uint8Array, at: number): number {
  const a = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  const b = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24);
  const h = Math.imul(a, 0x9e3779b1 | 0) ^ Math.imul(b, 0x85ebca77 | 0);
  return Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
}

function finish(h: number): number {
  const mixed = Math.imul(h ^ (h >>> 13), 0xc2b2ae35 | 0);
  return mixed ^ (mixed >>> 16);
}
