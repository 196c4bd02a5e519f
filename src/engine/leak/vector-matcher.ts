import { instantiate } from '../../base/wasm.ts';
import { type HeadFilter, type Matcher, printWidth, type Slices, type Texts, type WithoutEscapes } from './matcher.ts';
import { vectorCode } from './vector-code.ts';
import { compactHigh, compactLow, foursAt, free, hasLengthAt, listAt, listWidth, state } from './vector-layout.ts';
import { Words } from './words.ts';

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  normalize(
    item: number,
    count: number,
    base: number,
    starts: number,
    ends: number,
    first: number,
    words: number,
    stop: number,
  ): number;
  fingerprints(count: number, first: number, words: number, out: number): void;
  occurrences(
    v: number,
    count: number,
    among: number,
    valueFirst: number,
    valueWords: number,
    textFirst: number,
    textWords: number,
  ): number;
  candidates(
    text: number,
    count: number,
    first: number,
    words: number,
    heads: number,
    headShift: number,
    longest: number,
  ): number;
}

/** Texts in the memory of the vector code. When that grows, their arrays are made anew. */
interface VectorTexts extends Texts {
  bytes: Uint8Array;
  start: Int32Array;
  first: Int32Array;
  readonly startAt: number;
  readonly firstAt: number;
  /** Room for `printWidth` ints a text. */
  readonly spareAt: number;
}

const pageBytes = 65536;
/** 1 GiB. What does not fit is done without vectors. */
const mostPages = 16384;
const mostBytes = mostPages * pageBytes - 16;
/** In place of an address: there is no room. */
const full = -1;
/** What vectors read or write behind the end. */
const slack = 64;

let shared: Matcher | null | undefined;

/**
 * The one instance, since a memory is dear: whoever uses it does so without yielding, from `begin` on. Null where there is no
 * WebAssembly with 128-bit vectors.
 */
export function vectorMatcher(): Matcher | null {
  if (shared === undefined) {
    const exports = instantiate<Exports>(vectorCode(Math.ceil(free / pageBytes), mostPages));
    shared = exports === undefined ? null : new VectorMatcher(exports);
  }
  return shared;
}

class VectorMatcher implements Matcher {
  readonly #code: Exports;
  #bytes: Uint8Array;
  #ints: Int32Array;
  /** Where the next piece of memory begins. */
  #next = free;
  #texts: VectorTexts[] = [];
  /** The filter whose bits are in the memory, and the bytes that they take. */
  #filter: HeadFilter | undefined;
  #filterBytes = 0;
  /** Bytes that were copied: where to, and how many. */
  readonly #copies = new Map<Buffer, { readonly at: number; length: number }>();
  readonly #words = new Words();

