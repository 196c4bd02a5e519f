import type { Words } from './words.ts';

/** Shortest value that is searched for in the records of others, in bytes of letters and digits. */
export const shortestElsewhere = 8;

const lengths = 256;

/**
 * The source's identifier values, as 64-bit fingerprints with the individual they belong to. A value of two individuals is no
 * evidence against either and is not searched for. Memory: 20 bytes a value at a load of one half to one.
 */
export class SourceValues {
  #mask = 4095;
  #low = new Int32Array(4096);
  #high = new Int32Array(4096);
  #head = new Int32Array(4096);
  /** Owner + 1; 0 is an empty place, `shared` a value of several individuals. */
  #owner = new Int32Array(4096);
  #size = 0;
  #filter = new Int32Array(1);
  #filterShift = 27;
  /** Whether any value has this length. */
  readonly hasLength = new Uint8Array(lengths);
  /** Values made of digits alone, by length. */
  readonly digitValues = new Int32Array(lengths);

  /** Number of distinct values. */
  get size(): number {
    return this.#size;
  }

  add(words: Words, owner: number): void {
    const { bytes, length } = words;
    if (length < shortestElsewhere || length >= lengths) return;
    const low = hash(bytes, 0, length, seedLow);
    const high = hash(bytes, 0, length, seedHigh);
    let place = low & this.#mask;
    for (; this.#owner[place] !== 0; place = (place + 1) & this.#mask) {
      if (this.#low[place] !== low || this.#high[place] !== high) continue;
      if (this.#owner[place] !== owner + 1) this.#owner[place] = shared;
      return;
    }
    this.#low[place] = low;
    this.#high[place] = high;
    this.#head[place] = headAt(bytes, 0);
    this.#owner[place] = owner + 1;
    this.hasLength[length] = 1;
    if (areDigits(bytes, 0, length)) this.digitValues[length]!++;
    if (++this.#size * 4 > this.#mask * 3) this.#grow();
  }

  /** To be called when all values are in: builds the filter that most look-ups end at. */
  seal(): void {
    let bits = 10;
    while (1 << bits < this.#size * 16 && bits < 30) bits++;
    this.#filter = new Int32Array(1 << (bits - 5));
    this.#filterShift = 32 - bits;
    for (let place = 0; place <= this.#mask; place++) {
      if (this.#owner[place] === 0 || this.#owner[place] === shared) continue;
      const bit = this.#head[place]! >>> this.#filterShift;
      this.#filter[bit >>> 5]! |= 1 << (bit & 31);
    }
  }

  /** May a value begin with the eight bytes at bytes[at]? Most often the answer is no. */
  mayBegin(bytes: Buffer, at: number): boolean {
    const bit = headAt(bytes, at) >>> this.#filterShift;
    return (this.#filter[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  /** Is bytes[from, to) a value of exactly one individual, and of another than `owner`? */
  isOfAnother(bytes: Buffer, from: number, to: number, owner: number): boolean {
    const low = hash(bytes, from, to, seedLow);
    const high = hash(bytes, from, to, seedHigh);
    for (let place = low & this.#mask; this.#owner[place] !== 0; place = (place + 1) & this.#mask) {
      if (this.#low[place] !== low || this.#high[place] !== high) continue;
      return this.#owner[place] !== shared && this.#owner[place] !== owner + 1;
    }
    return false;
  }

  #grow(): void {
    const old = { low: this.#low, high: this.#high, head: this.#head, owner: this.#owner };
    const size = old.low.length * 2;
    this.#mask = size - 1;
    this.#low = new Int32Array(size);
    this.#high = new Int32Array(size);
    this.#head = new Int32Array(size);
    this.#owner = new Int32Array(size);
    for (let i = 0; i < old.low.length; i++) {
      if (old.owner[i] === 0) continue;
      let place = old.low[i]! & this.#mask;
      while (this.#owner[place] !== 0) place = (place + 1) & this.#mask;
      this.#low[place] = old.low[i]!;
      this.#high[place] = old.high[i]!;
      this.#head[place] = old.head[i]!;
      this.#owner[place] = old.owner[i]!;
    }
  }
}

export function areDigits(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i]! < 0x30 || bytes[i]! > 0x39) return false;
  return true;
}

const shared = -1;
const seedLow = 0x2545f491;
const seedHigh = 0x1b873593;

function headAt(bytes: Buffer, at: number): number {
  const a = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  const b = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24);
  let h = Math.imul(a, 0x9e3779b1 | 0) ^ Math.imul(b, 0x85ebca77 | 0);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}

function hash(bytes: Buffer, from: number, to: number, seed: number): number {
  let h = seed;
  for (let i = from; i < to; i++) h = Math.imul(h ^ bytes[i]!, 0x5bd1e995) ^ (h >>> 15);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35 | 0);
  return h ^ (h >>> 16);
}
