import { type ClassValues, wildcard } from './class-values.ts';
import { Tuples } from './tuples.ts';

export interface MatchingRequest extends Pick<ClassValues, 'width' | 'code'> {
  readonly count: number;
  /** labels[d][code]: equal for equal values; `wildcard` for one that matches every value. */
  readonly labels: readonly Int32Array[];
  /** Individuals of class c. */
  size(c: number): number;
  /** Counting a class may stop here. */
  readonly enough?: number | undefined;
  /** Told of items that were looked at. */
  readonly spend?: ((items: number) => void) | undefined;
}

/**
 * How many individuals match those of each class: f_k with missing values, each of which stands for any category (`freqCalc` of the R package
 * sdcMicro; Templ, Kowarik, Meindl, Statistical disclosure control for micro-data using the R package sdcMicro, J. Stat. Software 67(4),
 * 2015; Hundepool et al., Statistical Disclosure Control, Wiley, 2012, ch. 3). Two records match when in every field their values are equal
 * or one of them is a wildcard; so a record counts in the classes of all that it matches, and not only in its own.
 *
 * The result takes classes that are left out (1 at their number), which then count nowhere. Classes of two patterns of wildcards match when
 * they are equal in the fields where neither has one: with P patterns among n classes that is at most 2 · P · n look-ups. Memory: 4 bytes
 * for each field and 28 for the rest of each class.
 */
export function createMatching(request: MatchingRequest): (left?: Uint8Array) => Float64Array {
  const { count, width, code, labels, size, enough = Number.POSITIVE_INFINITY, spend } = request;
  const table = new Int32Array(count * width);
  for (let c = 0; c < count; c++) for (let d = 0; d < width; d++) table[c * width + d] = labels[d]![code(c, d)]!;
  const patterns = patternsOf(table, count, width);
  const hashes = hashesOf(table, count, width);
  let slots = new Int32Array(0);
  let sums = new Float64Array(0);
  const slotOf = new Int32Array(count);

  return (left) => {
    const sizes = new Float64Array(count);
    for (const own of patterns) {
      let open = own.classes.filter((c) => left?.[c] !== 1);
      if (enough < Number.POSITIVE_INFINITY) {
        for (const c of open) if (size(c) >= enough) sizes[c] = size(c);
        open = open.filter((c) => sizes[c]! === 0);
      }
      for (const other of patterns) {
        if (open.length === 0) break;
        spend?.(open.length + other.classes.length);
        addMatches(own, open, other, left, sizes);
        if (enough < Number.POSITIVE_INFINITY) open = open.filter((c) => sizes[c]! < enough);
      }
    }
    return sizes;
  };

  /** To the sizes of the classes `open` of a pattern those of another that match them. */
  function addMatches(
    own: Pattern,
    open: readonly number[],
    other: Pattern,
    left: Uint8Array | undefined,
    sizes: Float64Array,
  ): void {
    const fields = own.fields.filter((d) => !other.wild.includes(d));
    // What one of the two has and the other does not is no part of what they have in common.
    const unlikeOther = own.fields.filter((d) => other.wild.includes(d));
    const unlikeOwn = other.fields.filter((d) => own.wild.includes(d));
    const mask = makeRoom(open.length);
    for (const c of open) {
      const slot = find(c, fields, hashWithout(c, unlikeOther), mask);
      if (slots[slot] === 0) {
        slots[slot] = c + 1;
        sums[slot] = 0;
      }
      slotOf[c] = slot;
    }
    for (const c of other.classes) {
      if (left?.[c] === 1) continue;
      const slot = find(c, fields, hashWithout(c, unlikeOwn), mask);
      if (slots[slot] !== 0) sums[slot]! += size(c);
    }
    for (const c of open) sizes[c]! += sums[slotOf[c]!]!;
  }

  function makeRoom(items: number): number {
    let places = 64;
    while (places < 2 * items) places *= 2;
    if (slots.length < places) {
      slots = new Int32Array(places);
      sums = new Float64Array(places);
    } else slots.fill(0, 0, places);
    return places - 1;
  }

  /** The hash of a class is the sum of those of its fields. */
  function hashWithout(c: number, fields: readonly number[]): number {
    let hash = hashes[c]!;
    for (let i = 0; i < fields.length; i++) hash -= hashOf(table[c * width + fields[i]!]!, fields[i]!);
    return hash;
  }

  /** Where a class stands that is equal to class c in these fields, or where there is room for it. */
  function find(c: number, fields: readonly number[], hash: number, mask: number): number {
    const mixed = Math.imul(hash | 0, 0x9e3779b1);
    for (let slot = (mixed ^ (mixed >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const found = slots[slot]!;
      if (found === 0 || equal((found - 1) * width, c * width, fields)) return slot;
    }
  }

  function equal(a: number, b: number, fields: readonly number[]): boolean {
    for (let i = 0; i < fields.length; i++) if (table[a + fields[i]!] !== table[b + fields[i]!]) return false;
    return true;
  }
}

/** Classes that have wildcards in the same fields. */
interface Pattern {
  readonly wild: readonly number[];
  readonly fields: readonly number[];
  readonly classes: number[];
}

/** Those of most classes first: they are likely to match most. */
function patternsOf(table: Int32Array, count: number, width: number): Pattern[] {
  const known = new Tuples(width);
  const patterns: Pattern[] = [];
  const flags = new Int32Array(width);
  for (let c = 0; c < count; c++) {
    for (let d = 0; d < width; d++) flags[d] = table[c * width + d] === wildcard ? 1 : 0;
    const p = known.add(flags, 0);
    const having = (flag: number) => [...flags.keys()].filter((d) => flags[d] === flag);
    patterns[p] ??= { wild: having(1), fields: having(0), classes: [] };
    patterns[p].classes.push(c);
  }
  return patterns.sort((a, b) => b.classes.length - a.classes.length);
}

function hashesOf(table: Int32Array, count: number, width: number): Int32Array {
  const hashes = new Int32Array(count);
  for (let c = 0; c < count; c++) {
    for (let d = 0; d < width; d++) {
      const label = table[c * width + d]!;
      if (label !== wildcard) hashes[c]! += hashOf(label, d);
    }
  }
  return hashes;
}

/** 32 bits (the finalizer of MurmurHash3, shortened). */
function hashOf(label: number, field: number): number {
  let hash = Math.imul(label + 1, 0x85ebca6b) ^ Math.imul(field + 1, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return hash ^ (hash >>> 13);
}