  constructor(code: Exports) {
    this.#code = code;
    this.#bytes = new Uint8Array(code.memory.buffer);
    this.#ints = new Int32Array(code.memory.buffer);
    for (let mask = 0; mask < 256; mask++) {
      const ones = [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (mask & (1 << bit)) !== 0);
      this.#bytes.set(ones, compactLow + 8 * mask);
      this.#bytes.set(
        ones.map((bit) => bit + 8),
        compactHigh + 8 * mask,
      );
    }
  }

  begin(filter?: HeadFilter): void {
    this.#texts = [];
    this.#copies.clear();
    const loaded = filter === undefined || this.#load(filter);
    this.#next = loaded ? free + this.#filterBytes : full;
  }

  read(slices: Slices, withoutEscapes?: WithoutEscapes): VectorTexts | undefined {
    const { bytes, count } = slices;
    let total = 0;
    let limit = 0;
    for (let i = 0; i < count; i++) {
      const end = slices.end[i]!;
      total += end - slices.start[i]!;
      if (end > limit) limit = end;
    }
    const base = this.#copyOf(bytes, limit);
    const spareAt = this.#take(4 * printWidth * count);
    const startsAt = this.#take(4 * count);
    const endsAt = this.#take(4 * count);
    const firstAt = this.#take(4 * count + 4);
    // Between two words is a byte or more, and no character has more than three times its bytes in NFC and lower case.
    const startAt = this.#take(2 * total + 4 * count + slack);
    const bytesAt = this.#take(3 * total + slack);
    if (bytesAt === full) return undefined;
    this.#ints.set(slices.start.subarray(0, count), startsAt >> 2);
    this.#ints.set(slices.end.subarray(0, count), endsAt >> 2);
    const stop = withoutEscapes === undefined ? 0xff : 0x5c;
    this.#ints[state.at >> 2] = bytesAt;
    this.#ints[state.word >> 2] = startAt;
    for (let i = 0; ; i++) {
      i = this.#code.normalize(i, count, base, startsAt, endsAt, firstAt, startAt, stop);
      if (i === count) break;
      this.#words.clear();
      this.#words.append(bytes, slices.start[i]!, slices.end[i]!, withoutEscapes);
      this.#ints[(firstAt >> 2) + i] = (this.#ints[state.word >> 2]! - startAt) >> 2;
      this.#append();
    }
    const word = this.#ints[state.word >> 2]!;
    this.#ints[(firstAt >> 2) + count] = (word - startAt) >> 2;
    this.#ints[word >> 2] = this.#ints[state.at >> 2]!;
    const texts = { count, bytes: this.#bytes, start: this.#ints, first: this.#ints, startAt, firstAt, spareAt };
    this.#texts.push(texts);
    this.#view(texts);
    return texts;
  }

  fingerprints(texts: Texts): Int32Array {
    const { count, firstAt, startAt, spareAt } = texts as VectorTexts;
    this.#code.fingerprints(count, firstAt, startAt, spareAt);
    return this.#ints.subarray(spareAt >> 2, (spareAt >> 2) + printWidth * count);
  }

  occurrences(
    values: Texts,
    among: Int32Array,
    texts: Texts,
    visit: (v: number, text: number, at: number) => void,
  ): void {
    const { count, firstAt, startAt, spareAt } = values as VectorTexts;
    const searched = texts as VectorTexts;
    this.#ints.set(among.subarray(0, count), spareAt >> 2);
    this.#ints[state.at >> 2] = 0;
    for (let v = 0; v < count; ) {
      v = this.#code.occurrences(v, count, spareAt, firstAt, startAt, searched.firstAt, searched.startAt);
      this.#visitList(visit);
    }
  }

  candidates(texts: Texts, filter: HeadFilter, visit: (text: number, w: number, next: number) => void): void {
    const { count, firstAt, startAt } = texts as VectorTexts;
    this.#ints[state.at >> 2] = 0;
    for (let t = 0; t < count; ) {
      t = this.#code.candidates(t, count, firstAt, startAt, free, filter.headShift, filter.longest);
      this.#visitList(visit);
    }
  }

  /** Append the words of one slice, which were read in JavaScript. There is room. */
  #append(): void {
    const { bytes, length, start, count } = this.#words;
    const at = this.#ints[state.at >> 2]!;
    const word = this.#ints[state.word >> 2]! >> 2;
    this.#bytes.set(bytes.subarray(0, length), at);
    for (let w = 0; w < count; w++) this.#ints[word + w] = at + start[w]!;
    this.#ints[state.at >> 2] = at + length;
    this.#ints[state.word >> 2] = (word + count) << 2;
  }

  #visitList(visit: (a: number, b: number, c: number) => void): void {
    const end = this.#ints[state.listEnd >> 2]! >> 2;
    for (let i = listAt >> 2; i < end; i += listWidth >> 2) {
      visit(this.#ints[i]!, this.#ints[i + 1]!, this.#ints[i + 2]!);
    }
  }

  /** Is the filter in the memory, now or already? */
  #load(filter: HeadFilter): boolean {
    if (filter === this.#filter) return true;
    this.#filter = undefined;
    this.#filterBytes = 0;
    this.#next = free;
    if (this.#take(filter.heads.byteLength) === full) return false;
    this.#filter = filter;
    this.#filterBytes = filter.heads.byteLength;
    this.#ints.set(filter.heads, free >> 2);
    this.#ints.set(filter.fours, foursAt >> 2);
    this.#bytes.set(filter.hasLength, hasLengthAt);
    return true;
  }

  /** Where bytes[0, limit) are; `full` when there is no room. */
  #copyOf(bytes: Buffer, limit: number): number {
    let copy = this.#copies.get(bytes);
    if (copy === undefined) {
      copy = { at: this.#take(bytes.length + slack), length: 0 };
      this.#copies.set(bytes, copy);
    }
    if (copy.at === full) return full;
    if (copy.length < limit) {
      this.#bytes.set(bytes.subarray(copy.length, limit), copy.at + copy.length);
      copy.length = limit;
    }
    return copy.at;
  }

  /** Address of free memory, of which the memory is made to have enough; `full` when it cannot, then and until `begin`. */
  #take(bytes: number): number {
    const at = this.#next;
    const next = (at + bytes + 15) & ~15;
    if (at === full || at + bytes > mostBytes || (next > this.#bytes.length && !this.#grow(next))) {
      this.#next = full;
      return full;
    }
    this.#next = next;
    return at;
  }

  #grow(bytes: number): boolean {
    const pages = Math.ceil(bytes / pageBytes);
    try {
      this.#code.memory.grow(pages - this.#bytes.length / pageBytes);
    } catch {
      return false; // the system has no more
    }
    this.#bytes = new Uint8Array(this.#code.memory.buffer);
    this.#ints = new Int32Array(this.#code.memory.buffer);
    for (const texts of this.#texts) this.#view(texts);
    return true;
  }

  #view(texts: VectorTexts): void {
    texts.bytes = this.#bytes;
    texts.start = this.#ints.subarray(texts.startAt >> 2);
    texts.first = this.#ints.subarray(texts.firstAt >> 2);
  }
}
