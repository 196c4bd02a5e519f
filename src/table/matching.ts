import { type ClassValues, wildcard } from './class-values.ts';
import { Tuples } from './tuples.ts';

export interface MatchingRequest extends Pick<ClassValues, 'width' | 'code'> {
  readonly count: number;
  /** labels[d][code]: equal for equal values; `wildcard` for one that matches every value. */
  readonly labels: readonly Int32Array[];
  /** Individuals of class c. */
  size(c: number): number;
}

/**
 * How many individuals match those of each class: f_k with missing values, which "stand for any of the possible categories"
 * (Templ, Kowarik, Meindl, Statistical disclosure control for micro-data using the R package sdcMicro, J. Stat. Software 67(4), 2015;
 * Hundepool et al., Statistical Disclosure Control, Wiley, 2012, §3.3). Two records match when in every field their values are equal or
 * one of them is a wildcard; so a record counts in the classes of all that it matches, and not only in its own.
 *
 * The result takes classes that are left out (1 at their number), which then count nowhere. With P patterns of wildcards among n classes it
 * takes P · n look-ups: classes of two patterns match when they are equal in the fields where neither has a wildcard.
 */
export function createMatching({
  count,
  width,
  code,
  labels,
  size,
}: MatchingRequest): (left?: Uint8Array) => Float64Array {
  const table = new Int32Array(count * width);
  for (let c = 0; c < count; c++) for (let d = 0; d < width; d++) table[c * width + d] = labels[d]![code(c, d)]!;
  const patterns = patternsOf(table, count, width);
  return (left) => {
    const sizes = new Float64Array(count);
    for (const own of patterns) {
      for (const other of patterns) {
        const fields = own.fields.filter((d) => other.fields.includes(d));
        addMatches(own.classes, other.classes, fields, left, sizes);
      }
    }
    return sizes;
  };

  /** To the sizes of `classes` those of `others` that are equal to them in `fields`. */
  function addMatches(
    classes: readonly number[],
    others: readonly number[],
    fields: readonly number[],
    left: Uint8Array | undefined,
    sizes: Float64Array,
  ): void {
    const tuples = new Tuples(fields.length);
    const sums: number[] = [];
    const tuple = new Int32Array(fields.length);
    const take = (c: number): void => {
      for (let i = 0; i < fields.length; i++) tuple[i] = table[c * width + fields[i]!]!;
    };
    for (const c of others) {
      if (left?.[c] === 1) continue;
      take(c);
      const t = tuples.add(tuple, 0);
      sums[t] = (sums[t] ?? 0) + size(c);
    }
    for (const c of classes) {
      if (left?.[c] === 1) continue;
      take(c);
      const t = tuples.find(tuple, 0);
      if (t >= 0) sizes[c]! += sums[t]!;
    }
  }
}

/** Classes that have wildcards in the same fields, and the fields where they have none. */
interface Pattern {
  readonly fields: readonly number[];
  readonly classes: number[];
}

function patternsOf(table: Int32Array, count: number, width: number): Pattern[] {
  const known = new Tuples(width);
  const patterns: Pattern[] = [];
  const flags = new Int32Array(width);
  for (let c = 0; c < count; c++) {
    for (let d = 0; d < width; d++) flags[d] = table[c * width + d] === wildcard ? 1 : 0;
    const p = known.add(flags, 0);
    patterns[p] ??= { fields: [...flags.keys()].filter((d) => flags[d] === 0), classes: [] };
    patterns[p].classes.push(c);
  }
  return patterns;
}
