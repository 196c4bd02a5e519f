import type { Steps } from '../base/steps.ts';
import type { Tuples } from '../table/tuples.ts';
import { createRefiner, digitsOf } from './refinement.ts';

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
 * `tuples` holds each distinct record of these fields with its count. Memory: 4 bytes for each distinct record, field and size of
 * combination.
 */
export function* combinationsOf(
  fields: readonly string[],
  tuples: Tuples,
  most: number,
): Steps<readonly Combination[]> {
  const found: Combination[] = [];
  const largest = choices(fields.length, most).at(-1)?.length ?? 0;
  if (largest === 0) return found;
  const counts = tuples.counts();
  const columns = tuples.columns().map(digitsOf);
  const records = counts.reduce((sum, count) => sum + count, 0);
  const refine = createRefiner(tuples.size);
  /** By the number of fields. */
  const buffers = Array.from({ length: largest }, () => new Int32Array(tuples.size));

  /** Combinations that begin with `chosen`, whose classes are known: those of one field more split them further. */
  function* extend(chosen: readonly number[], classes: Int32Array | undefined, count: number): Steps<void> {
    for (let d = (chosen.at(-1) ?? -1) + 1; d < columns.length; d++) {
      yield;
      const finer = buffers[chosen.length]!;
      const parts = refine(classes, count, columns[d]!, finer);
      const combination = [...chosen, d];
      found.push({ fields: combination.map((at) => fields[at]!), ...separationOf(finer, parts, counts, records) });
      if (combination.length < largest) yield* extend(combination, finer, parts);
    }
  }
  yield* extend([], undefined, 1);
  return found.sort(
    (a, b) => b.separation - a.separation || b.distinction - a.distinction || a.fields.length - b.fields.length,
  );
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

/** `counts[t]` records are in class `classes[t]`. */
function separationOf(classes: Int32Array, count: number, counts: Int32Array, records: number) {
  const sizes = new Float64Array(count);
  for (let t = 0; t < classes.length; t++) sizes[classes[t]!]! += counts[t]!;
  let pairs = 0;
  let uniques = 0;
  for (let c = 0; c < count; c++) {
    const size = sizes[c]!;
    pairs += size * (size - 1);
    if (size === 1) uniques++;
  }
  return {
    distinction: records === 0 ? 0 : count / records,
    separation: records < 2 ? 0 : 1 - pairs / (records * (records - 1)),
    uniques,
  };
}
