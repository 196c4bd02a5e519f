import { firstPlace, highHalf, lowHalf, secondPlace } from './fingerprint.ts';
import { fourBits, type HeadFilter, longestElsewhere, printWidth } from './matcher.ts';

/** The individual that record r of a batch belongs to: units[r], or without units number `firstRecord` + r. */
export interface Owners {
  readonly units: Int32Array | undefined;
  readonly firstRecord: number;
}

/**
 * The source's identifier values, as 59-bit fingerprints with the individual they belong to. A value of two individuals is no
 * evidence against either and is not searched for.
 *
 * Values are put aside in 256 parts by the hash of their first eight bytes; `seal` makes a hash table of each part, small enough
 * for the cache, as is the part of the filter that it sets bits of. Memory: 16 bytes a value that is added, then 20 more, and 2 to
 * 4 for the filter.
 */
export class SourceValues {
  /** Chunks of each part, the last of them, and how many values it has. */
  readonly #chunks: Int32Array[][] = Array.from({ length: parts }, () => []);
  readonly #last: Int32Array[] = new Array(parts).fill(noChunk);
  readonly #added = new Int32Array(parts);
  /** Memory of chunks to come: many small arrays are a burden for the garbage collector. */
  #slab = new Int32Array(0);
  #tables: Int32Array[] = [];
  readonly #fours = new Int32Array(1 << (fourBits - 5));
  readonly #hasLength = new Uint8Array(longestElsewhere + 1);
  #filter: HeadFilter | undefined;
  #size = 0;
  /** Distinct values made of digits alone, by length; 31 stands for all longer ones. */
  readonly digitValues = new Int32Array(32);

  /** Number of distinct values, once sealed. */
  get size(): number {
    return this.#size;
  }

  /** What the values begin with, once sealed. */
  get filter(): HeadFilter {
    return this.#filter!;
  }

  /** Add values by their fingerprints; value i stands in record[i]. */
  add(prints: Int32Array, record: Int32Array, { units, firstRecord }: Owners): void {
    const added = this.#added;
    const last = this.#last;
    const hasLength = this.#hasLength;
    const fours = this.#fours;
    for (let p = 0, i = 0; p < prints.length; p += printWidth, i++) {
      const length = prints[p + 3]!;
      if (length === 0) continue;
      const head = prints[p + 2]!;
      const part = head >>> partShift;
      const within = added[part]!++ % chunkValues;
      if (within === 0) this.#addChunk(part);
      const chunk = last[part]!;
      const at = within * groupWidth;
      chunk[at] = prints[p]!;
      chunk[at + 1] = prints[p + 1]!;
      // The part is known already: its bits have room for the length.
      chunk[at + 2] = (head & restOfHead) | (length << partShift);
      chunk[at + 3] = units === undefined ? firstRecord + record[i]! : units[record[i]!]!;
      hasLength[length] = 1;
      setBit(fours, prints[p + 4]! >>> (32 - fourBits));
    }
  }

  /** To be called once, when all values are in. */
  seal(): void {
    const added = this.#added.reduce((sum, values) => sum + values, 0);
    let bits = 10;
    while (2 ** bits < added * 16 && bits < 31) bits++;
    this.#filter = {
      fours: this.#fours,
      heads: new Int32Array(2 ** (bits - 5)),
      headShift: 32 - bits,
      hasLength: this.#hasLength,
      longest: this.#hasLength.lastIndexOf(1),
    };
    this.#tables = this.#chunks.map((chunks, part) => {
      const table = this.#tableOf(part, chunks, this.#added[part]!, this.#filter!);
      chunks.length = 0;
      return table;
    });
    this.#slab = new Int32Array(0);
  }

  /** Does one individual alone have the value bytes[from, to), of which `head` hashes the first eight bytes? */
  hasOneOwner(bytes: Uint8Array, from: number, to: number, head: number): boolean {
    const low = lowHalf(bytes, from, to);
    const table = this.#tables[head >>> partShift]!;
    let high: number | undefined;
    for (let at = place(low, table.length / placeWidth); table[at + 2] !== absent; at = behind(table.length, at)) {
      if (table[at] !== low) continue;
      // The other half is needed only where this half is there.
      high ??= highHalf(bytes, from, to);
      if (table[at + 1] === high) return table[at + 2] !== shared;
    }
    return false;
  }

  /** A hash table of a part; each place holds low and high half of the fingerprint and the owner plus one. */
  #tableOf(part: number, chunks: readonly Int32Array[], values: number, { heads, headShift }: HeadFilter): Int32Array {
    const places = 4 + Math.ceil(values / mostFilled);
    const size = places * placeWidth;
    const table = new Int32Array(size);
    let distinct = 0;
    for (let c = 0, left = values; left > 0; c++, left -= chunkValues) {
      const chunk = chunks[c]!;
      const end = Math.min(left, chunkValues) * groupWidth;
      for (let from = 0; from < end; from += groupWidth) {
        const low = chunk[from]!;
        const high = chunk[from + 1]!;
        const owner = chunk[from + 3]! + 1;
        let at = place(low, places);
        while (table[at + 2] !== absent && (table[at] !== low || table[at + 1] !== high)) at = behind(size, at);
        if (table[at + 2] === absent) {
          table[at] = low;
          table[at + 1] = high;
          table[at + 2] = owner;
          distinct++;
          if ((high & 31) !== 0) this.digitValues[high & 31]!++;
          const head = (chunk[from + 2]! & restOfHead) | (part << partShift);
          const length = chunk[from + 2]! >>> partShift;
          setBit(heads, firstPlace(head, 0, headShift));
          setBit(heads, secondPlace(head, 0, headShift));
          setBit(heads, firstPlace(head, length, headShift));
          setBit(heads, secondPlace(head, length, headShift));
        } else if (table[at + 2] !== owner) table[at + 2] = shared;
      }
    }
    this.#size += distinct;
    return table;
  }

  #addChunk(part: number): void {
    const size = chunkValues * groupWidth;
    if (this.#slab.length < size) this.#slab = new Int32Array(chunksOfSlab * size);
    const chunk = this.#slab.subarray(0, size);
    this.#slab = this.#slab.subarray(size);
    this.#chunks[part]!.push(chunk);
    this.#last[part] = chunk;
  }
}

/**
 * A part's values stand in chunks, in groups of four: low and high half of the fingerprint, hash of the first eight bytes with the
 * length in the place of its highest eight bits, owner.
 */
const groupWidth = 4;
const chunkValues = 256;
const chunksOfSlab = 64;
const noChunk = new Int32Array(0);
const parts = 256;
const partShift = 24;
const restOfHead = 0xffffff;
const placeWidth = 3;
/** A fuller table takes more steps to say that a value is not there. */
const mostFilled = 0.6;
const absent = 0;
const shared = -1;

/** Where a fingerprint is looked for first: at its share of the places. */
function place(low: number, places: number): number {
  return Math.floor((low >>> 0) * places * 2 ** -32) * placeWidth;
}

/** The place behind the one at `at`; the first is behind the last. */
function behind(size: number, at: number): number {
  return at + placeWidth === size ? 0 : at + placeWidth;
}

function setBit(bits: Int32Array, bit: number): void {
  bits[bit >>> 5]! |= 1 << (bit & 31);
}
