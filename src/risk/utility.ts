import type { Steps } from '../base/steps.ts';
import { choices } from './combinations.ts';
import type { Counts, Marginals, Numbers } from './marginals.ts';

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

/** Compare the distributions of the same fields in a source and its release. Of `codes` no distance between values is told. */
export function* utilityOf(
  fields: readonly string[],
  source: Marginals,
  release: Marginals,
  codes: (f: number) => boolean = () => false,
): Steps<Utility> {
  const coded = fields.map((_, f) => codes(f));
  const pairs = choices(fields.length, 2).filter(({ length }) => length === 2) as (readonly [number, number])[];
  const found: FieldUtility[] = [];
  for (const [f, field] of fields.entries()) {
    yield;
    const before = source.counts(f);
    const after = release.counts(f);
    const entropy = before === null ? 0 : entropyOf(before);
    const entropyKept = entropy === 0 || after === null ? null : entropyOf(after) / entropy;
    const distance = before === null || after === null ? null : yield* totalVariation(before, after);
    yield;
    const sourceNumbers = coded[f] ? null : source.numbers(f);
    yield;
    const moved = sourceNumbers === null ? null : earthMover(sourceNumbers, release.numbers(f));
    found.push({ field, entropyKept, distance, earthMover: moved });
  }
  return {
    fields: found,
    correlations: pairs.flatMap(([f, g]) => {
      if (coded[f] || coded[g]) return [];
      const before = source.correlation(f, g);
      const after = release.correlation(f, g);
      if (before === null || after === null) return [];
      const names = [fields[f]!, fields[g]!] as const;
      return [{ fields: names, source: before, release: after, change: Math.abs(before - after) }];
    }),
  };
}

/** Of the values, having none being one, in bits. Shannon, A mathematical theory of communication, 1948. */
export function entropyOf({ counts, nulls }: Pick<Counts, 'counts' | 'nulls'>): number {
  const total = totalOf({ counts, nulls });
  const part = (count: number) => (count === 0 ? 0 : -(count / total) * Math.log2(count / total));
  return Math.max(
    0,
    counts.reduce((entropy, count) => entropy + part(count), part(nulls)),
  );
}

export function* totalVariation(before: Counts, after: Counts): Steps<number> {
  const [m, n] = [totalOf(before), totalOf(after)];
  let beyond = Math.max(0, before.nulls / m - after.nulls / n);
  for (let i = 0; i < before.counts.length; i++) {
    if (i % valuesOfStep === 0) yield;
    beyond += Math.max(0, before.counts[i]! / m - after.of(before.text(i)) / n);
  }
  return Math.min(1, beyond);
}

/** Values that are looked up at once: some 20 ms. */
const valuesOfStep = 1 << 14;

function totalOf({ counts, nulls }: Pick<Counts, 'counts' | 'nulls'>): number {
  return counts.reduce((sum, count) => sum + count, nulls);
}

/** ∫ |F − G|: Vallender, Calculation of the Wasserstein distance between probability distributions on the line, 1974. */
export function earthMover(before: Numbers | null, after: Numbers | null): number | null {
  if (before === null || after === null) return null;
  const sum = (total: number, count: number) => total + count;
  const [m, n] = [before.counts.reduce(sum, 0), after.counts.reduce(sum, 0)];
  let area = 0;
  let difference = 0;
  let last = Number.NaN;
  for (let i = 0, j = 0; i < before.values.length || j < after.values.length; ) {
    const [x, y] = [before.values[i] ?? Number.POSITIVE_INFINITY, after.values[j] ?? Number.POSITIVE_INFINITY];
    const at = Math.min(x, y);
    if (!Number.isNaN(last)) area += Math.abs(difference) * (at - last);
    if (x <= y) difference += before.counts[i++]! / m;
    else difference -= after.counts[j++]! / n;
    last = at;
  }
  return area;
}
