import { longer } from '../base/longer.ts';
import { hashBytes } from './hash.ts';

/** A place: code + 1 (0: empty), the first 16 bytes of the value as four numbers, and length and kind. */
const stride = 6;
const inPlace = 16;
/** Of word `w` of a value the bytes that belong to it: masks[w * 17 + its length, at most 16]. */
const masks = Int32Array.from({ length: 4 * (inPlace + 1) }, (_, i) => {
  const bytes = (i % (inPlace + 1)) - 4 * Math.floor(i / (inPlace + 1));
  return bytes <= 0 ? 0 : bytes >= 4 ? -1 : (1 << (8 * bytes)) - 1;
});

/**
 * Distinct byte strings and their codes 0, 1, 2 … in order of first sight. Open addressing over flat arrays, with the first 16
 * bytes of each value in the table itself: most fields are no longer. Memory: 52 to 100 bytes plus the value for each distinct
 * value.
 */
export class Dictionary {
  #mask = 255;
  #places = new Int32Array((this.#mask + 1) * stride);
  #starts = new Int32Array(129);
  #bytes: Buffer = Buffer.allocUnsafeSlow(1024);
  #size = 0;
  /** The buffer that was read last, and a view of it. */
  #read: Uint8Array = this.#bytes;
  #view = new DataView(this.#bytes.buffer);
  /** What `#look` found out about the value: its first 16 bytes, length and kind, and hash. */
  #a = 0;
  #b = 0;
  #c = 0;
  #d = 0;
  #meta = 0;
  #hash = 0;

  get size(): number {
    return this.#size;
  }

  /** The code of bytes[from, to) of this kind; a new one when it was not seen before. */
  code(bytes: Uint8Array, from: number, to: number, kind = 0): number {
    const at = this.#look(bytes, from, to, kind);
    return at < 0 ? this.#add(~at, bytes, from, to) : this.#places[at]! - 1;
  }

  /** The code of bytes[from, to), or -1. */
  find(bytes: Uint8Array, from: number, to: number, kind = 0): number {
    const at = this.#look(bytes, from, to, kind);
    return at < 0 ? -1 : this.#places[at]! - 1;
  }

  /** The kind of each code. */
  kinds(): Uint8Array {
    const kinds = new Uint8Array(this.#size);
    for (let at = 0; at < this.#places.length; at += stride) {
      if (this.#places[at] !== 0) kinds[this.#places[at]! - 1] = this.#places[at + 5]! & 7;
    }
    return kinds;
  }

  text(code: number): string {
    return this.#bytes.toString('utf8', this.#starts[code], this.#starts[code + 1]);
  }

  /** Where the value stands in `#places`, or the complement of where it would. */
  #look(bytes: Uint8Array, from: number, to: number, kind: number): number {
    if (bytes !== this.#read) {
      this.#read = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const size = to - from;
    const held = Math.min(size, inPlace);
    let view = this.#view;
    let at = from;
    if (from + inPlace > bytes.length) {
      for (let i = 0; i < held; i++) tail[i] = bytes[from + i]!;
      view = tailView;
      at = 0;
    }
    const a = view.getInt32(at, true) & masks[held]!;
    const b = view.getInt32(at + 4, true) & masks[held + 17]!;
    const c = view.getInt32(at + 8, true) & masks[held + 34]!;
    const d = view.getInt32(at + 12, true) & masks[held + 51]!;
    const meta = (size << 3) | kind;
    // High bits are folded down first: those of digits differ in the last bytes only.
    const ab = Math.imul(a ^ (a >>> 15), 0x9e3779b1 | 0) + Math.imul(b ^ (b >>> 15), 0x85ebca77 | 0);
    const cd = Math.imul(c ^ (c >>> 15), 0xc2b2ae3d | 0) + Math.imul(d ^ (d >>> 15) ^ (meta << 11), 0x27d4eb2f);
    let hash = Math.imul(ab ^ (ab >>> 15), 0x2c1b3c6d) + Math.imul(cd ^ (cd >>> 13), 0x297a2d39);
    hash ^= hash >>> 15;
    if (size > inPlace) hash = hashBytes(bytes, from + inPlace, to, hash) | 0;
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
    this.#meta = meta;
    this.#hash = hash;
    const places = this.#places;
    const mask = this.#mask;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const at = place * stride;
      const code = places[at]! - 1;
      if (code < 0) return ~at;
      if (
        ((places[at + 1]! ^ a) |
          (places[at + 2]! ^ b) |
          (places[at + 3]! ^ c) |
          (places[at + 4]! ^ d) |
          (places[at + 5]! ^ meta)) !==
        0
      )
        continue;
      if (size <= inPlace || this.#hasRest(code, bytes, from, size)) return at;
    }
  }

  /** Are the bytes behind the first 16 those of `code`? */
  #hasRest(code: number, bytes: Uint8Array, from: number, size: number): boolean {
    const start = this.#starts[code]!;
    const own = this.#bytes;
    for (let i = inPlace; i < size; i++) if (own[start + i] !== bytes[from + i]) return false;
    return true;
  }

  #add(at: number, bytes: Uint8Array, from: number, to: number): number {
    const code = this.#size++;
    if (code + 1 === this.#starts.length) this.#starts = longer(this.#starts);
    const start = this.#starts[code]!;
    const end = start + to - from;
    if (end > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, end));
      this.#bytes.copy(grown, 0, 0, start);
      this.#bytes = grown;
    }
    for (let i = from; i < to; i++) this.#bytes[start + i - from] = bytes[i]!;
    this.#starts[code + 1] = end;
    this.#places[at] = code + 1;
    this.#places[at + 1] = this.#a;
    this.#places[at + 2] = this.#b;
    this.#places[at + 3] = this.#c;
    this.#places[at + 4] = this.#d;
    this.#places[at + 5] = this.#meta;
    if (this.#size * 2 > this.#mask) this.#grow();
    return code;
  }

  #grow(): void {
    const old = this.#places;
    const bytes = this.#bytes;
    this.#mask = this.#mask * 2 + 1;
    this.#places = new Int32Array((this.#mask + 1) * stride);
    for (let from = 0; from < old.length; from += stride) {
      const code = old[from]! - 1;
      if (code < 0) continue;
      this.#look(bytes, this.#starts[code]!, this.#starts[code + 1]!, old[from + 5]! & 7);
      let place = this.#hash & this.#mask;
      while (this.#places[place * stride] !== 0) place = (place + 1) & this.#mask;
      for (let i = 0; i < stride; i++) this.#places[place * stride + i] = old[from + i]!;
    }
  }
}

/** Where the value is moved that ends less than 16 bytes before the end of the memory. */
const tail = new Uint8Array(inPlace);
const tailView = new DataView(tail.buffer);
