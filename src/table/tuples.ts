import { hashNumbers } from './hash.ts';

/**
 * Distinct tuples of `width` codes, each with a count; tuple numbers 0, 1, 2 … in order of first sight. Memory: about
 * 4 * width + 20 bytes for each distinct tuple.
 */
export class Tuples {
  readonly width: number;
  #slots = new Int32Array(1024).fill(-1);
  #hashes = new Uint32Array(512);
  #codes: Int32Array;
  #counts = new Int32Array(512);
  #size = 0;

  constructor(width: number) {
    this.width = width;
    this.#codes = new Int32Array(512 * width);
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

  /** The number of the tuple at codes[from]; its count grows by `times`. A new one is added. */
  add(codes: Int32Array, from: number, times = 1): number {
    const hash = hashNumbers(codes, from, this.width, 0);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const tuple = this.#slots[slot]!;
      if (tuple < 0) return this.#insert(slot, hash, codes, from, times);
      if (this.#hashes[tuple] === hash && this.#same(tuple, codes, from)) {
        this.#counts[tuple]! += times;
        return tuple;
      }
    }
  }

  /** The number of the tuple at codes[from], or -1. */
  find(codes: Int32Array, from: number): number {
    const hash = hashNumbers(codes, from, this.width, 0);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const tuple = this.#slots[slot]!;
      if (tuple < 0) return -1;
      if (this.#hashes[tuple] === hash && this.#same(tuple, codes, from)) return tuple;
    }
  }

  #same(tuple: number, codes: Int32Array, from: number): boolean {
    const start = tuple * this.width;
    for (let i = 0; i < this.width; i++) if (this.#codes[start + i] !== codes[from + i]) return false;
    return true;
  }

  #insert(slot: number, hash: number, codes: Int32Array, from: number, times: number): number {
    const tuple = this.#size++;
    if (tuple === this.#counts.length) this.#grow();
    for (let i = 0; i < this.width; i++) this.#codes[tuple * this.width + i] = codes[from + i]!;
    this.#hashes[tuple] = hash;
    this.#counts[tuple] = times;
    this.#slots[slot] = tuple;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return tuple;
  }

  #grow(): void {
    const size = this.#counts.length * 2;
    const hashes = new Uint32Array(size);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const counts = new Int32Array(size);
    counts.set(this.#counts);
    this.#counts = counts;
    const codes = new Int32Array(size * this.width);
    codes.set(this.#codes);
    this.#codes = codes;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let tuple = 0; tuple < this.#size; tuple++) {
      let slot = this.#hashes[tuple]! & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = tuple;
    }
    this.#slots = slots;
  }
}
