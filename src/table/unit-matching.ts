import { wildcard } from './class-values.ts';
import { Dictionary } from './dictionary.ts';
import type { MatchingRequest } from './matching.ts';
import { perfectMatching } from './perfect-matching.ts';
import { Tuples } from './tuples.ts';

/** `code` is that of a kind of record. */
export interface UnitMatchingRequest extends MatchingRequest {
  /** What the records of class c count as, as in `Population`. */
  kinds(c: number): Int32Array;
}

/**
 * How many individuals of several records match those of each class, where a missing value stands for any category: two match when they have
 * as many records, and these can be paired so that each matches its partner (`createMatching` says when records do). With one record each
 * that is f_k of single records.
 *
 * Where neither of two individuals has a wildcard in a field, their values in it are the same as often; so they are looked up by their
 * records in these fields. That is all there is to see where wildcards fill their fields; other pairs are matched one by one. The result
 * takes classes that are left out (1 at their number), which then count nowhere.
 */
export function createUnitMatching(request: UnitMatchingRequest): (left?: Uint8Array) => Float64Array {
  const { count, width, code, labels, size, kinds, enough = Number.POSITIVE_INFINITY, spend } = request;
  const label = (kind: number, d: number): number => labels[d]![code(kind, d)]!;
  const patterns = patternsOf();

  return (left) => {
    const sizes = new Float64Array(count);
    const stays = (c: number): boolean => left?.[c] !== 1;
    for (const own of patterns) {
      for (const c of own.classes) if (stays(c) && size(c) >= enough) sizes[c] = size(c);
      let open = own.classes.filter((c) => stays(c) && sizes[c] === 0);
      for (const other of patterns) {
        if (open.length === 0) break;
        addMatches(own, open, other, other.classes.filter(stays), sizes);
        open = open.filter((c) => sizes[c]! < enough);
      }
    }
    return sizes;
  };

  function addMatches(
    own: Pattern,
    open: readonly number[],
    other: Pattern,
    among: readonly number[],
    sizes: Float64Array,
  ): void {
    if (own === other && own.fields.length === width) {
      // Without wildcards, individuals are like those of their own class alone.
      for (const c of open) sizes[c]! += size(c);
      spend?.(open.length);
      return;
    }
    const keyOf = projection(own.fields.filter((d) => other.fields.includes(d)));
    const buckets = new Map<number, Bucket>();
    for (const c of among) {
      const key = keyOf(c);
      const bucket = buckets.get(key) ?? { individuals: 0, classes: [] };
      buckets.set(key, bucket);
      bucket.individuals += size(c);
      bucket.classes.push(c);
    }
    let looked = open.length + among.length;
    for (const c of open) {
      const bucket = buckets.get(keyOf(c));
      if (bucket === undefined) continue;
      if (own.filled && other.filled) {
        sizes[c]! += bucket.individuals;
        continue;
      }
      for (const o of bucket.classes) {
        looked++;
        if (o === c || pairs(kinds(c), kinds(o))) sizes[c]! += size(o);
        if (sizes[c]! >= enough) break;
      }
    }
    spend?.(looked);
  }

  /** A number for the records of a class in these fields. */
  function projection(fields: readonly number[]): (c: number) => number {
    const tuples = new Tuples(fields.length);
    const multisets = new Dictionary();
    const tuple = new Int32Array(fields.length);
    return (c) => {
      const numbers = kinds(c).map((kind) => {
        if (fields.length === 0) return 0;
        for (let i = 0; i < fields.length; i++) tuple[i] = label(kind, fields[i]!);
        return tuples.add(tuple, 0);
      });
      numbers.sort();
      return multisets.code(Buffer.from(numbers.buffer), 0, numbers.byteLength);
    };
  }

  function pairs(a: Int32Array, b: Int32Array): boolean {
    return perfectMatching(a.length, (i, j) => {
      for (let d = 0; d < width; d++) {
        const one = label(a[i]!, d);
        const other = label(b[j]!, d);
        if (one !== other && one !== wildcard && other !== wildcard) return false;
      }
      return true;
    });
  }

  /** Those of most classes first: they are likely to match most. */
  function patternsOf(): Pattern[] {
    const known = new Map<string, Pattern & { readonly classes: number[] }>();
    const wildIn: number[][] = [];
    const wild = new Int32Array(width);
    for (let c = 0; c < count; c++) {
      const own = kinds(c);
      wild.fill(0);
      for (const kind of own) {
        wildIn[kind] ??= [...wild.keys()].filter((d) => label(kind, d) === wildcard);
        for (const d of wildIn[kind]) wild[d]!++;
      }
      const filled = wild.every((records) => records === 0 || records === own.length);
      const fields = [...wild.keys()].filter((d) => wild[d] === 0);
      const key = `${filled} ${fields}`;
      const pattern = known.get(key) ?? { fields, filled, classes: [] };
      known.set(key, pattern);
      pattern.classes.push(c);
    }
    return [...known.values()].sort((a, b) => b.classes.length - a.classes.length);
  }
}

/** Classes that have wildcards in the same fields. */
interface Pattern {
  /** Fields in which no record has one. */
  readonly fields: readonly number[];
  /** In the others, every record has. */
  readonly filled: boolean;
  readonly classes: readonly number[];
}

interface Bucket {
  individuals: number;
  readonly classes: number[];
}
