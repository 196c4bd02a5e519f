import type { Population } from '../table/population.ts';
import { attackerRisk, riskThresholds } from './attacker.ts';
import { sizeFrequencies } from './size-frequencies.ts';

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

/** `frequencies` are those of the population, where they are known. */
export function prosecutorRisk(population: Population, frequencies = sizeFrequencies(population)): ProsecutorRisk {
  if (population.matching !== undefined) return attackerRisk(population, population.matching);
  const { sizes, counts, classes, individuals } = frequencies;
  const share = (part: number) => (individuals === 0 ? 0 : part / individuals);
  const above = (threshold: number) =>
    sizes.reduce((sum, size, i) => (1 / size > threshold ? sum + size * counts[i]! : sum), 0);
  return {
    highest: individuals === 0 ? 0 : 1 / sizes[0]!,
    average: share(classes),
    shareAbove: Object.fromEntries(riskThresholds.map((threshold) => [String(threshold), share(above(threshold))])),
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

/** `frequencies` are those of the population, where they are known. */
export function classSizes(population: Population, frequencies = sizeFrequencies(population)): ClassSizes {
  const { sizes, counts, classes, individuals } = frequencies;
  const histogram = new Map<number, { classes: number; individuals: number }>();
  for (const [i, size] of sizes.entries()) {
    const power = Math.floor(Math.log2(size));
    const bin = histogram.get(power) ?? { classes: 0, individuals: 0 };
    bin.classes += counts[i]!;
    bin.individuals += size * counts[i]!;
    histogram.set(power, bin);
  }
  return {
    classes,
    smallest: sizes[0] ?? 0,
    mean: classes === 0 ? 0 : individuals / classes,
    largest: sizes.at(-1) ?? 0,
    histogram: [...histogram].map(([power, bin]) => ({ from: 2 ** power, to: 2 ** (power + 1) - 1, ...bin })),
  };
}
