import { hashFour, type Words } from './words.ts';

/** Shortest value that is searched for in the records of others, in bytes of letters and digits. */
export const shortestElsewhere = 8;
/** Longer values are searched for in their own record only. */
const longestElsewhere = 255;

/**
 * The source's identifier values, as 59-bit fingerprints with the individual they belong to. A value of two individuals is no
 * evidence against either and is not searched for.
 *
 * Values are put aside in 256 parts by their fingerprint; `seal` makes a hash table of each part, small enough for the cache.
 * Memory: 20 to 40 bytes a value that is added, then 24 to 48 a distinct value.
 */
export class SourceValues {
  #parts: (Part | undefined)[] = Array.from({ length: parts }, () => ({
    entries: new Int32Array(16 * entryWidth),
    length: 0,
  }));
  readonly #tables: Int32Array[] = [];
  /** One bit for each hash of four bytes that a value begins with. */
  readonly #beginnings = new Int32Array(1 << (beginningBits - 5));
  /** One bit for each hash of the eight bytes that a value begins with, and one for these and its length: 16 to 32 bits a value. */
  #heads = new Int32Array(1);
  #headShift = 0;
  #longest = 0;
  #size = 0;
  /** Whether any value has this length. */
  readonly hasLength = new Uint8Array(longestElsewhere + 1);
  /** Distinct values made of digits alone, by length; 31 stands for all longer ones. */
  readonly digitValues = new Int32Array(32);

  /** Number of distinct values, once sealed. */
  get size(): number {
    return this.#size;
  }

  /** Add the value that `words` hold. */
  add(words: Words, owner: number): void {
    const bytes: Uint8Array = words.bytes;
    const { length } = words;
    if (length < shortestElsewhere || length > longestElsewhere) return;
    const low = hash(bytes, 0, length, seedLow, primeLow);
    const part = this.#parts[low >>> partShift]!;
    if (part.length + entryWidth > part.entries.length) part.entries = doubled(part.entries);
    const { entries } = part;
    entries[part.length] = low;
    entries[part.length + 1] = highHalf(bytes, 0, length);
    entries[part.length + 2] = headAt(bytes, 0);
    entries[part.length + 3] = length;
    entries[part.length + 4] = owner;
    part.length += entryWidth;
    this.hasLength[length] = 1;
    if (length > this.#longest) this.#longest = length;
    const bit = hashFour(bytes, 0) >>> beginningShift;
    this.#beginnings[bit >>> 5]! |= 1 << (bit & 31);
  }

  /** To be called once, when all values are in. */
  seal(): void {
    let added = 0;
    for (const part of this.#parts) added += part!.length / entryWidth;
    let bits = 10;
    while (2 ** bits < added * 16 && bits < 31) bits++;
    this.#heads = new Int32Array(2 ** (bits - 5));
    this.#headShift = 32 - bits;
    for (let p = 0; p < parts; p++) {
      this.#tables.push(this.#tableOf(this.#parts[p]!));
      this.#parts[p] = undefined;
    }
  }

  /** May a value begin with four bytes of this hash? Most often the answer is no. */
  mayBegin(four: number): boolean {
    const bit = four >>> beginningShift;
    return (this.#beginnings[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  /**
   * The end of a value that begins with word `w`, ends with a word before `lastWord`, belongs to one individual alone, and is not
   * one of the record's own, which are not to be found twice; -1 when there is none. At least eight bytes follow.
   */
  endOfAnother(words: Words, w: number, lastWord: number, isOwn: (from: number, to: number) => boolean): number {
    const bytes: Uint8Array = words.bytes;
    const { start } = words;
    const from = start[w]!;
    const head = headAt(bytes, from);
    if (!this.#mayHave(head)) return -1;
    const last = from + this.#longest;
    for (let next = w + 1; next <= lastWord && start[next]! <= last; next++) {
      const to = start[next]!;
      if (this.hasLength[to - from] === 0 || !this.#mayHave(ofLength(head, to - from))) continue;
      const owner = this.#ownerOf(hash(bytes, from, to, seedLow, primeLow), highHalf(bytes, from, to));
      if (owner !== shared && owner !== absent && !isOwn(from, to)) return to;
    }
    return -1;
  }

  #mayHave(hash: number): boolean {
    const bit = hash >>> this.#headShift;
    return (this.#heads[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  #have(hash: number): void {
    const bit = hash >>> this.#headShift;
    this.#heads[bit >>> 5]! |= 1 << (bit & 31);
  }

  #ownerOf(low: number, high: number): number {
    const table = this.#tables[low >>> partShift]!;
    const mask = table.length - 1;
    for (let at = (low << 2) & mask; table[at + 2] !== absent; at = (at + 4) & mask) {
      if (table[at] === low && table[at + 1] === high) return table[at + 2]!;
    }
    return absent;
  }

  /** A hash table of a part; each place holds low and high half of the fingerprint and the owner. */
  #tableOf({ entries, length }: Part): Int32Array {
    let size = 16;
    while (size * 3 < (length / entryWidth) * 16) size *= 2;
    const table = new Int32Array(size);
    for (let at = 2; at < size; at += 4) table[at] = absent;
    for (let from = 0; from < length; from += entryWidth) {
      const low = entries[from]!;
      const high = entries[from + 1]!;
      const owner = entries[from + 4]!;
      let at = (low << 2) & (size - 1);
      while (table[at + 2] !== absent && (table[at] !== low || table[at + 1] !== high)) at = (at + 4) & (size - 1);
      if (table[at + 2] === absent) {
        table[at] = low;
        table[at + 1] = high;
        table[at + 2] = owner;
        this.#size++;
        if ((high & 31) !== 0) this.digitValues[high & 31]!++;
        this.#have(entries[from + 2]!);
        this.#have(ofLength(entries[from + 2]!, entries[from + 3]!));
      } else if (table[at + 2] !== owner) table[at + 2] = shared;
    }
    return table;
  }
}

export function areDigits(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i]! < 0x30 || bytes[i]! > 0x39) return false;
  return true;
}

/** Values in groups of five: low and high half of the fingerprint, hash of the first eight bytes, length, owner. */
interface Part {
  entries: Int32Array;
  length: number;
}

const parts = 256;
const partShift = 24;
const entryWidth = 5;
const beginningBits = 19;
const beginningShift = 32 - beginningBits;
const absent = -1;
const shared = -2;
const seedLow = 0x2545f491;
const seedHigh = 0x1b873593;
const primeLow = 0xcc9e2d51 | 0;
const primeHigh = 0x5bd1e995;

/** The last five bits say how many digits a value of digits alone has; 0: it is no number. */
function highHalf(bytes: Uint8Array, from: number, to: number): number {
  const high = hash(bytes, from, to, seedHigh, primeHigh);
  return (high & ~31) | (areDigits(bytes, from, to) ? Math.min(31, to - from) : 0);
}

/** Hash of bytes[from, to), four bytes a step; MurmurHash3's shape and finalizer. */
function hash(bytes: Uint8Array, from: number, to: number, seed: number, prime: number): number {
  let h = seed ^ (to - from);
  let i = from;
  for (const last = to - 3; i < last; i += 4) {
    const four = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    h = Math.imul(h ^ four, prime);
    h ^= h >>> 15;
  }
  for (; i < to; i++) h = Math.imul(h ^ bytes[i]!, prime);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b | 0);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35 | 0);
  return h ^ (h >>> 16);
}

/** Hash of the eight bytes at bytes[at]. */
function headAt(bytes: Uint8Array, at: number): number {
  const a = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  const b = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24);
  const h = Math.imul(a, 0x9e3779b1 | 0) ^ Math.imul(b, 0x85ebca77 | 0);
  return Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
}

function ofLength(head: number, length: number): number {
  return Math.imul(head ^ Math.imul(length, 0x27d4eb2f), 0x165667b1);
}

function doubled(entries: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(entries.length * 2);
  grown.set(entries);
  return grown;
}
