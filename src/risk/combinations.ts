import { Tuples } from '../table/tuples.ts';

/** How well some fields together tell records apart. */
export interface Combination {
  readonly fields: readonly string[];
  /** Distinct tuples / records. */
  readonly distinction: number;
  /** Share of the pairs of records that differ. */
  readonly separation: number;
  /** Records that nobody shares the tuple with. */
  readonly uniques: number;
}

/** More combinations than this are not looked at: the largest are left out. */
const mostCombinations = 5000;

/**
 * Distinction and separation of all combinations of up to `most` fields, the highest separation first, then the highest distinction,
 * then fewer fields. Motwani and Xu, Efficient algorithms for masking and finding quasi-identifiers, VLDB workshop SDM 2007, §2.
 * `tuples` holds each distinct record of these fields with its count; records whose number `left` holds are not counted.
 */
export function combinationsOf(
  fields: readonly string[],
  tuples: Tuples,
  most: number,
  left: (tuple: number) => boolean = () => false,
): readonly Combination[] {
  const rows = Array.from({ length: tuples.size }, (_, t) => t).filter((t) => !left(t));
  const columns = fields.map((_, d) => Int32Array.from(rows, (t) => tuples.codeAt(t, d)));
  const counts = Float64Array.from(rows, (t) => tuples.count(t));
  const records = counts.reduce((sum, count) => sum + count, 0);
  return choices(fields.length, most)
    .map((chosen) => {
      const sizes = sizesOf(
        chosen.map((d) => columns[d]!),
        counts,
      );
      let pairs = 0;
      let uniques = 0;
      for (const size of sizes) {
        pairs += size * (size - 1);
        if (size === 1) uniques++;
      }
      return {
        fields: chosen.map((d) => fields[d]!),
        distinction: records === 0 ? 0 : sizes.length / records,
        separation: records < 2 ? 0 : 1 - pairs / (records * (records - 1)),
        uniques,
      };
    })
    .sort((a, b) => b.separation - a.separation || b.distinction - a.distinction || a.fields.length - b.fields.length);
}

/** Positions of 1 to `most` of `width` fields, in their order. */
export function choices(width: number, most: number): readonly (readonly number[])[] {
  const all: (readonly number[])[] = [];
  let last: (readonly number[])[] = [[]];
  for (let size = 1; size <= Math.min(most, width); size++) {
    last = last.flatMap((chosen) =>
      Array.from({ length: width }, (_, d) => d)
        .filter((d) => d > (chosen.at(-1) ?? -1))
        .map((d) => [...chosen, d]),
    );
    if (all.length + last.length > mostCombinations) break;
    all.push(...last);
  }
  return all;
}

/** Records of each distinct tuple of these columns, where row t stands for counts[t] records. */
function sizesOf(columns: readonly Int32Array[], counts: Float64Array): Float64Array {
  const found = new Tuples(columns.length);
  const tuple = new Int32Array(columns.length);
  let sizes = new Float64Array(1024);
  for (let t = 0; t < counts.length; t++) {
    for (let d = 0; d < tuple.length; d++) tuple[d] = columns[d]![t]!;
    const at = found.add(tuple, 0);
    if (at === sizes.length) {
      const grown = new Float64Array(sizes.length * 2);
      grown.set(sizes);
      sizes = grown;
    }
    sizes[at]! += counts[t]!;
  }
  return sizes.subarray(0, found.size);
}
