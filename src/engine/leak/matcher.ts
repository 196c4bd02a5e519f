export { shortestInOwnRecord, shortestInsideWords } from '../../table/word-rules.ts';

/** Shortest value that is searched for in the records of others. */
export const shortestElsewhere = 8;
/** Longer values are searched for in their own record only. */
export const longestElsewhere = 255;

/** Slices of bytes: slice i is bytes[start[i], end[i]). */
export interface Slices {
  readonly bytes: Buffer;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly count: number;
}

/**
 * Texts as the leak check compares them: letters and digits only, lower case, NFC. Where words begin is kept beside, so that
 * `+1 (555) 010-9999`, `1-555-010-9999` and `15550109999` are the same, and a match can be held to whole words.
 */
export interface Texts {
  readonly count: number;
  /** The letters and digits of all texts as UTF-8, one text behind the other. */
  readonly bytes: Uint8Array;
  /** Word w is bytes[start[w], start[w + 1]). */
  readonly start: Int32Array;
  /** The words of text t are first[t] … first[t + 1] - 1. */
  readonly first: Int32Array;
}

/** What the source's values begin with, as bits. A value may begin where all bits that are looked at are set. */
export interface HeadFilter {
  /** By the highest 19 bits of the hash of four bytes. */
  readonly fours: Int32Array;
  /** By the places of the hash of eight bytes, with the value's length and without. */
  readonly heads: Int32Array;
  /** By how much a hash is shifted to leave as many bits as number the bits of `heads`. */
  readonly headShift: number;
  /** 1 for lengths that a value has. */
  readonly hasLength: Uint8Array;
  readonly longest: number;
}

export const fourBits = 19;

/** Ints that `fingerprints` gives for a text: low and high half of its fingerprint, hash of its first eight bytes, length, hash of its first four bytes. */
export const printWidth = 5;

/**
 * The work on every byte: by vectors, or in plain JavaScript. What it returns is valid until the next call of `begin`, and what
 * texts hold may move with the next `read`.
 */
export interface Matcher {
  /** Forget the texts that were read. `filter` is the one that `candidates` will be called with. */
  begin(filter?: HeadFilter): void;
  /** Undefined when they are too large. `withoutEscapes` undoes a format's escapes in a slice that holds a backslash. */
  read(slices: Slices, withoutEscapes?: WithoutEscapes): Texts | undefined;
  /** The fingerprint of each text; its length is 0 where it is not in [shortestElsewhere, longestElsewhere]. */
  fingerprints(texts: Texts): Int32Array;
  /** Every place at which value v, of `shortestInOwnRecord` bytes or more, stands in text among[v]; -1: in none. By v, then place. */
  occurrences(
    values: Texts,
    among: Int32Array,
    texts: Texts,
    visit: (v: number, text: number, at: number) => void,
  ): void;
  /** Runs of whole words of a text that may be values, from word w up to word `next`. By text, then w, then `next`. */
  candidates(texts: Texts, filter: HeadFilter, visit: (text: number, w: number, next: number) => void): void;
}

export type WithoutEscapes = (bytes: Buffer, from: number, to: number) => Buffer;

export function textStart({ start, first }: Texts, t: number): number {
  return start[first[t]!]!;
}

/** Does a word of text t begin, or the text end, at offset `p`? */
export function isBorder({ start, first }: Texts, t: number, p: number): boolean {
  let low = first[t]!;
  let high = first[t + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start[middle]! < p) low = middle + 1;
    else high = middle;
  }
  return start[low] === p;
}
