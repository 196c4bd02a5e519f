import type { Population } from '../table/population.ts';

/** Thresholds at which the share of individuals at risk is stated. */
export const riskThresholds = [0.05, 0.09, 0.2, 0.33] as const;

/**
 * Re-identification risk of an attacker who knows that somebody is in the data (prosecutor): 1/c for an individual in a class of c; where
 * nulls match every value, for one that c individuals match.
 * El Emam, Guide to the De-Identification of Personal Health Information, 2013, ch. 16.
 */
export interface ProsecutorRisk {
  readonly highest: number;
  /** Over the individuals; where nulls are ordinary values, classes / individuals. */
  readonly average: number;
  /** Share of individuals whose risk is above each threshold. */
  readonly shareAbove: Readonly<Record<string, number>>;
}

export function prosecutorRisk(population: Population): ProsecutorRisk {
  const { individuals, count, matching } = population;
  let least = individuals;
  let sum = 0;
  const above = riskThresholds.map(() => 0);
  for (let c = 0; c < count; c++) {
    const size = population.size(c);
    const match = matching === undefined ? size : matching(c);
    if (match < least) least = match;
    sum += size / match;
    riskThresholds.forEach((threshold, t) => {
      if (1 / match > threshold) above[t]! += size;
    });
  }
  return {
    highest: individuals === 0 ? 0 : 1 / least,
    average: individuals === 0 ? 0 : sum / individuals,
    shareAbove: Object.fromEntries(
      riskThresholds.map((threshold, t) => [String(threshold), individuals === 0 ? 0 : above[t]! / individuals]),
    ),
  };
}

/** Sizes of classes: how many there are, and how many individuals are in classes of each range of sizes. */
export interface ClassSizes {
  readonly classes: number;
  readonly smallest: number;
  readonly mean: number;
  readonly largest: number;
  readonly histogram: readonly {
    readonly from: number;
    readonly to: number;
    readonly classes: number;
    readonly individuals: number;
  }[];
}

export function classSizes(population: Population): ClassSizes {
  const { individuals, count } = population;
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  const histogram = new Map<number, { classes: number; individuals: number }>();
  for (let c = 0; c < count; c++) {
    const size = population.size(c);
    smallest = Math.min(smallest, size);
    largest = Math.max(largest, size);
    const bin = histogram.get(Math.floor(Math.log2(size))) ?? { classes: 0, individuals: 0 };
    bin.classes++;
    bin.individuals += size;
    histogram.set(Math.floor(Math.log2(size)), bin);
  }
  return {
    classes: count,
    smallest: count === 0 ? 0 : smallest,
    mean: count === 0 ? 0 : individuals / count,
    largest,
    histogram: [...histogram]
      .sort(([a], [b]) => a - b)
      .map(([power, bin]) => ({ from: 2 ** power, to: 2 ** (power + 1) - 1, ...bin })),
  };
}
