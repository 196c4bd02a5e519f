import { PLAIN, QUOTE } from './json-tokens.ts';

/** A key that has been seen, and what follows from it. */
export interface KeyEntry<T> {
  /** The key's UTF-8 and a closing quote. */
  readonly raw: Uint8Array;
  readonly hash: number;
  /** Stands in JSON as it is: without escapes it is written exactly as in `raw`. */
  readonly plain: boolean;
  readonly target: T;
  /** The last object that has had this key. */
  seen: number;
  /** The key that followed last time: most records have the same keys in the same order. */
  next: KeyEntry<T> | undefined;
}

/** Offset basis and prime of FNV-1a, 32 bits. */
export const HASH_BASIS = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;

/** Keys beyond these are not remembered. */
const LARGEST_KEY = 256;
const LEARNED_KEYS = 512;

/**
 * The keys of all objects in one place of the records, each with its target. Remembers a bounded number of them: a key that is
 * not taken up the first time never is, so that a key is either in the table whenever it occurs, or never.
 */
export class KeyTable<T> {
  /** Its `next` is the key that came first last time. */
  readonly head: KeyEntry<T>;
  readonly #slots: (KeyEntry<T> | undefined)[];
  readonly #mask: number;
  #room = LEARNED_KEYS;

  /** `known` keys always have their place. */
  constructor(known: Iterable<readonly [key: string, target: T]>, none: T) {
    const entries = [...known].map(([key, target]) => entryOf(Buffer.from(key), target));
    let size = 64;
    while (size < 2 * (entries.length + LEARNED_KEYS)) size *= 2;
    this.#slots = new Array(size).fill(undefined);
    this.#mask = size - 1;
    for (const entry of entries) this.#slots[this.#free(entry.hash)] = entry;
    this.head = entryOf(Buffer.alloc(0), none);
  }

  find(bytes: Uint8Array, from: number, to: number, hash: number): KeyEntry<T> | undefined {
    const mask = this.#mask;
    for (let i = spread(hash) & mask; ; i = (i + 1) & mask) {
      const entry = this.#slots[i];
      if (entry === undefined || (entry.hash === hash && same(entry.raw, bytes, from, to))) return entry;
    }
  }

  /** Take up a key that is not in the table; undefined when there is no room for it. */
  add(bytes: Uint8Array, from: number, to: number, target: T): KeyEntry<T> | undefined {
    if (this.#room === 0 || to - from > LARGEST_KEY) return undefined;
    this.#room--;
    const entry = entryOf(bytes.subarray(from, to), target);
    this.#slots[this.#free(entry.hash)] = entry;
    return entry;
  }

  #free(hash: number): number {
    let i = spread(hash) & this.#mask;
    while (this.#slots[i] !== undefined) i = (i + 1) & this.#mask;
    return i;
  }
}

/** FNV-1a of bytes[from, to). */
export function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = HASH_BASIS;
  for (let p = from; p < to; p++) hash = Math.imul(hash ^ bytes[p]!, HASH_PRIME);
  return hash;
}

function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}

function entryOf<T>(key: Uint8Array, target: T): KeyEntry<T> {
  const raw = new Uint8Array(key.length + 1);
  raw.set(key);
  raw[key.length] = QUOTE;
  const plain = key.every((byte) => PLAIN[byte] === 1);
  return { raw, hash: hashOf(key, 0, key.length), plain, target, seen: 0, next: undefined };
}

function same(raw: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (raw.length !== to - from + 1) return false;
  for (let i = 0; from + i < to; i++) if (raw[i] !== bytes[from + i]) return false;
  return true;
}
