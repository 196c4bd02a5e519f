import type { Classes } from '../table/classes.ts';

/** How many classes there are of each size: the frequencies of frequencies. */
export interface SizeFrequencies {
  /** Sizes that occur, ascending, in individuals. */
  readonly sizes: readonly number[];
  /** Classes of each of these sizes. */
  readonly counts: readonly number[];
  readonly classes: number;
  readonly individuals: number;
}

export function sizeFrequencies(classes: Pick<Classes, 'count' | 'size'>): SizeFrequencies {
  // Most classes are small.
  const small = new Int32Array(1024);
  const large = new Map<number, number>();
  let individuals = 0;
  for (let c = 0; c < classes.count; c++) {
    const size = classes.size(c);
    individuals += size;
    if (size < small.length) small[size]!++;
    else large.set(size, (large.get(size) ?? 0) + 1);
  }
  const sorted = [...[...small.entries()].filter(([, count]) => count > 0), ...[...large].sort(([a], [b]) => a - b)];
  return {
    sizes: sorted.map(([size]) => size),
    counts: sorted.map(([, count]) => count),
    classes: classes.count,
    individuals,
  };
}

/** Classes of this size. */
export function classesOfSize({ sizes, counts }: SizeFrequencies, size: number): number {
  return counts[sizes.indexOf(size)] ?? 0;
}
