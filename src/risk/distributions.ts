import type { Marginals } from './marginals.ts';

/**
 * Fewest records in a cell that is shown: the Centers for Medicare & Medicaid Services let out none of 1 to 10 (CMS Cell Size
 * Suppression Policy, 2020).
 */
export const smallestCell = 11;

/** Cells that are shown, at most. */
const mostCells = 12;

/** How the values of a field are distributed in a source and its release, small cells hidden. */
export interface FieldDistribution {
  readonly field: string;
  /** The cells of both are the same: numbers in bins, or values. */
  readonly comparable: boolean;
  readonly source: Distribution;
  readonly release: Distribution;
}

export interface Distribution {
  readonly records: number;
  /** Each of `smallestCell` records or more; none where no value has so many. */
  readonly cells: readonly { readonly label: string; readonly records: number }[];
  /** Records in cells that are not shown. */
  readonly hidden: number;
}

/** Distributions of field f of both files; `named`: its values may stand as labels. */
export function distributionOf(field: string, f: number, source: Marginals, release: Marginals): FieldDistribution {
  const numbers = [source.numbers(f), release.numbers(f)] as const;
  const counts = [grouped(source.counts(f)), grouped(release.counts(f))] as const;
  const width = binWidth(numbers[0], numbers[1]);
  if (width !== undefined) {
    const [before, after] = [source, release].map((file) =>
      binned(file.numbers(f)!, file.counts(f).get('') ?? 0, width),
    );
    return { field, comparable: true, ...shown(before!, after!, byBin) };
  }
  const shared = [...counts[0].keys()].filter((value) => counts[1].has(value)).length;
  const comparable = shared * 2 >= Math.max(counts[0].size, counts[1].size);
  if (comparable) return { field, comparable, ...shown(counts[0], counts[1], mostFrequent(counts[0])) };
  return {
    field,
    comparable,
    source: shown(counts[0], counts[0], mostFrequent(counts[0])).source,
    release: shown(counts[1], counts[1], mostFrequent(counts[1])).source,
  };
}

type Counts = ReadonlyMap<string, number>;
type Order = (a: string, b: string) => number;

const noValue = '(no value)';

/** Values as labels; dates by their year. */
function grouped(values: Counts): Counts {
  const entries = [...values].map(([key, count]) => [key === '' ? noValue : key.slice(1), count] as const);
  const dates = entries.every(([value]) => value === noValue || /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(value));
  const counts = new Map<string, number>();
  for (const [value, count] of entries) {
    const label = dates && value !== noValue ? value.slice(0, 4) : value;
    counts.set(label, (counts.get(label) ?? 0) + count);
  }
  return counts;
}

type Numbers = ReturnType<Marginals['numbers']>;

/** 1, 2 or 5 times a power of ten, for about ten bins; undefined where the fields are not both of many numbers. */
function binWidth(before: Numbers, after: Numbers): number | undefined {
  if (before === null || after === null || Math.max(before.length, after.length) <= mostCells) return undefined;
  const values = [...before, ...after].map(([value]) => value);
  const range =
    values.reduce((most, value) => Math.max(most, value)) - values.reduce((least, value) => Math.min(least, value));
  const power = 10 ** Math.floor(Math.log10(range / 10));
  return [1, 2, 5, 10].map((step) => step * power).find((width) => range / width <= 10);
}

function binned(numbers: NonNullable<Numbers>, nulls: number, width: number): Counts {
  const counts = new Map<string, number>(nulls === 0 ? [] : [[noValue, nulls]]);
  const digits = Math.max(0, -Math.floor(Math.log10(width)));
  for (const [value, count] of numbers) {
    const from = Math.floor(value / width) * width;
    const label = `${from.toFixed(digits)} to ${(from + width).toFixed(digits)}`;
    counts.set(label, (counts.get(label) ?? 0) + count);
  }
  return counts;
}

function byBin(a: string, b: string): number {
  return (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0);
}

function mostFrequent(counts: Counts): Order {
  return (a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1);
}

/** The cells that both or one of the files have, but for those that are too small in the file. */
function shown(before: Counts, after: Counts, order: Order): Pick<FieldDistribution, 'source' | 'release'> {
  const isLarge = (label: string) => [before, after].some((counts) => (counts.get(label) ?? 0) >= smallestCell);
  const labels = [...new Set([...before.keys(), ...after.keys()])].filter(isLarge).sort(order).slice(0, mostCells);
  const side = (counts: Counts): Distribution => {
    const records = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const cells = labels.flatMap((label) => {
      const count = counts.get(label) ?? 0;
      return count >= smallestCell ? [{ label, records: count }] : [];
    });
    return { records, cells, hidden: records - cells.reduce((sum, cell) => sum + cell.records, 0) };
  };
  return { source: side(before), release: side(after) };
}
