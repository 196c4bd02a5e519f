import { longer } from '../base/longer.ts';
import { hashNumbers } from './hash.ts';

/** Tuples that are looked up side by side: their places fit into the first cache. */
const block = 256;
const hashes = new Int32Array(block);

/** What another thread needs to go on with a table of tuples: two numbers a place, and room for as many tuples as there are counts. */
export interface TuplesState {
  readonly width: number;
  readonly places: Int32Array<ArrayBuffer>;
  readonly codes: Int32Array<ArrayBuffer>;
  readonly counts: Int32Array<ArrayBuffer>;
  readonly size: number;
}

/**
 * Distinct tuples of `width` codes, each with a count; tuple numbers 0, 1, 2 … in order of first sight. Open addressing: a place is the
 * hash of a tuple and its number + 1 (0: empty), so that a tuple is looked at only where it is most likely the same. Memory: 13 to 27
 * bytes for each distinct tuple, and 4 to 8 × (width + 1).
 */
export class Tuples {
  readonly width: number;
  #mask: number;
  #places: Int32Array<ArrayBuffer>;
  #size: number;
  /** Tuple by tuple. */
  #codes: Int32Array<ArrayBuffer>;
  #counts: Int32Array<ArrayBuffer>;

  /** Empty, or with the tuples of a state of the same width, whose arrays it takes. */
  constructor(width: number, { places, codes, counts, size }: TuplesState = empty(width)) {
    this.width = width;
    this.#mask = places.length / 2 - 1;
    this.#places = places;
    this.#size = size;
    this.#codes = codes;
    this.#counts = counts;
  }

  /** Its arrays themselves, for another that continues it. */
  state(): TuplesState {
    return { width: this.width, places: this.#places, codes: this.#codes, counts: this.#counts, size: this.#size };
  }

  get size(): number {
    return this.#size;
  }

  count(tuple: number): number {
    return this.#counts[tuple]!;
  }

  /** Code `i` of a tuple. */
  codeAt(tuple: number, i: number): number {
    return this.#codes[tuple * this.width + i]!;
  }

  /** The count of each tuple. */
  counts(): Int32Array {
    return this.#counts.slice(0, this.#size);
  }

  /** Code i of each tuple, for each i. */
  columns(): readonly Int32Array[] {
    const { width } = this;
    return Array.from({ length: width }, (_, i) => {
      const column = new Int32Array(this.#size);
      for (let t = 0, at = i; t < column.length; t++, at += width) column[t] = this.#codes[at]!;
      return column;
    });
  }

  /** The number of the tuple at codes[from]; its count grows by one. A new one is added. */
  add(codes: Int32Array, from: number): number {
    return this.#addHashed(codes, from, hashNumbers(codes, from, this.width) | 0);
  }

  #addHashed(codes: Int32Array, from: number, hash: number): number {
    const places = this.#places;
    const mask = this.#mask;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const number = places[2 * place + 1]!;
      if (number === 0) return this.#insert(place, hash, codes, from);
      if (places[2 * place] !== hash || !this.#same(number - 1, codes, from)) continue;
      this.#counts[number - 1]!++;
      return number - 1;
    }
  }

  /** `add` for `count` tuples one behind the other: `numbers[r]` becomes the number of the r-th. */
  addAll(codes: Int32Array, count: number, numbers: Int32Array): void {
    const { width } = this;
    for (let first = 0; first < count; first += block) {
      const last = Math.min(count, first + block);
      const mask = this.#mask;
      const places = this.#places;
      // Their places are far apart: to read them all first has the cache fetch them side by side.
      let read = 0;
      for (let r = first; r < last; r++) {
        const hash = hashNumbers(codes, r * width, width) | 0;
        hashes[r - first] = hash;
        read |= places[2 * (hash & mask) + 1]!;
      }
      if (read < 0) throw new Error('a tuple has a negative number');
      for (let r = first; r < last; r++) numbers[r] = this.#addHashed(codes, r * width, hashes[r - first]!);
    }
  }

  /** The number of the tuple at codes[from], or -1. */
  find(codes: Int32Array, from: number): number {
    const places = this.#places;
    const mask = this.#mask;
    const hash = hashNumbers(codes, from, this.width) | 0;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const number = places[2 * place + 1]!;
      if (number === 0 || (places[2 * place] === hash && this.#same(number - 1, codes, from))) return number - 1;
    }
  }

  #same(tuple: number, codes: Int32Array, from: number): boolean {
    const { width } = this;
    const own = this.#codes;
    const start = tuple * width;
    for (let i = 0; i < width; i++) if (own[start + i] !== codes[from + i]) return false;
    return true;
  }

  #insert(place: number, hash: number, codes: Int32Array, from: number): number {
    const { width } = this;
    const tuple = this.#size++;
    if (tuple === this.#counts.length) {
      this.#counts = longer(this.#counts);
      this.#codes = longer(this.#codes);
    }
    this.#places[2 * place] = hash;
    this.#places[2 * place + 1] = tuple + 1;
    this.#counts[tuple] = 1;
    const own = this.#codes;
    const start = tuple * width;
    for (let i = 0; i < width; i++) own[start + i] = codes[from + i]!;
    if (this.#size * 5 > this.#mask * 3) this.#grow();
    return tuple;
  }

  #grow(): void {
    const old = this.#places;
    const mask = this.#mask * 2 + 1;
    const places = new Int32Array(2 * (mask + 1));
    for (let from = 0; from < old.length; from += 2) {
      const number = old[from + 1]!;
      if (number === 0) continue;
      const hash = old[from]!;
      let place = hash & mask;
      while (places[2 * place + 1] !== 0) place = (place + 1) & mask;
      places[2 * place] = hash;
      places[2 * place + 1] = number;
    }
    this.#mask = mask;
    this.#places = places;
  }
}

function empty(width: number): TuplesState {
  const room = 1024;
  return {
    width,
    places: new Int32Array(2 * room),
    codes: new Int32Array(room * width),
    counts: new Int32Array(room),
    size: 0,
  };
}
