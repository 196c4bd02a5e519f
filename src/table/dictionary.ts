import { hashBytes } from './hash.ts';

/**
 * Distinct byte strings and their codes 0, 1, 2 … in order of first sight. Open addressing over flat arrays: no object per
 * value. Memory: about 24 bytes plus the value itself for each distinct value.
 */
export class Dictionary {
  #slots = new Int32Array(1024).fill(-1);
  #hashes = new Uint32Array(512);
  #starts = new Int32Array(513);
  #kinds = new Uint8Array(512);
  #bytes: Buffer = Buffer.allocUnsafeSlow(8192);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The code of bytes[from, to) of this kind; a new one when it was not seen before. */
  code(bytes: Uint8Array, from: number, to: number, kind = 0): number {
    const hash = hashBytes(bytes, from, to, kind);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot]!;
      if (code < 0) return this.#add(slot, hash, bytes, from, to, kind);
      if (this.#hashes[code] === hash && this.#kinds[code] === kind && this.#same(code, bytes, from, to)) return code;
    }
  }

  /** The code of bytes[from, to), or -1. */
  find(bytes: Uint8Array, from: number, to: number, kind = 0): number {
    const hash = hashBytes(bytes, from, to, kind);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot]!;
      if (code < 0) return -1;
      if (this.#hashes[code] === hash && this.#kinds[code] === kind && this.#same(code, bytes, from, to)) return code;
    }
  }

  text(code: number): string {
    return this.#bytes.toString('utf8', this.#starts[code], this.#starts[code + 1]);
  }

  #same(code: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#starts[code]!;
    const size = to - from;
    if (this.#starts[code + 1]! - start !== size) return false;
    const own = this.#bytes;
    for (let i = 0; i < size; i++) if (own[start + i] !== bytes[from + i]) return false;
    return true;
  }

  #add(slot: number, hash: number, bytes: Uint8Array, from: number, to: number, kind: number): number {
    const code = this.#size++;
    if (code === this.#hashes.length) this.#growValues();
    const start = this.#starts[code]!;
    const end = start + to - from;
    if (end > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, end));
      this.#bytes.copy(grown, 0, 0, start);
      this.#bytes = grown;
    }
    for (let i = from; i < to; i++) this.#bytes[start + i - from] = bytes[i]!;
    this.#starts[code + 1] = end;
    this.#hashes[code] = hash;
    this.#kinds[code] = kind;
    this.#slots[slot] = code;
    if (this.#size * 2 > this.#slots.length) this.#growSlots();
    return code;
  }

  #growValues(): void {
    const hashes = new Uint32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const starts = new Int32Array(hashes.length + 1);
    starts.set(this.#starts);
    this.#starts = starts;
    const kinds = new Uint8Array(hashes.length);
    kinds.set(this.#kinds);
    this.#kinds = kinds;
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#size; code++) {
      let slot = this.#hashes[code]! & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.#slots = slots;
  }
}
