import { hashNumbers } from './hash.ts';

/** Numbers in front of a tuple's codes: its number + 1 (0: an empty place) and its count. */
const head = 2;

/** Tuples that are looked up side by side: their places fit into the first cache. */
const block = 256;
const hashes = new Uint32Array(block);

/**
 * Distinct tuples of `width` codes, each with a count; tuple numbers 0, 1, 2 … in order of first sight. Open addressing with the
 * tuples in the table itself, so that a look-up touches one line of the cache. Memory: 7 to 14 × (width + 2) bytes for each
 * distinct tuple.
 */
export class Tuples {
  readonly width: number;
  readonly #stride: number;
  #mask = 1023;
  #table: Int32Array;
  #size = 0;
  /** Where each tuple stands; out of date when shorter than `size`, or empty. */
  #places = new Int32Array(0);

  constructor(width: number) {
    this.width = width;
    this.#stride = width + head;
    this.#table = new Int32Array((this.#mask + 1) * this.#stride);
  }

  get size(): number {
    return this.#size;
  }

  count(tuple: number): number {
    return this.#table[this.#placeOf(tuple) + 1]!;
  }

  /** Code `i` of a tuple. */
  codeAt(tuple: number, i: number): number {
    return this.#table[this.#placeOf(tuple) + head + i]!;
  }

  /** The count of each tuple. */
  counts(): Int32Array {
    const counts = new Int32Array(this.#size);
    // In the order of the table: to look for one tuple after the other would miss the cache each time.
    for (let at = 0; at < this.#table.length; at += this.#stride) {
      if (this.#table[at] !== 0) counts[this.#table[at]! - 1] = this.#table[at + 1]!;
    }
    return counts;
  }

  /** Code i of each tuple, for each i. */
  columns(): readonly Int32Array[] {
    const columns = Array.from({ length: this.width }, () => new Int32Array(this.#size));
    for (let at = 0; at < this.#table.length; at += this.#stride) {
      if (this.#table[at] === 0) continue;
      for (let i = 0; i < this.width; i++) columns[i]![this.#table[at]! - 1] = this.#table[at + head + i]!;
    }
    return columns;
  }

  /** The number of the tuple at codes[from]; its count grows by one. A new one is added. */
  add(codes: Int32Array, from: number): number {
    return this.#addHashed(codes, from, hashNumbers(codes, from, this.width));
  }

  #addHashed(codes: Int32Array, from: number, hash: number): number {
    const table = this.#table;
    for (let place = hash & this.#mask; ; place = (place + 1) & this.#mask) {
      const at = place * this.#stride;
      const number = table[at]!;
      if (number === 0) return this.#insert(at, codes, from);
      if (!this.#same(at + head, codes, from)) continue;
      table[at + 1]!++;
      return number - 1;
    }
  }

  /** `add` for `count` tuples one behind the other: `numbers[r]` becomes the number of the r-th. */
  addAll(codes: Int32Array, count: number, numbers: Int32Array): void {
    const { width } = this;
    const stride = this.#stride;
    for (let first = 0; first < count; first += block) {
      const last = Math.min(count, first + block);
      const mask = this.#mask;
      const places = this.#table;
      // Their places are far apart: to read them all first has the cache fetch them side by side.
      let read = 0;
      for (let r = first; r < last; r++) {
        const hash = hashNumbers(codes, r * width, width);
        hashes[r - first] = hash;
        read |= places[(hash & mask) * stride]!;
      }
      if (read < 0) throw new Error('a tuple has a negative number');
      for (let r = first; r < last; r++) numbers[r] = this.#addHashed(codes, r * width, hashes[r - first]!);
    }
  }

  /** The number of the tuple at codes[from], or -1. */
  find(codes: Int32Array, from: number): number {
    const table = this.#table;
    for (let place = hashNumbers(codes, from, this.width) & this.#mask; ; place = (place + 1) & this.#mask) {
      const at = place * this.#stride;
      const number = table[at]!;
      if (number === 0 || this.#same(at + head, codes, from)) return number - 1;
    }
  }

  #same(start: number, codes: Int32Array, from: number): boolean {
    const table = this.#table;
    for (let i = 0; i < this.width; i++) if (table[start + i] !== codes[from + i]) return false;
    return true;
  }

  #insert(at: number, codes: Int32Array, from: number): number {
    const tuple = this.#size++;
    this.#table[at] = tuple + 1;
    this.#table[at + 1] = 1;
    for (let i = 0; i < this.width; i++) this.#table[at + head + i] = codes[from + i]!;
    if (this.#size * 5 > this.#mask * 3) this.#grow();
    return tuple;
  }

  #grow(): void {
    const old = this.#table;
    const stride = this.#stride;
    this.#mask = this.#mask * 2 + 1;
    const table = new Int32Array((this.#mask + 1) * stride);
    for (let from = 0; from < old.length; from += stride) {
      if (old[from] === 0) continue;
      let place = hashNumbers(old, from + head, this.width) & this.#mask;
      while (table[place * stride] !== 0) place = (place + 1) & this.#mask;
      for (let i = 0; i < stride; i++) table[place * stride + i] = old[from + i]!;
    }
    this.#table = table;
    this.#places = new Int32Array(0);
  }

  #placeOf(tuple: number): number {
    if (this.#places.length < this.#size) {
      this.#places = new Int32Array(this.#size);
      for (let at = 0; at < this.#table.length; at += this.#stride) {
        if (this.#table[at] !== 0) this.#places[this.#table[at]! - 1] = at;
      }
    }
    return this.#places[tuple]!;
  }
}
