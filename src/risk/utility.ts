import { choices } from './combinations.ts';
import type { Counts, Marginals } from './marginals.ts';

/** What a release keeps of its source. */
export interface Utility {
  readonly fields: readonly FieldUtility[];
  /** Of each pair of fields that hold numbers in both. */
  readonly correlations: readonly {
    readonly fields: readonly [string, string];
    readonly source: number;
    readonly release: number;
    /** Their distance. */
    readonly change: number;
  }[];
}

export interface FieldUtility {
  readonly field: string;
  /** Entropy of the values / that of the source's; null where the source has one value only, or more than are counted. */
  readonly entropyKept: number | null;
  /**
   * Total variation: ½ Σ |p − q| over the values as they are written, 0 to 1. A generalized field is at 1. Null where there are more
   * values than are counted.
   */
  readonly distance: number | null;
  /** Mean way that the numbers moved, in their own unit (Wasserstein-1); null where they are no numbers. */
  readonly earthMover: number | null;
}

/** Compare the distributions of the same fields in a source and its release. */
export function utilityOf(fields: readonly string[], source: Marginals, release: Marginals): Utility {
  const pairs = choices(fields.length, 2).filter(({ length }) => length === 2) as (readonly [number, number])[];
  return {
    fields: fields.map((field, f) => {
      const before = distributionOf(source.counts(f));
      const after = distributionOf(release.counts(f));
      const entropy = before === null ? 0 : entropyOf(before);
      return {
        field,
        entropyKept: entropy === 0 || after === null ? null : entropyOf(after) / entropy,
        distance: before === null || after === null ? null : totalVariation(before, after),
        earthMover: earthMover(source.numbers(f), release.numbers(f)),
      };
    }),
    correlations: pairs.flatMap(([f, g]) => {
      const isNumbers = (file: Marginals) => file.numbers(f) !== null && file.numbers(g) !== null;
      if (!isNumbers(source) || !isNumbers(release)) return [];
      const before = source.correlation(f, g);
      const after = release.correlation(f, g);
      if (before === null || after === null) return [];
      const names = [fields[f]!, fields[g]!] as const;
      return [{ fields: names, source: before, release: after, change: Math.abs(before - after) }];
    }),
  };
}

/** Having no value is a value, too. */
function distributionOf(counts: Counts | null): ReadonlyMap<string, number> | null {
  if (counts === null) return null;
  const all = new Map<string, number>(counts.nulls === 0 ? [] : [['', counts.nulls]]);
  for (const [text, count] of counts.values) all.set(`=${text}`, count);
  return all;
}

/** In bits. Shannon, A mathematical theory of communication, 1948. */
export function entropyOf(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / total) * Math.log2(count / total);
  return Math.max(0, entropy);
}

export function totalVariation(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number {
  const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [m, n] = [total(before), total(after)];
  let beyond = 0;
  for (const [value, count] of before) beyond += Math.max(0, count / m - (after.get(value) ?? 0) / n);
  return Math.min(1, beyond);
}

type Numbers = readonly (readonly [value: number, count: number])[];

/** ∫ |F − G|: Vallender, Calculation of the Wasserstein distance between probability distributions on the line, 1974. */
export function earthMover(before: Numbers | null, after: Numbers | null): number | null {
  if (before === null || after === null) return null;
  const total = (numbers: Numbers) => numbers.reduce((sum, [, count]) => sum + count, 0);
  const [m, n] = [total(before), total(after)];
  const steps = [
    ...before.map(([value, count]) => [value, count / m] as const),
    ...after.map(([value, count]) => [value, -count / n] as const),
  ].sort(([a], [b]) => a - b);
  let area = 0;
  let difference = 0;
  for (const [i, [value, step]] of steps.entries()) {
    if (i > 0) area += Math.abs(difference) * (value - steps[i - 1]![0]);
    difference += step;
  }
  return area;
}
