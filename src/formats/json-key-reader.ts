import type { Batch } from './batch.ts';
import { HASH_BASIS, HASH_PRIME, hashOf, type KeyEntry } from './json-keys.ts';
import { surrogate, twice } from './json-problems.ts';
import type { Location } from './json-selectors.ts';
import { BACKSLASH, decodeString, QUOTE, stringEnd } from './json-tokens.ts';
import type { JsonTrail } from './json-trail.ts';

/** Looks up keys in the tables of their objects. */
export class KeyReader {
  /** Entry of the key that was read last; undefined when its table had no room for it. */
  entry: KeyEntry<Location> | undefined;
  /** Where that key leads, when it has no entry. */
  target: Location;
  /** Where decoded strings go: behind the block. */
  scratch = 0;
  readonly #trail: JsonTrail;
  /** By depth, keys of the object for which its table had no room. */
  readonly #strays: Set<string>[] = [];

  constructor(trail: JsonTrail, root: Location) {
    this.#trail = trail;
    this.target = root;
  }

  /** Read the key at `p`, behind its quote, of an object at `location`. Returns the offset behind the closing quote, or -1 when the block ends first. */
  read(batch: Batch, p: number, depth: number, location: Location): number {
    const { bytes } = batch;
    const trail = this.#trail;
    let from = p;
    let hash = HASH_BASIS;
    let byte = bytes[p]!;
    while (byte >= 0x20 && byte !== QUOTE && byte !== BACKSLASH) {
      hash = Math.imul(hash ^ byte, HASH_PRIME);
      byte = bytes[++p]!;
    }
    let to = p;
    if (byte !== QUOTE) {
      p = stringEnd(bytes, p);
      if (p < 0) return trail.badString(batch, ~p, depth - 1);
      to = decodeString(bytes, from, p, this.scratch);
      if (to < 0) throw trail.failure(batch, p, depth - 1, surrogate);
      from = this.scratch;
      hash = hashOf(bytes, from, to);
    }
    this.entry = location.keys.find(bytes, from, to, hash);
    if (this.entry === undefined) {
      const target = location.unnamed(bytes, from, to);
      this.entry = location.keys.add(bytes, from, to, target);
      this.target = target;
      if (this.entry === undefined && this.#isStrayTwice(depth, bytes.toString('latin1', from, to)))
        throw trail.failure(batch, p, depth, twice);
    }
    return p + 1;
  }

  /** Begin an object at `depth`. */
  forgetStrays(depth: number): void {
    this.#strays[depth]?.clear();
  }

  #isStrayTwice(depth: number, key: string): boolean {
    this.#strays[depth] ??= new Set();
    const strays = this.#strays[depth];
    return strays.size === strays.add(key).size;
  }
}
