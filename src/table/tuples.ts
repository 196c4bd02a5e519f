import { hashNumbers } from './hash.ts';

/** Numbers in front of a tuple's codes: its hash and its count. */
const head = 2;

/**
 * Distinct tuples of `width` codes, each with a count; tuple numbers 0, 1, 2 … in order of first sight. Memory: about
 * 4 * width + 24 bytes for each distinct tuple.
 */
export class Tuples {
  readonly width: number;
  /** Tuple number + 1 by hash; 0 is an empty place. */
  #places = new Int32Array(1024);
  /** Hash, count and codes of each tuple, together so that a look-up touches one line of the cache. */
  #entries: Int32Array;
  #size = 0;

  constructor(width: number) {
    this.width = width;
    this.#entries = new Int32Array(512 * (width + head));
  }

  get size(): number {
    return this.#size;
  }

  count(tuple: number): number {
    return this.#entries[tuple * (this.width + head) + 1]!;
  }

  /** Code `i` of a tuple. */
  codeAt(tuple: number, i: number): number {
    return this.#entries[tuple * (this.width + head) + head + i]!;
  }

  /** The number of the tuple at codes[from]; its count grows by one. A new one is added. */
  add(codes: Int32Array, from: number): number {
    const hash = hashNumbers(codes, from, this.width) | 0;
    const mask = this.#places.length - 1;
    const stride = this.width + head;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const tuple = this.#places[place]! - 1;
      if (tuple < 0) return this.#insert(place, hash, codes, from);
      if (this.#entries[tuple * stride] === hash && this.#same(tuple * stride + head, codes, from)) {
        this.#entries[tuple * stride + 1]!++;
        return tuple;
      }
    }
  }

  /** The number of the tuple at codes[from], or -1. */
  find(codes: Int32Array, from: number): number {
    const hash = hashNumbers(codes, from, this.width) | 0;
    const mask = this.#places.length - 1;
    const stride = this.width + head;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const tuple = this.#places[place]! - 1;
      if (tuple < 0 || (this.#entries[tuple * stride] === hash && this.#same(tuple * stride + head, codes, from))) {
        return tuple;
      }
    }
  }

  #same(start: number, codes: Int32Array, from: number): boolean {
    const entries = this.#entries;
    for (let i = 0; i < this.width; i++) if (entries[start + i] !== codes[from + i]) return false;
    return true;
  }

  #insert(place: number, hash: number, codes: Int32Array, from: number): number {
    const tuple = this.#size++;
    const start = tuple * (this.width + head);
    if (start === this.#entries.length) {
      const entries = new Int32Array(this.#entries.length * 2);
      entries.set(this.#entries);
      this.#entries = entries;
    }
    this.#entries[start] = hash;
    this.#entries[start + 1] = 1;
    for (let i = 0; i < this.width; i++) this.#entries[start + head + i] = codes[from + i]!;
    this.#places[place] = tuple + 1;
    if (this.#size * 2 > this.#places.length) this.#rehash();
    return tuple;
  }

  #rehash(): void {
    const places = new Int32Array(this.#places.length * 2);
    const mask = places.length - 1;
    for (let tuple = 0; tuple < this.#size; tuple++) {
      let place = this.#entries[tuple * (this.width + head)]! & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = tuple + 1;
    }
    this.#places = places;
  }
}
