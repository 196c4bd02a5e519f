import type { AttackerRisk } from './attacker.ts';
import type { CellCounts } from './cells.ts';
import type { Measurement, OwnMeasures } from './measures.ts';
import type { ClassSizes } from './reidentification.ts';

/**
 * Counts of fewer individuals or cells than this, but not of none, are hidden where they come from a source: the least cell size that
 * El Emam, Guide to the De-Identification of Personal Health Information, 2013, ch. 16, finds in use.
 */
export const smallestCell = 5;

type Hidden<T> = { readonly [K in keyof T]: T[K] | null };

export interface HiddenSizes extends Omit<ClassSizes, 'histogram'> {
  readonly histogram: readonly Hidden<ClassSizes['histogram'][number]>[];
}

export interface HiddenRisk extends Omit<AttackerRisk, 'shareAbove'> {
  readonly shareAbove: Readonly<Record<string, number | null>>;
}

/** Figures of a source with null in the place of small counts, and of what would tell them. */
export interface HiddenMeasurement extends Omit<OwnMeasures, 'classes' | 'uniques' | 'risk' | 'combinations'> {
  readonly classes: HiddenSizes;
  readonly uniques: Hidden<Measurement['uniques']>;
  readonly risk: {
    readonly prosecutor: HiddenRisk;
    readonly journalist: HiddenRisk;
    readonly marketer: Measurement['risk']['marketer'];
  };
  readonly combinations: readonly Hidden<Measurement['combinations'][number]>[];
}

export function withoutSmallCells(measurement: OwnMeasures): HiddenMeasurement {
  const { classes, uniques, risk, combinations, individuals } = measurement;
  return {
    ...measurement,
    classes: hiddenSizes(classes),
    uniques: isSmall(uniques.individuals) ? { individuals: null, share: null } : uniques,
    risk: {
      ...risk,
      prosecutor: hiddenRisk(risk.prosecutor, individuals),
      journalist: hiddenRisk(risk.journalist, individuals),
    },
    combinations: combinations.map((one) => (isSmall(one.uniques) ? { ...one, uniques: null } : one)),
  };
}

export function hiddenSizes(sizes: ClassSizes): HiddenSizes {
  return { ...sizes, histogram: hiddenHistogram(sizes.histogram) };
}

export function hiddenRisk(risk: AttackerRisk, individuals: number): HiddenRisk {
  return { ...risk, shareAbove: hiddenShares(risk.shareAbove, individuals) };
}

export function hiddenCells(counts: CellCounts): Hidden<CellCounts> {
  const hidden = (count: number) => (isSmall(count) ? null : count);
  return {
    written: counts.written,
    changed: hidden(counts.changed),
    nulled: hidden(counts.nulled),
    suppressed: counts.suppressed,
  };
}

type Bin = ClassSizes['histogram'][number];

/** One hidden bin alone would be what the others leave of all: then the smallest other is hidden, too. */
function hiddenHistogram(histogram: readonly Bin[]): readonly Hidden<Bin>[] {
  const small = histogram.filter(({ individuals }) => isSmall(individuals));
  const others = histogram.filter((bin) => !small.includes(bin)).sort((a, b) => a.individuals - b.individuals);
  const hidden = small.length === 1 ? [...small, ...others.slice(0, 1)] : small;
  return histogram.map((bin) => (hidden.includes(bin) ? { ...bin, classes: null, individuals: null } : bin));
}

/** Shares above falling thresholds grow: neither one of them nor the step from one that is shown to the next may be small. */
function hiddenShares(shares: Readonly<Record<string, number>>, individuals: number): Record<string, number | null> {
  const hidden: Record<string, number | null> = {};
  let shown = 0;
  for (const threshold of Object.keys(shares).sort((a, b) => Number(b) - Number(a))) {
    const count = Math.round(shares[threshold]! * individuals);
    const isTold = isSmall(count - shown) || isSmall(individuals - count);
    hidden[threshold] = isTold ? null : shares[threshold]!;
    if (!isTold) shown = count;
  }
  return Object.fromEntries(Object.keys(shares).map((threshold) => [threshold, hidden[threshold]!]));
}

function isSmall(count: number): boolean {
  return count > 0 && count < smallestCell;
}
